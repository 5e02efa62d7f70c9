"""What a simulated portal is made of: a face answers requests, a fault spoils some answers.

Both are plain functions of values, so that a face is tested without a server.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: ``base`` is the portal's own address, without a final slash."""

    base: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Flow:
    """A body that is made as it is sent, ``pause`` seconds after each piece.

    ``announced`` is the length that the portal says, None when it says none.
    """

    pieces: Callable[[], Iterable[bytes]]
    announced: int | None = None
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; ``delay`` seconds before it, and ``sent`` bytes of its body before the line cuts.

    ``sent`` is None for a whole answer; -1 cuts the line before anything is sent. ``flow`` stands
    for a body that does not fit in memory.
    """

    status: int = 200
    body: bytes = b""
    type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    sent: int | None = None
    flow: Flow | None = None


class Face(Protocol):
    """What answers for a portal: plays one technology with its own content."""

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request."""
        ...


@dataclass(slots=True)
class Fault:
    """Spoils the answers to requests whose path holds ``path``: the first ``times``, or all."""

    spoil: Callable[[Ask, Answer], Answer]
    path: str = ""
    times: int | None = None

    def apply(self, ask: Ask, answer: Answer) -> Answer:
        """The answer, spoilt while the fault lasts."""
        if self.path not in ask.path or self.times == 0:
            return answer
        if self.times is not None:
            self.times -= 1
        return self.spoil(ask, answer)


def down(path: str = "", times: int | None = None) -> Fault:
    """The line is cut before any answer."""
    return Fault(lambda _, answer: replace(answer, sent=-1), path, times)


def status(code: int, path: str = "", times: int | None = None) -> Fault:
    """The portal answers with an error code, such as 500."""
    return Fault(lambda *_: Answer(code, b'{"message": "error"}'), path, times)


def busy(retry_after: str = "", path: str = "", times: int | None = None) -> Fault:
    """The portal answers 429, with or without the time to wait."""
    headers = {"Retry-After": retry_after} if retry_after else {}
    return Fault(lambda *_: Answer(429, b"{}", headers=headers), path, times)


def html(path: str = "", times: int | None = None) -> Fault:
    """The portal answers 200 with a page for people."""
    page = b"<!doctype html><title>Maintenance</title><p>De retour bient\xc3\xb4t"
    return Fault(lambda *_: Answer(200, page, "text/html; charset=utf-8"), path, times)


def truncated(path: str = "", times: int | None = None) -> Fault:
    """Half of the answer, presented as a whole one."""
    return Fault(lambda _, a: replace(a, body=a.body[: len(a.body) // 2]), path, times)


def cut(path: str = "", times: int | None = None) -> Fault:
    """The line is cut halfway through the body that was announced."""
    return Fault(lambda _, a: replace(a, sent=len(a.body) // 2), path, times)


def mistyped(kind: str, path: str = "", times: int | None = None) -> Fault:
    """The right answer under a wrong content type."""
    return Fault(lambda _, a: replace(a, type=kind), path, times)


def slow(seconds: float, path: str = "", times: int | None = None) -> Fault:
    """The right answer, late."""
    return Fault(lambda _, a: replace(a, delay=a.delay + seconds), path, times)


def redirect(url: str, path: str = "", times: int | None = None) -> Fault:
    """A redirection to another address, wherever it leads."""
    return Fault(lambda *_: Answer(302, headers={"Location": url}), path, times)


def endless(path: str = "", times: int | None = None) -> Fault:
    """Every page of a list says that there is a next one: itself."""

    def spoil(ask: Ask, answer: Answer) -> Answer:
        if answer.status != HTTPStatus.OK or answer.type != "application/json":
            return answer
        page = json.loads(answer.body) | {"next_page": f"{ask.base}{ask.path}?page_size=1"}
        return replace(answer, body=json.dumps(page).encode())

    return Fault(spoil, path, times)
