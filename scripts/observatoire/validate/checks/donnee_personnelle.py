"""The e-mail of a person: the register is public and republishes no personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark

CODE = "donnee-personnelle"
TITLE = "Adresse électronique d'une personne"
TITLE_EN = "E-mail address of a person"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "une adresse électronique semble être celle d'une personne : effacez-la, ou mettez celle"
        " d'un service (contact@, opendata@…).",
        key=("243500139",),
        bad={"adresse": "35200 Rennes jeanne.martin@rennesmetropole.fr"},
        good={"adresse": "35200 Rennes"},
    ),
)
EMAIL = r"([\w.%+-]+)@[\w-]+(?:\.[\w-]+)+"
SHARED = (
    r"(?i)(?:mairie|ville|commune|contact|accueil|info|opendata|open-data|data|donnees|sig|geo|dsi|"
    r"communication|presidence|secretariat|direction|webmaster|support|service|cellule|atlas|"
    r"observatoire|noreply|ne-pas-repondre|mediatheque|dpo|urbanisme)"
)
"""How the shared mailbox of a service begins."""


def check(context: Context) -> Iterator[Finding]:
    """Cells with an e-mail that is not a service's."""
    for sheet in context.sheets():
        for field in sheet.schema.fields:
            if field.type == "string":
                yield from sheet.judge(CODE, field.name, _verdict)


def _verdict(cell: str) -> Remark | None:
    if "@" not in cell or all(re.match(SHARED, m[1]) for m in re.finditer(EMAIL, cell)):
        return None
    # The address is not repeated: a report is public too.
    return Remark(
        "une adresse électronique semble être celle d'une personne : effacez-la, ou mettez celle"
        " d'un service (contact@, opendata@…).",
        "an e-mail address seems to be that of a person: erase it, or give that of a service"
        " (contact@, opendata@…).",
    )
