"""The nearest name among tens of thousands, by shared rare trigrams, then by similarity.

Comparing every publisher with every body takes a minute; a name that is one or two slips away still
shares most of its trigrams, and the rarest of them bring a few dozen bodies only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from observatoire.reconcile.bodies import Candidate
from observatoire.reconcile.vocabulary import bare

RARE = 6
"""Trigrams looked up per name: two slips spoil at most six of them, seldom the rarest."""

SHORTLIST = 40
"""Bodies compared letter by letter."""


class Neighbours:
    """Finds the bodies whose name is nearest to another."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = candidates

    def nearest(
        self, label: str, cutoff: float, accept: Callable[[Candidate], bool]
    ) -> list[tuple[Candidate, float]]:
        """The accepted bodies at or above a similarity in 0..1, best first, then by SIREN."""
        wanted = bare(label)
        names, postings = self._index
        hits: Counter[int] = Counter()
        known = (t for t in _trigrams(wanted) if t in postings)
        for trigram in sorted(known, key=lambda t: (len(postings[t]), t))[:RARE]:
            hits.update(postings[trigram])
        kept = sorted(hits, key=lambda i: (-hits[i], i))
        short = [i for i in kept if accept(self._candidates[i])][:SHORTLIST]
        scored = process.extract(
            wanted,
            {i: names[i] for i in short},
            scorer=fuzz.token_sort_ratio,
            processor=None,
            score_cutoff=cutoff * 100,
            limit=None,
        )
        found = [(self._candidates[i], round(score / 100, 2)) for _, score, i in scored]
        return sorted(found, key=lambda f: (-f[1], f[0].siren))

    @cached_property
    def _index(self) -> tuple[list[str], dict[str, list[int]]]:
        names = [bare(c.nom) for c in self._candidates]
        postings: dict[str, list[int]] = defaultdict(list)
        for i, name in enumerate(names):
            for trigram in _trigrams(name):
                postings[trigram].append(i)
        return names, dict(postings)


def _trigrams(name: str) -> set[str]:
    padded = f" {name} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}
