"""A cell outside the list of values that the schema allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from observatoire.letters import fold
from observatoire.model import Finding, Severity
from observatoire.schema import Field
from observatoire.validate import slips
from observatoire.validate.context import Context
from observatoire.validate.kinds import KINDS
from observatoire.validate.model import Example, Remark
from observatoire.words import closest, listed, quote

CODE = "valeur-permise"
TITLE = "Valeur hors de la liste"
TITLE_EN = "Value out of the list"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "« met » n'est pas dans la liste des valeurs permises : écrivez « MET ».",
        key=("243500139",),
        bad={"type": "met"},
        good={"type": "MET"},
        fix="MET",
    ),
    Example(
        "plateformes",
        "« CKAAN » n'est pas dans la liste des valeurs permises : vouliez-vous écrire « ckan » ?",
        key=("rennes-metropole",),
        bad={"techno": "CKAAN"},
        good={"techno": "ckan"},
    ),
    Example(
        "organisations",
        "« Métropole » n'est pas dans la liste des valeurs permises : écrivez « MET ».",
        key=("243500139",),
        bad={"type": "Métropole"},
        good={"type": "MET"},
        fix="MET",
    ),
    Example(
        "organisations",
        "« ouvert » n'est pas dans la liste des valeurs permises : écrivez « actif », « cesse »,"
        " « fusionne » ou « a_verifier ».",
        key=("243500139",),
        bad={"statut": "ouvert"},
        good={"statut": "actif"},
    ),
)


def check(context: Context) -> Iterator[Finding]:
    """Cells that are none of the allowed values."""
    for sheet in context.sheets():
        for field in sheet.schema.fields:
            if field.enum:
                yield from sheet.judge(CODE, field.name, _verdict(field))


def _verdict(field: Field) -> Callable[[str], Remark | None]:
    return lambda cell: None if cell in field.enum else _remark(field, cell)


WORDS = {
    "type": {"mairie": "COM", "ville": "COM", "conseildepartemental": "DEP", "metropole": "MET"}
    | {"conseilregional": "REG", "agglomeration": "CA", "agglo": "CA", "epci": ""},
    "statut": {"active": "actif", "enactivite": "actif", "averifier": "a_verifier"}
    | {"ferme": "cesse", "fermee": "cesse", "dissous": "cesse", "dissoute": "cesse"}
    | {"dissout": "cesse", "supprime": "cesse", "fusion": "fusionne", "fusionnee": "fusionne"},
}
"""What people write for a value, without accents, capitals or blanks."""


def _named(cell: str, field: Field) -> slips.Slip | None:
    """The value that is written in usual words, such as the type of a body."""
    usual = WORDS.get(field.name, {}).get(fold(cell), "")
    if usual in field.enum:
        return slips.Slip(usual)
    kinds = [k for k, words in KINDS.items() if fold(cell) in (fold(words), _bare(words))]
    return slips.Slip(kinds[0]) if kinds and kinds[0] in field.enum else None


def _bare(words: str) -> str:
    """Without its article."""
    return fold(words.partition(" ")[2])


def _remark(field: Field, cell: str) -> Remark:
    problem = f"{quote(cell)} n'est pas dans la liste des valeurs permises"
    trouble = f"{quote(cell)} is not in the list of allowed values"
    slip = slips.choice(cell, field.enum) or _named(cell, field)
    if slip:
        return Remark(
            f"{problem} : écrivez {quote(slip.fix)}.",
            f"{trouble}: write {quote(slip.fix)}.",
            slip.fix,
        )
    near = closest(cell, field.enum)
    if near:
        return Remark(
            f"{problem} : vouliez-vous écrire {quote(near)} ?",
            f"{trouble}: did you mean {quote(near)}?",
        )
    return Remark(
        f"{problem} : écrivez {listed(field.enum)}.",
        f"{trouble}: write {listed(field.enum, 'or')}.",
    )
