"""An edited postal address that is something else, or stands in another département."""

from __future__ import annotations

import re
from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.validate.change import changes
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.words import quote

CODE = "adresse-postale"
TITLE = "Adresse postale qui n'en est pas une, ou d'un autre département"
TITLE_EN = "Postal address that is none, or of another département"
SEVERITY: Severity = "conseil"
EXAMPLES = (
    Example(
        "organisations",
        "« 02 99 86 62 62 » est un numéro de téléphone, et non une adresse postale : écrivez la"
        " rue, le code postal et la commune, ou laissez la cellule vide.",
        key=("243500139",),
        bad={"adresse": "02 99 86 62 62"},
        good={"adresse": "35200 Rennes"},
        before={"adresse": "35200 Rennes"},
    ),
    Example(
        "organisations",
        "le code postal de « Place Carnot 34470 Pérols » est celui du département 34, et non 35 :"
        " vérifiez que cette adresse est bien celle de cet organisme.",
        key=("243500139",),
        bad={"adresse": "Place Carnot 34470 Pérols"},
        good={"adresse": "35200 Rennes"},
        before={"adresse": "35200 Rennes"},
    ),
)
CONTACTS = (
    (r"\S+@\S+\.\w+", "une adresse électronique", "an e-mail address"),
    (r"(?:https?://|www\.)\S*", "une adresse web", "a web address"),
    (
        r"(?<!\w)(?:\+33 ?|0)[1-9](?:[ .-]?[0-9]{2}){4}\b",
        "un numéro de téléphone",
        "a telephone number",
    ),
)
"""Ways to reach somebody, which the register does not publish."""
_OTHERS = (
    *CONTACTS,
    (r"^[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{2,4}$", "une date", "a date"),
    (r"^-?[0-9]{1,3}[.,][0-9]+$", "un nombre", "a number"),
)
_CODE = r"\b[0-9]{5}\b"


def check(context: Context) -> Iterator[Finding]:
    """The addresses of the lines that a change adds or edits."""
    for change in changes(context, ("organisations",)):
        place = change.after.schema.columns.index("departement")
        for key, cell in change.written("adresse"):
            said = _remark(cell, change.new[key][place])
            if said:
                yield change.after.finding(CODE, change.after.by_key[key], "adresse", said)


def _remark(cell: str, departement: str) -> Remark | None:
    for pattern, what, thing in _OTHERS:
        if re.search(pattern, cell):
            return _other(cell, what, thing, whole=re.fullmatch(pattern, cell) is not None)
    codes = re.findall(_CODE, cell)
    home = _departement(codes[-1]) if codes else ""
    if (
        not home
        or not departement
        or home == departement
        or (home == "20" and departement in ("2A", "2B"))
    ):
        return None
    return Remark(
        f"le code postal de {quote(cell)} est celui du département {home}, et non {departement} :"
        " vérifiez que cette adresse est bien celle de cet organisme.",
        f"the postcode of {quote(cell)} is that of département {home}, not {departement}: check"
        " that this address is that of this organisation.",
        None,
        SEVERITY,
    )


def _other(cell: str, what: str, thing: str, *, whole: bool) -> Remark:
    shown = quote(cell)
    return Remark(
        f"{shown} est {what}, et non une adresse postale : écrivez la rue, le code postal et la"
        " commune, ou laissez la cellule vide."
        if whole
        else f"{shown} contient {what} : gardez la rue, le code postal et la commune.",
        f"{shown} is {thing}, not a postal address: write the street, the postcode and the commune,"
        " or leave the cell empty."
        if whole
        else f"{shown} holds {thing}: keep the street, the postcode and the commune of the body.",
        None,
        SEVERITY,
    )


def _departement(code: str) -> str:
    """The département of a postcode; Corsica is "20", Monaco is none."""
    if code.startswith("980"):
        return ""
    return code[:3] if code.startswith(("97", "98")) else code[:2]
