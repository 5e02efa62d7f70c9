"""The same address for several organisations: that of the whole portal, not of their data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from observatoire.model import Finding, Severity
from observatoire.schema import Schema
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.validate.watch import Repeats, Watch
from observatoire.words import english

CODE = "adresse-partagee"
TITLE = "Adresse commune à plusieurs organismes"
TITLE_EN = "Address shared by several organisations"
SEVERITY: Severity = "conseil"
EXAMPLES = (
    Example(
        "publications",
        "cette adresse sert aussi à 1 autre organisme : donnez la page où l'on ne voit que les"
        " données de celui-ci.",
        key=("219300662", "data-gouv-fr", "534fff80a3a7292c64a77e41"),
        bad={"url": "https://data.rennesmetropole.fr/explore/"},
        good={"url": "https://www.data.gouv.fr/fr/organizations/saint-denis/"},
    ),
)
SAME = Repeats(("url",))


def watches(name: str, _: Schema) -> Iterator[Watch[Any]]:
    """The addresses that stand on several lines."""
    if name == "publications":
        yield SAME


def check(context: Context) -> Iterator[Finding]:
    """Publications whose address is that of other organisations too."""
    sheet = context.wanted("publications")
    if sheet is None:
        return
    rows = sheet.watched(SAME)
    pairs = list(sheet.cells(rows, "url", "siren"))
    owners: dict[str, set[str]] = defaultdict(set)
    for url, siren in pairs:
        owners[url].add(siren)
    for row, (url, _) in zip(rows, pairs, strict=True):
        others = len(owners[url]) - 1
        if others > 0:
            from observatoire.french import counted  # only for a shared address: start-up counts

            many = counted(others, "autre organisme", "autres organismes")
            said = Remark(
                f"cette adresse sert aussi à {many} : donnez la page où l'on ne voit que les"
                " données de celui-ci.",
                f"this address is also used for {english(others, 'other organisation')}: give the"
                " page that shows the data of this one only.",
                None,
                SEVERITY,
            )
            yield sheet.finding(CODE, row, "url", said)
