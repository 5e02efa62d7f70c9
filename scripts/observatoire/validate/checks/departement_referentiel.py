"""A local authority in a département that the reference contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from observatoire.model import Finding, Severity
from observatoire.validate.checks.siren_referentiel import remark
from observatoire.validate.context import Context
from observatoire.validate.doubtful import Row
from observatoire.validate.model import Example, Remark
from observatoire.words import quote

CODE = "departement-referentiel"
TITLE = "Département différent de celui de la référence"
TITLE_EN = "Département that differs from the reference"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "« Rennes Métropole » est dans le département « 35 » (Ille-et-Vilaine), et non « 93 » :"
        " écrivez « 35 ».",
        key=("243500139",),
        bad={"departement": "93"},
        good={"departement": "35"},
        fix="35",
    ),
    Example(
        "organisations",
        "le département manque : « Rennes Métropole » est dans le « 35 » (Ille-et-Vilaine).",
        key=("243500139",),
        bad={"departement": ""},
        good={"departement": "35"},
        fix="35",
    ),
)

if TYPE_CHECKING:
    from observatoire.reference.lookup import Body, Reference


def check(context: Context) -> Iterator[Finding]:
    """Authorities outside the départements of their territory; silent where the SIREN is wrong."""
    sheet = context.wanted("organisations")
    for row in context.doubtful:
        directory = context.directory
        body = directory.bodies.get(row.siren)
        if not (sheet and body and directory.current) or row.gone or row.type == "REG":
            continue
        if body.departement not in ("", row.departement):
            said = _remark(row, body, directory.current)
            if said and remark(row, directory) is None:
                yield sheet.finding(CODE, row.at, "departement", said)


def _remark(row: Row, body: Body, reference: Reference) -> Remark | None:
    place = reference.departements.get(body.departement)
    name = f" ({place.nom})" if place else ""
    right = f"{quote(body.departement)}{name}"
    if not row.departement:
        return Remark(
            f"le département manque : {quote(body.nom)} est dans le {right}.",
            f"the département is missing: {quote(body.nom)} is in {right}.",
            body.departement,
            "conseil",
        )
    if row.departement in reference.departements_of(body):
        return None
    return Remark(
        f"{quote(body.nom)} est dans le département {right}, et non {quote(row.departement)} :"
        f" écrivez {quote(body.departement)}.",
        f"{quote(body.nom)} is in département {right}, not {quote(row.departement)}: write"
        f" {quote(body.departement)}.",
        body.departement,
        "conseil" if row.statut == "a_verifier" else "erreur",
    )
