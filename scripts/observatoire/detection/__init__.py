"""Which software answers at an address: technology, base of its API, and the proof of it.

``detect`` asks the probes of ``probes`` in order and believes the keys of a JSON answer, not its
code: many sites answer 200 and a page to anything.
"""

from __future__ import annotations

from observatoire.detection import places
from observatoire.detection.model import Verdict
from observatoire.detection.page import generic, title
from observatoire.detection.probes import PROBES, Probe
from observatoire.web import Look, Patience, Web, WebError

__all__ = ["PATIENCE", "Verdict", "detect"]

PATIENCE = Patience(tries=1, seconds=10.0, silence=10.0, longest=10.0)
"""A probe that must wait is a probe that fails."""

ENOUGH = 3
"""Failures of the line in a row: the others would fail too, ten seconds later."""


class _Silent(Exception):
    """The site stopped answering."""


async def detect(url: str, web: Web) -> Verdict:
    """What stands at an address; ``web`` is best opened with ``PATIENCE``."""
    known = places.by_name(url)
    if known:
        return known
    try:
        home = await web.look(url)
    except WebError as error:
        return Verdict(url, cause=str(error))
    verdict = Verdict(url, final=home.url, title=title(home))
    moved = places.by_name(home.url)
    if moved:
        return verdict.found(moved.techno, moved.base, moved.proof)
    try:
        return await _ask(verdict, home, web)
    except _Silent as silence:
        return verdict.without(str(silence))


async def _ask(verdict: Verdict, home: Look, web: Web) -> Verdict:
    failures = 0
    for probe in PROBES:
        for base in places.bases(verdict, anywhere=probe.anywhere):
            try:
                look = await web.look(base + probe.prefix + probe.path, most=probe.most)
            except WebError as error:
                failures += 1
                if failures == ENOUGH:
                    raise _Silent(str(error)) from None
                continue
            failures = 0
            proof = probe.proof(look)
            if proof:
                return verdict.found(probe.techno, *_placed(probe, base, look, proof))
    link, proof = generic(home)
    return verdict.found("dcat", link, proof) if link else verdict


def _placed(probe: Probe, base: str, look: Look, proof: str) -> tuple[str, str]:
    """The base of the API, where redirections led, and the proof with the path that gave it."""
    path = (probe.prefix + probe.path).partition("?")[0]
    answered = look.url.partition("?")[0]
    if answered.endswith(path):
        base = answered.removesuffix(path)
    whole = f"{base}{path}" if probe.document else f"{base}{probe.prefix}"
    return whole, f"« {path} » : {proof}"
