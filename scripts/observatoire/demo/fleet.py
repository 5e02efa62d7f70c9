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

from observatoire.demo.accounts import account
from observatoire.demo.big_catalogue import BigCatalogue
from observatoire.demo.faces import Answer, Ask, Face
from observatoire.demo.simulator import Portal, Simulator
from observatoire.web.network import connections

FASTEST, SLOWEST = 0.1, 0.3
"""Seconds for one answer."""

PUBLISHERS = 10
CATALOGUE = "catalogue"


@dataclass(frozen=True, slots=True)
class Ship:
    """A portal: its technology and its number of datasets.

    "" stands for plain pages of JSON, ``CATALOGUE`` for the bulk files of data.gouv.fr.
    """

    techno: str
    datasets: int = 200


@dataclass
class Late:
    """A face that takes its time, always the same for the same portal; it computes once."""

    face: Face
    seed: int
    waited: float = 0.0
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
        delay = self.random.uniform(FASTEST, SLOWEST)
        self.waited += delay
        return replace(answer, delay=delay)


@dataclass
class Pages:
    """Any path is a page of a list, in JSON: about the size of a page of a catalogue."""

    datasets: int

    def answer(self, ask: Ask) -> Answer:
        """The page."""
        items = (f'{{"id": "{i:08}", "title": "Jeu numéro {i}"}}' for i in range(self.datasets))
        return Answer(body=f'{{"path": "{ask.path}", "results": [{",".join(items)}]}}'.encode())


class Fleet:
    """The portals, from ``with`` to the end of its block; ``cpu`` is what they cost by then."""

    def __init__(self, ships: Sequence[Ship]) -> None:
        self.ships = ships
        self.urls: list[str] = []
        self.waited: list[float] = []
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
        """Read ``waited`` and ``cpu`` since the last time."""
        self._line.send("reckon")
        self.waited, self.cpu = self._line.recv()


def _serve(ships: Sequence[Ship], line: Connection) -> None:
    connections()
    faces = [Late(_face(ship), seed) for seed, ship in enumerate(ships)]
    portals = [_Quiet(face, validators=True) for face in faces]
    with Simulator(*portals):
        line.send([p.url for p in portals])
        start = time.process_time()
        while line.recv() == "reckon":
            line.send(([f.waited for f in faces], time.process_time() - start))
            start = time.process_time()
            for number, face in enumerate(faces):
                face.waited, face.random = 0.0, random.Random(number)  # noqa: S311


def _face(ship: Ship) -> Face:
    from observatoire.demo.technologies import FACES

    if ship.techno == CATALOGUE:
        return BigCatalogue(ship.datasets)
    if not ship.techno:
        return Pages(ship.datasets)
    share = ship.datasets // PUBLISHERS
    return FACES[ship.techno]([account(f"Commune {i}", nb_jeux=share) for i in range(PUBLISHERS)])


class _Quiet(Portal):
    """A portal that does not remember what it was asked."""

    def reply(self, ask: Ask) -> Answer:
        answer = super().reply(ask)
        self.asked.clear()
        return answer
