"""Which version of the file did the visitor start from?

Datami loads the file when the page opens and sends it whole later, without saying which version it
was (datami.md, 8.8). It is the one, among those with the same columns, that takes the fewest acts
to explain what was saved; between equals the newest, which asks the fewest questions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from observatoire.contribution import reading
from observatoire.contribution.difference import Difference, Keyed, by_key, compare
from observatoire.contribution.model import Rules, Version
from observatoire.contribution.reading import Sheet
from observatoire.model import Finding, Malformed


@dataclass(frozen=True)
class Start:
    """The version found, its rows, and what the visitor did to it."""

    version: Version
    sheet: Sheet
    rows: Keyed
    difference: Difference


def find(saved: Sheet, versions: Iterable[Version], rules: Rules) -> Start:
    """The version that a visitor started from, newest first in ``versions``; raises Malformed."""
    keyed = by_key(saved, rules.schema)
    best: Start | None = None
    least = (0, 0)
    for version in versions:
        try:
            sheet = reading.read(version.content, rules.file, rules.schema.columns, rules.separator)
        except Malformed:  # an unreadable version was seen by nobody in Datami
            continue
        rows = by_key(sheet, rules.schema)
        found = Start(version, sheet, rows, compare(keyed, rows, saved.unread, rules))
        distance = (len({*saved.header} ^ {*sheet.header}), found.difference.size)
        if best is None or distance < least:
            best, least = found, distance
        if least == (0, 0):
            break
    if best is None or not (best.rows.rows.keys() & keyed.rows.keys() or not best.rows.rows):
        raise Malformed(*(saved.findings or (_other_file(rules.file),)))
    return best


def _other_file(file: str) -> Finding:
    message = (
        "aucune ligne n'est celle d'une version connue du fichier : rien n'a été repris. Rouvrez la"
        " page de contribution et refaites votre correction."
    )
    return Finding("autre-fichier", message, file=file)
