"""A harvest told in French: failures, and what is missing."""

from __future__ import annotations

import pytest

from observatoire.harvest import Outcome, report
from observatoire.harvest.parts import Share


@pytest.mark.parametrize(
    ("error", "line"),
    [
        ("http://a.fr/b?c=d : trop lent.", "p : trop lent (http://a.fr/b?c=d)."),
        ("plus de réponse.", "p : plus de réponse."),
        (
            "ni l'un ni l'autre : http://a.fr : refusé ; http://b.fr : refusé.",
            "p : ni l'un ni l'autre : http://a.fr : refusé ; http://b.fr : refusé.",
        ),
        (f"http://{'a' * 200} : éteint.", f"p : éteint (http://{'a' * 92}…)."),
    ],
)
def test_a_failure_is_one_line_with_its_cause_first(error: str, line: str) -> None:
    assert list(report.failures([Outcome("ckan", "p", error=error)])) == [line]


def test_missing_parts_are_told_in_one_sentence() -> None:
    names = [f"p{n:02}" for n in range(12)]
    assert report.missing([Share(2, 4), Share(3, 4)], names) == (
        "les parties 2 et 3 sur 4 manquent : 12 plateformes en panne, dernières lignes gardées"
        " (p00, p01, p02, p03, p04, p05, p06, p07, p08, p09 et 2 autres)."
    )
