"""How to contribute: three doors, the guide, and the tables that Datami edits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from observatoire import schemas_page
from observatoire.publish.datami import contribution
from observatoire.register import Register, path_of
from observatoire.site import markdown, policy
from observatoire.site.content import Content
from observatoire.site.forge import Pages
from observatoire.site.page import Entry, Item, Page

MENU = Entry(60, "Contribuer", "contribuer/index.html")
FORMS = ".gitlab/issue_templates"
GUIDE = "CONTRIBUTING.md"
BRANCH = "main"

HERE = {
    "docs/controles.md": "../../methodologie/controles/index.html",
    "docs/methodologie.md": "../../methodologie/index.html",
    "docs/indicateurs.md": "../../indicateurs/index.html",
}
"""Pages of the documentation that the site has too, seen from the guide."""

SCHEMAS = "../../donnees/index.html#tables"


def pages(content: Content) -> Iterator[Item]:
    """The doors, the tables, and the guide when the version has it."""
    forge = Pages(content.project)
    guide = content.files.get(GUIDE, b"").decode()
    yield Page(
        MENU.path,
        "contribuer.html.j2",
        {
            "forge": forge,
            "forms": [(name, forge.report(name)) for name in _forms(content)],
            "tables": list(_tables(content, forge)),
            "datami": bool(content.source),
            "guide": bool(guide),
        },
    )
    yield Page(
        "contribuer/tables/index.html",
        "tables.html.j2",
        {"script": policy.SCRIPT},
        policy.widget(content.source),
    )
    if guide:
        values = {
            "document": markdown.document(guide, lambda target: lead(target, forge)),
            "about": "Les étapes exactes, ce que disent les contrôles, qui répond.",
            "trail": (("Contribuer", MENU.path),),
        }
        yield Page("contribuer/guide/index.html", "document.html.j2", values)


def lead(target: str, forge: Pages) -> str:
    """Where a link of the guide leads from the site; "" when it can only be read on a forge."""
    if target.startswith(("https://", "http://")):
        return target
    path, _, part = unquote(target).partition("#")
    end = f"#{markdown.anchor(part)}" if part else ""
    if not path:
        return end
    name = PurePosixPath(path).as_posix()
    if name == schemas_page.PATH:
        return f"../../donnees/schemas/{part}/index.html" if part else SCHEMAS
    if name in HERE:
        return f"{HERE[name]}{end}"
    return forge.file(BRANCH, name) if ".." not in name else ""


def _forms(content: Content) -> list[str]:
    """The forms of the forge by name: an error first, as it is what people see."""
    names = [PurePosixPath(p).stem for p in content.files.names(FORMS) if p.endswith(".md")]
    return sorted(names, key=lambda name: ("erreur" not in name, name))


def _tables(content: Content, forge: Pages) -> Iterator[tuple[str, str, str, str]]:
    """The tables that people edit: title, what a line is, name, address of the editor."""
    register = Register(content.files)
    for name in contribution.TABLES:
        schema = register.schema(name).raw
        yield schema["title"], schema["description"], name, forge.edit(path_of(name))
