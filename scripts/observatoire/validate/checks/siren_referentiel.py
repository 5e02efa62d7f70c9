"""A SIREN that passes its check digit and still names another body, or one that is gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from observatoire.model import Finding, Severity
from observatoire.register import kind_of
from observatoire.schema import Schema
from observatoire.validate.checks.siren_cle import sound
from observatoire.validate.context import Context
from observatoire.validate.doubtful import LISTS, Row
from observatoire.validate.kinds import EPCI, KINDS, KINDS_EN
from observatoire.validate.model import Example, Remark
from observatoire.validate.watch import Watch
from observatoire.words import quote

if TYPE_CHECKING:
    from observatoire.reference.lookup import Body
    from observatoire.validate.identity import Directory, Former

CODE = "siren-referentiel"
TITLE = "SIREN d'un autre organisme, ou d'un organisme disparu"
TITLE_EN = "SIREN of another organisation, or of one that is gone"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "ce SIREN est celui de « Saint-Denis » (département 974), une commune du même nom : celui"
        " de « Saint-Denis » (département 93) est « 219300662 ».",
        key=("219300662",),
        bad={"siren": "219740115"},
        good={"siren": "219300662"},
        fix="219300662",
    ),
    Example(
        "organisations",
        "« Pierrefitte-sur-Seine » n'existe plus dans la référence 2026 (elle y était en 2022) :"
        " « Saint-Denis » a pris sa place. Notez le statut « fusionne », et ajoutez à"
        " data/redirections.csv une ligne vers son SIREN « 219300662 ».",
        key=("219300597",),
        bad={
            "nom": "Pierrefitte-sur-Seine",
            "type": "COM",
            "departement": "93",
            "statut": "actif",
        },
        good={
            "nom": "Pierrefitte-sur-Seine",
            "type": "COM",
            "departement": "93",
            "statut": "fusionne",
        },
    ),
    Example(
        "organisations",
        "ce SIREN est celui de « L'Abergement-Clémenciat », une commune, et non une métropole :"
        " celui de « Rennes Métropole » est « 243500139 ».",
        key=("210100012",),
        bad={"nom": "Rennes Métropole", "type": "MET", "departement": "35"},
        good={"nom": "L'Abergement-Clémenciat", "type": "COM", "departement": "01"},
        fix="243500139",
    ),
)
MERGED = (
    "Notez le statut « fusionne », et ajoutez à data/redirections.csv une ligne vers son SIREN {}."
)
MERGED_EN = "Set the status « fusionne », and add to data/redirections.csv a line to its SIREN {}."


def watches(name: str, _: Schema) -> Iterator[Watch[Any]]:
    """What each line says of its body, in the register and in the reference."""
    if kind_of(name) in LISTS:
        yield LISTS[kind_of(name)]


def check(context: Context) -> Iterator[Finding]:
    """Organisations of a type that the reference lists, whose SIREN it contradicts."""
    sheet = context.wanted("organisations")
    for row in context.doubtful:
        said = None if row.gone else remark(row, context.directory)
        if said and sheet:
            yield sheet.finding(CODE, row.at, "siren", said)


def remark(row: Row, directory: Directory) -> Remark | None:
    """What is wrong with the SIREN of a line; None when nothing is, or nobody can tell."""
    if directory.current is None or not row.siren:
        return None
    body = directory.bodies.get(row.siren)
    if body is None:
        said = _unknown(row, directory) if sound(row.siren) else None
    elif row.type == body.type and row.departement in ("", body.departement):
        return None
    else:
        said = _other(row, body, directory)
    if said and row.statut == "a_verifier":
        return said._replace(severity="conseil")
    return said


def _other(row: Row, body: Body, directory: Directory) -> Remark | None:
    """The SIREN of a body of another kind, or of a namesake in another département."""
    levels = directory.levels(row.siren)
    same_kind = row.type in levels or (row.type in EPCI and levels & EPCI)
    right = _only(directory.meant(row.nom, row.departement, row.type))
    fix = right.siren if right and right.siren != row.siren else None
    if not same_kind:
        hint = f"celui de {quote(row.nom)} est {quote(fix)}" if fix else "vérifiez le SIREN"
        clue = f"that of {quote(row.nom)} is {quote(fix)}" if fix else "check the SIREN"
        return Remark(
            f"ce SIREN est celui de {quote(body.nom)}, {KINDS[body.type]}, et non"
            f" {KINDS[row.type]} : {hint}.",
            f"this SIREN is that of {quote(body.nom)}, {KINDS_EN[body.type]}, not"
            f" {KINDS_EN[row.type]}: {clue}.",
            fix,
        )
    if fix and row.departement != body.departement:
        return Remark(
            f"ce SIREN est celui de {quote(body.nom)} (département {body.departement}),"
            f" {KINDS[body.type]} du même nom : celui de {quote(row.nom)} (département"
            f" {row.departement}) est {quote(fix)}.",
            f"this SIREN is that of {quote(body.nom)} (département {body.departement}),"
            f" {KINDS_EN[body.type]} of the same name: that of {quote(row.nom)} (département"
            f" {row.departement}) is {quote(fix)}.",
            fix,
        )
    return None


def _unknown(row: Row, directory: Directory) -> Remark | None:
    gone = directory.former(row.siren)
    if gone:
        return _gone(gone, directory)
    if directory.unlisted(row.nom, row.departement):
        return None
    right = _only(directory.meant(row.nom, row.departement, row.type))
    problem = f"ce SIREN n'est celui d'aucune collectivité de la référence {directory.vintage}"
    trouble = f"no authority of the reference {directory.vintage} has this SIREN"
    if right:
        return Remark(
            f"{problem} : celui de {quote(right.nom)} ({KINDS[right.type]}) est"
            f" {quote(right.siren)}.",
            f"{trouble}: that of {quote(right.nom)} ({KINDS_EN[right.type]}) is"
            f" {quote(right.siren)}.",
            right.siren,
        )
    home = directory.absorbed(row.nom, row.departement) if row.type == "COM" else None
    if home:
        return Remark(
            f"{problem} : {quote(row.nom)} fait maintenant partie de {quote(home.nom)}."
            f" {MERGED.format(quote(home.siren))}",
            f"{trouble}: {quote(row.nom)} is now part of {quote(home.nom)}."
            f" {MERGED_EN.format(quote(home.siren))}",
        )
    return Remark(
        f"{problem} : vérifiez le SIREN et le type, ou notez le statut « cesse » si l'organisme"
        " n'existe plus.",
        f"{trouble}: check the SIREN and the type, or set the status « cesse » if the organisation"
        " no longer exists.",
    )


def _gone(gone: Former, directory: Directory) -> Remark:
    problem = (
        f"{quote(gone.body.nom)} n'existe plus dans la référence {directory.vintage} (elle y était"
        f" en {gone.vintage})"
    )
    trouble = (
        f"{quote(gone.body.nom)} is no longer in the reference {directory.vintage} (it was in"
        f" {gone.vintage})"
    )
    heir = gone.successor
    if heir is None:
        return Remark(
            f"{problem} : notez le statut « cesse ».", f"{trouble}: set the status « cesse »."
        )
    return Remark(
        f"{problem} : {quote(heir.nom)} a pris sa place. {MERGED.format(quote(heir.siren))}",
        f"{trouble}: {quote(heir.nom)} took its place. {MERGED_EN.format(quote(heir.siren))}",
    )


def _only(bodies: list[Body]) -> Body | None:
    return bodies[0] if len(bodies) == 1 else None
