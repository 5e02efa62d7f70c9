"""The nearest name among tens of thousands, by shared rare trigrams, then by similarity.

Comparing every publisher with every body takes a minute; a name that is one or two slips away still
shares most of its trigrams, and the rarest of them bring a few dozen bodies only. In a département
there are a few hundred: they are all compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from rapidfuzz import fuzz, process

from observatoire.reconcile.bodies import Candidate
from observatoire.reconcile.vocabulary import bare

RARE = 6
"""Trigrams looked up per name: two slips spoil at most six of them, seldom the rarest."""

SHORTLIST, TRIED = 40, 400
"""Bodies compared letter by letter, among as many that share the most trigrams."""


Found = tuple[Candidate, float]
"""A body, and the similarity of its name, in 0..1."""


class Neighbours:
    """Finds the bodies whose name is nearest to another; one index per région, made on demand."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = candidates
        self._indexes: dict[str, _Index] = {}
        self._local: dict[str, list[Candidate]] = defaultdict(list)
        self._texts: dict[str, list[str]] = {}
        for candidate in candidates:
            self._local[candidate.departement].append(candidate)

    def nearest_in(self, label: str, cutoff: float, departement: str) -> list[Found]:
        """The bodies of a département at or above a similarity, best first, then by SIREN."""
        here = self._local[departement]
        if departement not in self._texts:
            self._texts[departement] = [_ordered(c.bare) for c in here]
        return _ranked(_ordered(bare(label)), cutoff, here, self._texts[departement])

    def nearest(
        self, label: str, cutoff: float, region: str, accept: Callable[[Candidate], bool]
    ) -> list[Found]:
        """The accepted bodies at or above a similarity in 0..1, best first, then by SIREN.

        ``region`` is the code of the région that they belong to, or "" for the whole country.
        """
        if region not in self._indexes:
            here = [c for c in self._candidates if region in ("", c.region)]
            self._indexes[region] = _Index(here)
        wanted = bare(label)
        short = list(islice(filter(accept, self._indexes[region].sharing(wanted)), SHORTLIST))
        return _ranked(_ordered(wanted), cutoff, short, [_ordered(c.bare) for c in short])


class _Index:
    """Bodies by the trigrams of their name."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = candidates
        self._postings: dict[str, list[int]] = defaultdict(list)
        for i, candidate in enumerate(candidates):
            for trigram in _trigrams(candidate.bare):
                self._postings[trigram].append(i)

    def sharing(self, name: str) -> Iterator[Candidate]:
        """The bodies that share the most of the rarest trigrams of a name, most first."""
        known = [t for t in _trigrams(name) if t in self._postings]
        hits: Counter[int] = Counter()
        for trigram in sorted(known, key=lambda t: (len(self._postings[t]), t))[:RARE]:
            hits.update(self._postings[trigram])
        return (self._candidates[i] for i, _ in hits.most_common(TRIED))


def _ranked(
    wanted: str, cutoff: float, candidates: Sequence[Candidate], texts: Sequence[str]
) -> list[Found]:
    """The candidates whose text is near enough, best first, then by SIREN."""
    scored = process.extract(
        wanted, texts, scorer=fuzz.ratio, score_cutoff=cutoff * 100, limit=None
    )
    found = [(candidates[i], round(score / 100, 2)) for _, score, i in scored]
    return sorted(found, key=lambda f: (-f[1], f[0].siren))


def _ordered(name: str) -> str:
    """The words in alphabetical order: « maine anjou » is as near as « anjou maine »."""
    return " ".join(sorted(name.split(" "))) if " " in name else name


def _trigrams(name: str) -> set[str]:
    padded = f" {name} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}
