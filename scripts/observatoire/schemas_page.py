"""The page docs/schemas.md: every table, column by column, so that nobody writes it twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from observatoire.propose.markdown import table
from observatoire.site.dictionary import Document, Field

PATH = "docs/schemas.md"
BAR = "\\|"
SPECIAL = re.compile(r"[\\`*_\[\]<>|#~]")
STANDARD = "https://datapackage.org/standard/table-schema/"
INTRODUCTION = f"""\
# Les tables et leurs colonnes

Chaque table du registre est décrite par un schéma ([Table Schema]({STANDARD})), dans le dossier
`schemas/` : c'est le seul endroit où une colonne est décrite. Le nom d'une table est celui de son
fichier ; une ligne se reconnaît à sa clé. Une cellule peut être vide, sauf « obligatoire ».

Cette page est produite par `observatoire package` : pour la changer, modifiez le schéma.
"""


def render(documents: Iterable[Document]) -> str:
    """The whole page, in Markdown."""
    found = list(documents)
    lines = [INTRODUCTION, *_summary(found), *(x for d in found for x in _document(d))]
    return "\n".join([*lines, ""])


def _summary(documents: list[Document]) -> Iterator[str]:
    rows = [(f"[`{d.name}`](#{d.name})", _text(d.description)) for d in documents]
    yield from table(("Table", "Ce qu'elle contient"), rows)


def _document(document: Document) -> Iterator[str]:
    yield from (
        "",
        f"## {document.name}",
        "",
        f"{_text(document.title)}. {_text(document.description)}",
        "",
    )
    if document.key:
        yield f"Clé : {', '.join(f'`{name}`' for name in document.key)}."
    for column, other in document.links:
        yield f"`{column}` nomme une ligne de `{other or document.name}`."
    yield from (
        "",
        *table(("Colonne", "Ce qu'elle contient", "Forme"), [_row(f) for f in document.fields]),
    )


def _row(field: Field) -> tuple[str, str, str]:
    said = f"**{_text(field.title)}** : {_text(field.description)}"
    example = f" Exemple : {_code(field.example)}." if field.example else ""
    return f"`{field.name}`", said + example, _form(field)


def _form(field: Field) -> str:
    said = [_text(field.kind), *field.rules]
    values = [_code(v) + (f" {_text(words)}" if words else "") for v, words in field.values]
    return ", ".join(said) + (f" : {' ; '.join(values)}" if values else "")


def _code(cell: str) -> str:
    return f"`{cell.replace('|', BAR)}`"


def _text(text: str) -> str:
    """A text on one line, in which nothing is Markdown."""
    return SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
