"""Many simulated portals in a process of their own, so that whoever asks them is measured alone.

with Fleet([Ship("ckan", 200), ...]) as fleet:
    fleet.urls          # the address of each
fleet.waited            # the seconds that each made its clients wait
"""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from types import TracebackType
from urllib.parse import urlencode

from observatoire.demo.accounts import account
from observatoire.demo.big_catalogue import BigCatalogue
from observatoire.demo.faces import Answer, Ask, Face
from observatoire.demo.simulator import Portal, Simulator
from observatoire.web.network import connections

FASTEST, SLOWEST = 0.1, 0.3
"""Seconds for one answer."""

SIZES = frozenset(("limit", "page_size", "rows", "size"))
"""Parameters that say how many items are asked."""

PUBLISHERS = 10
CATALOGUE = "catalogue"


@dataclass(frozen=True, slots=True)
class Ship:
    """A portal: its technology and its number of datasets.

    "" stands for plain pages of JSON, ``CATALOGUE`` for the bulk files of data.gouv.fr. ``page`` is
    the most datasets that it gives at once, 0 for as many as it is asked.
    """

    techno: str
    datasets: int = 200
    page: int = 0


@dataclass
class Late:
    """A face that takes its time, always the same for the same portal; it computes once."""

    face: Face
    seed: int
    waited: float = 0.0
    asked: list[str] = field(default_factory=list)
    known: dict[tuple[str, ...], Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311 - delays, not secrets.

    def answer(self, ask: Ask) -> Answer:
        """The answer of the face, late."""
        query = (f"{k}={v}" for k, v in ask.query.items())
        key = (ask.path, *query, ask.body.decode(), ask.headers.get("if-none-match", ""))
        answer = self.known.get(key)
        if answer is None:
            answer = self.known[key] = self.face.answer(ask)
        self.asked.append(f"{ask.path}?{urlencode(ask.query)}")
        delay = self.random.uniform(FASTEST, SLOWEST)
        self.waited += delay
        return replace(answer, delay=delay)


@dataclass
class Short:
    """A face that gives at most so many items at once, whatever it is asked."""

    face: Face
    most: int

    def answer(self, ask: Ask) -> Answer:
        """The answer of the face to the same question, about fewer items."""
        query = {
            name: str(min(self.most, int(value))) if name in SIZES and value.isdecimal() else value
            for name, value in ask.query.items()
        }
        return self.face.answer(replace(ask, query=query))


@dataclass
class Pages:
    """Any path is a page of a list, in JSON: about the size of a page of a catalogue."""

    datasets: int

    def answer(self, ask: Ask) -> Answer:
        """The page."""
        items = (f'{{"id": "{i:08}", "title": "Jeu numéro {i}"}}' for i in range(self.datasets))
        return Answer(body=f'{{"path": "{ask.path}", "results": [{",".join(items)}]}}'.encode())


class Fleet:
    """The portals, from ``with`` to the end of its block; ``cpu`` is what they cost by then.

    ``asked`` are the addresses that each was asked between the last two reckonings.
    """

    def __init__(self, ships: Sequence[Ship]) -> None:
        self.ships = ships
        self.urls: list[str] = []
        self.waited: list[float] = []
        self.asked: list[list[str]] = []
        self.cpu = 0.0
        context = multiprocessing.get_context("spawn")
        self._line, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(ships, other), daemon=True)

    def __enter__(self) -> Fleet:
        self._process.start()
        self.urls = self._line.recv()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._line.send("stop")
        self._process.join()

    def reckon(self) -> None:
        """Read ``waited``, ``asked`` and ``cpu`` since the last time."""
        self._line.send("reckon")
        self.waited, paths, self.cpu = self._line.recv()
        self.asked = [[u + p for p in found] for u, found in zip(self.urls, paths, strict=True)]


def _serve(ships: Sequence[Ship], line: Connection) -> None:
    connections()
    faces = [Late(_face(ship), seed) for seed, ship in enumerate(ships)]
    portals = [_Quiet(face, validators=True) for face in faces]
    with Simulator(*portals):
        line.send([p.url for p in portals])
        start = time.process_time()
        while line.recv() == "reckon":
            spent = time.process_time() - start
            line.send(([f.waited for f in faces], [f.asked for f in faces], spent))
            start = time.process_time()
            for number, face in enumerate(faces):
                face.waited, face.asked, face.random = 0.0, [], random.Random(number)  # noqa: S311


def _face(ship: Ship) -> Face:
    from observatoire.demo.technologies import FACES

    if ship.techno == CATALOGUE:
        return BigCatalogue(ship.datasets)
    if not ship.techno:
        return Pages(ship.datasets)
    share = ship.datasets // PUBLISHERS
    face = FACES[ship.techno]([account(f"Commune {i}", nb_jeux=share) for i in range(PUBLISHERS)])
    return Short(face, ship.page) if ship.page else face


class _Quiet(Portal):
    """A portal that does not remember what it was asked."""

    def reply(self, ask: Ask) -> Answer:
        answer = super().reply(ask)
        self.asked.clear()
        return answer
