"""Words of publishers' names that tell what a body is, and above all what it is not.

A SIRET alone proves nothing: on data.gouv.fr « SGAR Auvergne-Rhône-Alpes », a service of the
State, carries the region's SIRET and the badge of a local authority. The words below keep such an
account away from the region.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from observatoire.names import EPCI_KINDS, kind_hint, normalise, normalised


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STATE = _words(
    """academie ars daaf ddcs ddcspp ddets ddfip ddpp ddt ddtm deets dgfip direccte draaf drac
    drdjscs dreal dreets drfip driea driee drieat drihl drjscs etat gendarmerie insee ministere
    ministeres prefecture prefectures prefet rectorat sgar"""
)
"""Services of the State: out of scope unless the register already lists the account."""

NEUTRAL = _words(
    """adresse adresses bal base borne bornes compte data donnees espace geo irve locale officiel
    officielle open opendata ouverte ouvertes portail recharge sig"""
)
"""Words that an account adds to its body's name without becoming another body."""

TYPES = {
    "AGCT": _words(
        """gic gip petr pole pays sde sdea sdee sdef sdeg sdem siea sictom siede siel sigeif sitcom
        sitom sivom sivu sm smictom smirtom syndicat syndicats"""
    ),
    "OACT": _words(
        """adil adt agence alec atmo caue ccas cdg cias epf habitat hlm observatoire office oph ot
        parc pnr qualitair regie sdis tourisme urbanisme"""
    ),
    "DSPT": _words(
        """autocars cars eau eaux exploitation ratp saur sem semitan spl suez tcar tub vectalia
        veolia"""
    ),
}
"""Words that announce an associated body; the first type that has one wins."""

_NUMBER = re.compile(r"\b(?:(97[1-6]|98[678])(?:\d{2})?|(2[AB]|\d{2})(?:\d{3})?)\b")

COLLECTIVITES = frozenset(("REG", "DEP", "COM", *EPCI_KINDS))


_OPERATOR = re.compile(r"\b(?:trans\w*|tram\w*|\w*bus|mobilit\w+|keolis\w*)\b")
"""Names of transport operators: « Montélibus », « Trans-Landes ». The law makes them publish their
timetables (Code des transports, art. L1115-1): most companies of the register are such."""


@lru_cache(maxsize=1 << 16)
def bare(name: str) -> str:
    """The comparable name without the neutral words: « Acigné - Open data » is « acigne »."""
    return _own(normalise(name))


def bares(names: Sequence[str]) -> list[str]:
    """``bare`` of each of many names, in half the time."""
    return list(map(_own, normalised(names)))


def _own(name: str) -> str:
    words = name.split(" ")
    if NEUTRAL.isdisjoint(words):
        return name
    return " ".join(w for w in words if w not in NEUTRAL) or name


@lru_cache(maxsize=1 << 16)
def tokens(name: str) -> frozenset[str]:
    """The comparable words of a name, those between brackets included."""
    return frozenset(normalise(re.sub(r"[()]", " ", name)).split())


def state(name: str) -> frozenset[str]:
    """The words of the name that announce a service of the State."""
    return tokens(name) & STATE


def associated_type(name: str) -> str:
    """The type of associated body that a name suggests: AGCT, OACT, DSPT, or "" for none."""
    found = tokens(name)
    guess = next((t for t, words in TYPES.items() if found & words), "")
    return guess or ("DSPT" if _OPERATOR.search(normalise(name)) else "")


def compatible(name: str, type: str) -> bool:
    """Whether a body of this type may go by this name: « Mairie de X » is no département.

    The five kinds of EPCI are one family, for names mix them up; an associated body may be called
    anything.
    """
    hint = kind_hint(name)
    if not hint or hint == type or type not in COLLECTIVITES:
        return True
    return hint in EPCI_KINDS and type in EPCI_KINDS


def territory(name: str) -> str:
    """The number of a département that a name states: « Aspremont (05) », « X - 35250 »; or ""."""
    found = _NUMBER.search(name.upper())
    return (found[1] or found[2]) if found else ""
