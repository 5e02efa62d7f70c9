"""What is proposed: the values that a request is written from, and what a forge gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from observatoire.files import Changes

DRAFT_LABEL = "anomalie"

ERRANDS = {"vivacite": "Vivacité des plateformes", "portails": "Portails à ajouter"}
"""What is proposed without being a harvest, by topic, with its title."""

OWN_LABELS = frozenset((DRAFT_LABEL,))
"""The labels that the bot puts on and takes off; those of people are theirs."""


@dataclass(frozen=True)
class Names:
    """What the codes of a plan are called, for people.

    ``organisations``: siren to (name, code of département); ``departements``: code to name;
    ``plateformes``: id to (name, web address); ``pages``: (platform, account) to its page there;
    ``owners``: an address to the (siren, platform) of the lines that have it.
    """

    organisations: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    departements: Mapping[str, str] = field(default_factory=dict)
    plateformes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    pages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    owners: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a proposal comes from: what a figure of it can be checked against.

    ``act`` is what was done that day, ``read`` what was counted in ``rows``.
    """

    title: str
    date: str
    rows: int
    digest: str
    act: str = "moisson"
    read: tuple[str, str] = ("publicateur lu", "publicateurs lus")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One topic's wish: what its branch and its merge request should be.

    ``topic`` names both for ever; ``key`` is the hash of the proposed cells; ``stable`` is the part
    of the body whose change is worth a rewriting (the date of the harvest alone is not).
    ``volatile`` when it only brings numbers up to date.
    """

    topic: str
    title: str
    body: str
    stable: str
    message: str
    changes: Changes
    key: str
    labels: tuple[str, ...] = ()
    draft: bool = False
    volatile: bool = False

    @property
    def branch(self) -> str:
        """The branch: from the topic alone, without slash (Datami) or date."""
        return branch_of(self.topic)


def branch_of(topic: str) -> str:
    """The branch of a topic."""
    return f"bot-{topic}"
