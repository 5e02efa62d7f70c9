"""The data: downloads, tables field by field, versions, feeds, examples."""

from __future__ import annotations

import json
from collections.abc import Iterator

from observatoire.publish import changelog
from observatoire.publish.draft import FOLDER
from observatoire.publish.exports import citation
from observatoire.site import dictionary, examples, markdown, shelves
from observatoire.site.content import Content
from observatoire.site.forge import Pages
from observatoire.site.page import Entry, File, Item, Page

MENU = Entry(50, "Données", "donnees/index.html")
PLACE = "donnees"


def pages(content: Content) -> Iterator[Item]:
    """The page of the data, that of each table, that of the versions."""
    forge = Pages("" if content.preview else content.project)
    package = json.loads(content.files.get("datapackage.json", b"{}"))
    documents = dictionary.documents(content.files, package.get("resources", ()))
    note = content.files.get(f"{FOLDER}/{changelog.NAME}", b"").decode()
    cited = content.files.get(f"{FOLDER}/{citation.NAME}", b"")
    yield Page(
        f"{PLACE}/index.html",
        "donnees.html.j2",
        {
            "shelves": shelves.shelved(content.listed(), content.assets, forge, content.tag),
            "forge": forge,
            "documents": documents,
            "versions": shelves.versions(note, forge),
            "examples": examples.placed(content.frame.absolute(f"{PLACE}/")),
            "citation": citation.NAME if cited else "",
        },
    )
    if cited:
        yield File(f"{PLACE}/{citation.NAME}", cited)
    yield from _schemas(content, documents)
    yield Page(
        f"{PLACE}/versions/index.html",
        "document.html.j2",
        {
            "document": markdown.document(shelves.retitled(note)),
            "about": "Les notes de chaque version publiée, la plus récente d’abord.",
            "trail": (("Données", MENU.path),),
        },
    )


def _schemas(content: Content, documents: list[dictionary.Document]) -> Iterator[Item]:
    known = {document.name for document in documents}
    for document in documents:
        values = {"document": document, "known": known}
        yield Page(f"{PLACE}/schemas/{document.name}/index.html", "schema.html.j2", values)
        schema = content.files[dictionary.path_of(document.name)]
        yield File(f"{PLACE}/schemas/{document.name}.json", schema)
