"""The French words of a contribution: what rows are called, why differences were left aside."""

from __future__ import annotations

from collections.abc import Mapping

from observatoire.contribution.cells import plain
from observatoire.contribution.model import Reason, Rules
from observatoire.contribution.reading import Line
from observatoire.french import counted
from observatoire.model import Key
from observatoire.schema import Schema

NOUNS = {
    "organisations": ("organisme", "organismes"),
    "plateformes": ("plateforme", "plateformes"),
    "publications": ("publication", "publications"),
    "thematiques": ("thème", "thèmes"),
}
LINE = ("ligne", "lignes")
REASONS: Mapping[Reason, tuple[str, str, str]] = {
    "fins-de-ligne": ("fin de ligne réécrite", "fins de ligne réécrites", ""),
    "guillemets": (
        "ligne réécrite sans changement",
        "lignes réécrites sans changement",
        "guillemets, espaces ou séparateur",
    ),
    "blancs": ("espace autour d'une cellule", "espaces autour de cellules", ""),
    "undefined": (
        "cellule vide devenue « undefined »",
        "cellules vides devenues « undefined »",
        "c'est ainsi que Datami écrit le vide",
    ),
    "null": (
        "cellule vide devenue « null »",
        "cellules vides devenues « null »",
        "c'est ainsi que Datami écrit le vide",
    ),
    "nombres": ("nombre réécrit", "nombres réécrits", "même valeur"),
    "zeros": ("code sans son zéro de tête", "codes sans leur zéro de tête", "zéro rétabli"),
    "ecriture": ("cellule écrite autrement", "cellules écrites autrement", "même valeur"),
    "retours": ("retour à la ligne dans une cellule", "retours à la ligne dans des cellules", ""),
    "lignes-vides": ("ligne vide", "lignes vides", ""),
    "ordre": ("ligne déplacée", "lignes déplacées", "le registre les range par clé"),
    "repetees": ("ligne répétée à l'identique", "lignes répétées à l'identique", ""),
    "perimees": (
        "ligne que le registre a changée après l'ouverture de la page",
        "lignes que le registre a changées après l'ouverture de la page",
        "le registre fait foi",
    ),
    "deja-fait": (
        "correction que le registre a déjà",
        "corrections que le registre a déjà",
        "",
    ),
}


def reason(name: Reason, number: int) -> str:
    """« 891 fins de ligne réécrites », « 1 nombre réécrit (même valeur) »."""
    one, many, why = REASONS[name]
    return counted(number, one, many) + (f" ({why})" if why else "")


def noun(table: str, number: int) -> str:
    """« 1 organisme », « 3 plateformes », from the name of a table."""
    return counted(number, *NOUNS.get(table, LINE))


def title_of(schema: Schema, field: str, *, inside: bool = False) -> str:
    """The French title of a column; ``inside`` a sentence, without its capital."""
    title = schema.field(field).title or field
    acronym = title[1:2].isupper()
    return title[:1].lower() + title[1:] if inside and not acronym else title


def called(key: Key, rules: Rules) -> str:
    """What a row is called: its name, or its key when none is known."""
    return rules.names.get(key) or " / ".join(c for c in key if c)


def cell(line: Line, field: str, schema: Schema) -> str:
    """A cell of a line; "" when the table has no such column or the line no such cell."""
    return plain(line.cells[schema.columns.index(field)]) if field in schema.columns else ""
