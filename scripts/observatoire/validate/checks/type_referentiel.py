"""An intercommunality that the reference knows under another type (CC, CA, CU, MET, EPT)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from observatoire.model import Finding, Severity
from observatoire.validate.context import Context
from observatoire.validate.doubtful import Row
from observatoire.validate.kinds import EPCI, KINDS, KINDS_EN
from observatoire.validate.model import Example, Remark
from observatoire.words import quote

CODE = "type-referentiel"
TITLE = "Type différent de celui de la référence"
TITLE_EN = "Type that differs from the reference"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "« Rennes Métropole » est une métropole (référence 2026), et non une communauté"
        " d'agglomération : écrivez « MET ».",
        key=("243500139",),
        bad={"type": "CA"},
        good={"type": "MET"},
        fix="MET",
    ),
)

if TYPE_CHECKING:
    from observatoire.reference.lookup import Body
    from observatoire.validate.identity import Directory


def check(context: Context) -> Iterator[Finding]:
    """Intercommunalities whose type differs; a SIREN of another kind is another check's matter."""
    sheet = context.wanted("organisations")
    for row in context.doubtful:
        body = context.directory.bodies.get(row.siren)
        if not (sheet and body) or row.gone or body.type == row.type:
            continue
        if {row.type, body.type} <= EPCI:
            said = _remark(row, body, context.directory)
            yield sheet.finding(CODE, row.at, "type", said)


def _remark(row: Row, body: Body, directory: Directory) -> Remark:
    """An error, unless the type was right in an older vintage: the body changed, not the row."""
    was = directory.older_types(row.siren)
    verb = "est maintenant" if row.type in was else "est"
    be = "is now" if row.type in was else "is"
    advice = row.type in was or row.statut == "a_verifier"
    return Remark(
        f"{quote(body.nom)} {verb} {KINDS[body.type]} (référence {directory.vintage}), et non"
        f" {KINDS[row.type]} : écrivez {quote(body.type)}.",
        f"{quote(body.nom)} {be} {KINDS_EN[body.type]} (reference {directory.vintage}), not"
        f" {KINDS_EN[row.type]}: write {quote(body.type)}.",
        body.type,
        "conseil" if advice else "erreur",
    )
