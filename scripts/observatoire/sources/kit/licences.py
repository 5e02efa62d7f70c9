"""Licences under the names that portals give them.

The identifiers, titles and openness are those of data.gouv.fr (``/api/1/datasets/licenses/``,
flag ``okd_compliant``: conforms to the Open Definition).
"""

from __future__ import annotations

import re

OPEN: dict[str, tuple[str, ...]] = {
    "cc-by": ("Creative Commons Attribution",),
    "cc-by-sa": ("Creative Commons Attribution Share-Alike",),
    "cc-zero": ("Creative Commons CCZero",),
    "fr-lo": ("Licence Ouverte / Open Licence", "LO/OL"),
    "lov2": (
        "Licence Ouverte / Open Licence version 2.0",
        "Licence Ouverte / Open Licence v2",
        "Licence Ouverte / Open Licence v2.0",
        "Licence Ouverte (Etalab)",
        "Licence Ouverte v2",
        "Licence Ouverte v2.0",
        "Licence Ouverte v2.0 (Etalab)",
        "Licence Ouverte version 2.0",
        "License Etalab",
        "License Etalab v2",
        "License Etalab v2.0",
        "License Ouverte",
        "Open Licence v2",
        "Open Licence v2.0",
        "Open Licence version 2.0",
        "etalab-2.0",
    ),
    "odc-by": ("Open Data Commons Attribution License",),
    "odc-odbl": (
        "Open Data Commons Open Database License (ODbL)",
        "Open Data Commons Open Database License 1.0",
        "Open Database License (ODbL) 1.0",
        "Open Database License",
    ),
    "odc-pddl": ("Open Data Commons Public Domain Dedication and Licence (PDDL)",),
    "other-at": ("Other (Attribution)",),
    "other-open": ("Other (Open)",),
    "other-pd": ("Other (Public Domain)",),
}


def _simple(name: str) -> str:
    return re.sub(r"\W+", " ", name.casefold()).strip()


BY_NAME = {_simple(n): key for key, titles in OPEN.items() for n in (key, *titles)}


def identify(name: str | None) -> str:
    """The identifier of an open licence given by id or title; "" when it is not a known one."""
    return BY_NAME.get(_simple(name or ""), "")
