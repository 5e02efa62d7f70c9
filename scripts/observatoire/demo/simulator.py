"""The portal simulator: a real HTTP server on loopback that plays any number of portals.

Each portal has its own port, hence its own host for a polite client. The server runs in a thread,
so that synchronous code can use it as a context manager.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType

from aiohttp import web

from observatoire.demo.faces import Answer, Ask, Face, Fault

HOST = "127.0.0.1"
SHUTDOWN = 0.1


@dataclass(slots=True)
class Portal:
    """A face with its latency in seconds and its faults, in the order in which they apply.

    ``port`` 0 takes a free one; ``url`` is known once the simulator runs. ``asked`` records the
    requests, and ``most`` the largest number of them under way at once.
    """

    face: Face
    latency: float = 0.0
    faults: Sequence[Fault] = ()
    port: int = 0
    url: str = ""
    asked: list[Ask] = field(default_factory=list)
    under_way: int = 0
    most: int = 0

    def reply(self, ask: Ask) -> Answer:
        """The answer to a request, spoilt by the faults that are on."""
        self.asked.append(ask)
        answer = self.face.answer(ask)
        for fault in self.faults:
            answer = fault.apply(ask, answer)
        return answer


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
        async with AsyncExitStack() as stack:
            for portal in self.portals:
                server = web.Server(partial(self._handle, portal), access_log=None)
                runner = web.ServerRunner(server, shutdown_timeout=SHUTDOWN)
                await runner.setup()
                stack.push_async_callback(runner.cleanup)
                await web.TCPSite(runner, HOST, portal.port).start()
                portal.port = runner.addresses[0][1]
                portal.url = f"http://{HOST}:{portal.port}"
            self._ready = True
            self._started.set()
            await self._stop.wait()

    async def _handle(self, portal: Portal, request: web.BaseRequest) -> web.StreamResponse:
        for counted in (self, portal):
            counted.under_way += 1
            counted.most = max(counted.most, counted.under_way)
        try:
            answer = portal.reply(_ask(portal, request, await request.read()))
            await asyncio.sleep(portal.latency + answer.delay)
            return await _send(request, answer)
        finally:
            for counted in (self, portal):
                counted.under_way -= 1


def _ask(portal: Portal, request: web.BaseRequest, body: bytes) -> Ask:
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Ask(portal.url, request.path, dict(request.query), headers, request.method, body)


async def _send(request: web.BaseRequest, answer: Answer) -> web.StreamResponse:
    headers = {"Content-Type": answer.type, **answer.headers}
    if answer.sent is None:
        return web.Response(status=answer.status, body=answer.body, headers=headers)
    response = web.StreamResponse(status=answer.status, headers=headers)
    if answer.sent >= 0:
        response.content_length = len(answer.body)
        await response.prepare(request)
        await response.write(answer.body[: answer.sent])
    if request.transport is not None:
        # Closing sends what is buffered; aborting could lose it.
        request.transport.close()
    return response
