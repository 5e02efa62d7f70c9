"""Every platform is asked, each answers for itself, and none holds up the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from observatoire.files import Memory
from observatoire.harvest import Outcome, Target, asking, collect
from observatoire.model import Breakdown, Row, SourceError
from observatoire.register import Register
from observatoire.sources import Connector, Header
from observatoire.web import Web

DAY = date(2026, 11, 23)


def row(platform: str, id_: str) -> Row:
    return {"plateforme": platform, "identifiant": id_, "nb_jeux": "1", "statut": "publie"}


HEADER = Header("faux", "Faux", "", ("x",), (), floor=1)


@dataclass(frozen=True)
class Fake:
    """A connector that gives rows, or fails."""

    rows: tuple[Row, ...] = ()
    error: str = ""
    SOURCE: Header = HEADER

    async def harvest(self, platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
        assert platform
        assert isinstance(web, Web)
        assert today == DAY
        for r in self.rows:
            yield r
        if self.error:
            raise SourceError(self.error)


def gather(root: Path, *connectors: Connector) -> tuple[list[Outcome], list[str]]:
    ticks: list[str] = []

    async def work() -> list[Outcome]:
        schema = Register(Memory(schemas_of(root))).schema("moissons/faux")
        chosen = [Target(c, {"id": f"p{i}"}) for i, c in enumerate(connectors)]
        async with Web() as web:
            return await collect(chosen, web, schema, DAY, ticks.append)

    return asyncio.run(work()), ticks


def schemas_of(root: Path) -> dict[str, bytes]:
    return {"schemas/moissons.json": (root / "schemas/moissons.json").read_bytes()}


@pytest.mark.parametrize(("claimed", "floor"), [("", 1), ("19", 1), ("3000", 150), ("many", 1)])
def test_a_portal_must_have_a_part_of_what_it_claims(claimed: str, floor: int) -> None:
    target = Target(Fake(), {"id": "p", "nb_structures_declare": claimed})
    assert asking.least(target) == floor


def test_each_platform_answers_for_itself(root: Path) -> None:
    outcomes, ticks = gather(
        root, Fake((row("p0", "a"),)), Fake((row("p1", "a"),), "plus de réponse.")
    )
    assert [(o.plateforme, len(o.rows), o.error) for o in outcomes] == [
        ("p0", 1, ""),
        ("p1", 0, "plus de réponse."),
    ]
    assert outcomes[0].floor == 1
    assert ticks == ["faux", "faux"]


def test_rows_that_the_schema_refuses_are_a_failure_of_the_platform(root: Path) -> None:
    outcomes, _ = gather(root, Fake((row("p0", "a"), row("p0", "a"))))
    assert outcomes[0].error == "le publicateur « a » est annoncé deux fois."


def test_a_bug_in_a_connector_is_loud(root: Path) -> None:
    with pytest.raises(ExceptionGroup):
        gather(root, Fake(({"colonne": "inconnue"},)))


@dataclass(frozen=True)
class Endless:
    """A connector whose portal never ends: it waits, or it always has one more publisher."""

    waits: bool
    SOURCE: Header = HEADER

    async def harvest(self, platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
        assert platform
        assert isinstance(web, Web)
        assert today == DAY
        for number in count():
            if self.waits:
                await asyncio.sleep(3_600)
            yield row("p0", str(number))


def test_a_platform_that_never_ends_is_left(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LONGEST", 0.02)
    monkeypatch.setattr(asking, "MOST_ROWS", 50)
    outcomes, ticks = gather(root, Endless(True), Endless(False), Fake((row("p2", "a"),)))
    assert [o.error for o in outcomes] == [
        "la moisson dure plus de 0 minutes.",
        "la plateforme annonce plus de 50 publicateurs.",
        "",
    ]
    assert len(ticks) == 3


@dataclass(frozen=True)
class Full:
    """A connector that meets a full disk."""

    SOURCE: Header = HEADER

    async def harvest(self, platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
        raise Breakdown(f"disque plein ({platform['id']}, {today}, {type(web).__name__}).")
        yield {}


def test_a_full_disk_stops_all_with_one_sentence(root: Path) -> None:
    with pytest.raises(Breakdown, match="disque plein"):
        gather(root, Endless(True), Full())
