"""An address that still begins with http: most sites answer on https too."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.validate.checks.adresse_web import verdict as unusable
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.words import quote

CODE = "adresse-non-chiffree"
TITLE = "Adresse en http"
TITLE_EN = "Address in http"
SEVERITY: Severity = "conseil"
EXAMPLES = (
    Example(
        "plateformes",
        "essayez « https://data.rennesmetropole.fr » : si la page s'ouvre, écrivez-la ainsi.",
        key=("rennes-metropole",),
        bad={"url": "http://data.rennesmetropole.fr"},
        good={"url": "https://data.rennesmetropole.fr"},
    ),
)


def check(context: Context) -> Iterator[Finding]:
    """Addresses in http of the tables that people edit."""
    for name in ("plateformes", "publications"):
        sheet = context.wanted(name)
        for field in sheet.schema.fields if sheet else ():
            if sheet and field.name.startswith("url"):
                yield from sheet.judge(CODE, field.name, _verdict)


def _verdict(url: str) -> Remark | None:
    if not url.startswith("http://") or unusable(url):
        return None
    better = f"https://{url.removeprefix('http://')}"
    return Remark(
        f"essayez {quote(better)} : si la page s'ouvre, écrivez-la ainsi.",
        f"try {quote(better)}: if the page opens, write it that way.",
        None,
        SEVERITY,
    )
