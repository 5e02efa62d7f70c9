"""The portal simulator: a real HTTP server on loopback that plays any number of portals.

Each portal has its own port, hence its own host for a polite client. The server runs in a thread,
so that synchronous code can use it as a context manager.
"""

from __future__ import annotations

import asyncio
import threading
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from types import TracebackType
from weakref import WeakSet

from observatoire.demo.faces import Answer, Ask, Face, Fault
from observatoire.demo.server import Connection

HOST = "127.0.0.1"


@dataclass(slots=True)
class Portal:
    """A face with its latency in seconds and its faults, in the order in which they apply.

    ``port`` 0 takes a free one; ``url`` is known once the simulator runs. ``asked`` records the
    requests, and ``most`` the largest number of them under way at once. With ``validators``, each
    answer has an ETag, and is not sent again to those who have it.
    """

    face: Face
    latency: float = 0.0
    faults: Sequence[Fault] = ()
    port: int = 0
    validators: bool = False
    url: str = ""
    asked: list[Ask] = field(default_factory=list)
    under_way: int = 0
    most: int = 0

    def reply(self, ask: Ask) -> Answer:
        """The answer to a request, spoilt by the faults that are on."""
        self.asked.append(ask)
        answer = self.face.answer(ask)
        if self.validators:
            answer = validated(ask, answer)
        for fault in self.faults:
            answer = fault.apply(ask, answer)
        return replace(answer, delay=answer.delay + self.latency) if self.latency else answer


def validated(ask: Ask, answer: Answer) -> Answer:
    """The answer under an ETag of its content, or 304 for a client that has it."""
    if answer.status != HTTPStatus.OK or answer.flow or "ETag" in answer.headers:
        return answer
    tag = f'"{zlib.crc32(answer.body):08x}{len(answer.body):x}"'
    headers = {**answer.headers, "ETag": tag}
    if ask.headers.get("if-none-match") == tag:
        return replace(answer, status=HTTPStatus.NOT_MODIFIED, body=b"", headers=headers)
    return replace(answer, headers=headers)


class Simulator:
    """Serves portals from ``with`` to the end of its block.

    ``most`` is the largest number of requests under way at once, all portals together.
    """

    def __init__(self, *portals: Portal) -> None:
        self.portals = portals
        self._started = threading.Event()
        self._ready = False
        self._failure: OSError | None = None
        self._loop: asyncio.AbstractEventLoop
        self._stop: asyncio.Event
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._connections: WeakSet[Connection] = WeakSet()
        self.under_way = 0
        self.most = 0

    def __enter__(self) -> Simulator:
        self._thread.start()
        self._started.wait()
        if not self._ready:
            self._thread.join()
            raise self._failure or RuntimeError("the simulator did not start")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def wait(self) -> None:
        """Serve until the thread ends: for a command that runs until it is interrupted."""
        while self._thread.is_alive():
            self._thread.join(timeout=0.5)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as error:
            self._failure = error
        finally:
            self._started.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        servers = []
        try:
            for portal in self.portals:
                servers.append(await self._open(portal))
            self._ready = True
            self._started.set()
            await self._stop.wait()
        finally:
            for connection in list(self._connections):
                connection.transport.abort()
            for server in servers:
                server.close()
                await server.wait_closed()

    async def _open(self, portal: Portal) -> asyncio.Server:
        def connect() -> Connection:
            connection = Connection(portal.url, portal.reply, partial(self._count, portal))
            self._connections.add(connection)
            return connection

        server = await self._loop.create_server(connect, HOST, portal.port)
        portal.port = server.sockets[0].getsockname()[1]
        portal.url = f"http://{HOST}:{portal.port}"
        return server

    def _count(self, portal: Portal, step: int) -> None:
        for counted in (self, portal):
            counted.under_way += step
            counted.most = max(counted.most, counted.under_way)
