"""What the forge fictive hears and answers: calls, JSON answers, pages, refusals, routes."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlencode

from observatoire.demo.faces import Answer, Ask

MOST = 100
"""The longest page of both forges."""


@dataclass(frozen=True, slots=True)
class Call(Ask):
    """A request with its body; ``path`` is as it was sent, its escapes untouched."""

    body: bytes = b""

    @property
    def fields(self) -> dict[str, Any]:
        """The JSON object of the body; empty without any, or for something else."""
        found = self.said
        return found if isinstance(found, dict) else {}

    @property
    def said(self) -> Any:
        """What the body says in JSON."""
        try:
            return json.loads(self.body or b"{}")
        except ValueError:
            raise Refusal(400, {"message": "Problems parsing JSON"}) from None


class Refusal(Exception):
    """An answer of error, from anywhere in a face."""

    def __init__(self, status: int, said: object) -> None:
        super().__init__(f"{status} {said}")
        self.answer = reply(status, said)


def reply(status: int, said: object = None, **headers: str) -> Answer:
    """An answer in JSON; no body at all without anything to say."""
    body = b"" if said is None else json.dumps(said, ensure_ascii=False).encode()
    return Answer(status, body, headers={k.replace("_", "-"): v for k, v in headers.items()})


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, and the addresses of its neighbours."""

    items: Sequence[Any]
    number: int
    size: int
    total: int
    links: str

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))


def page_of(items: Sequence[Any], call: Call, usual: int) -> Page:
    """The page of a list that a call asks for; ``usual`` is the size when it does not say."""
    size = min(MOST, max(1, int(call.query.get("per_page") or usual)))
    number = max(1, int(call.query.get("page") or 1))
    page = Page(items[(number - 1) * size : number * size], number, size, len(items), "")
    around = {"first": 1, "prev": number - 1, "next": number + 1, "last": page.last}

    def link(target: int) -> str:
        query = urlencode(dict(call.query) | {"page": str(target), "per_page": str(size)})
        return f"<{call.base}{call.path}?{query}>"

    links = ", ".join(
        f'{link(n)}; rel="{name}"'
        for name, n in around.items()
        if 0 < n <= page.last and n != number
    )
    return Page(page.items, number, size, len(items), links)


Handler = Callable[..., Answer]


class Routes:
    """Which function answers which call; ``{name}`` is a segment of a path, ``{name*}`` several."""

    def __init__(self) -> None:
        self._table: list[tuple[str, re.Pattern[str], Handler]] = []

    def on(self, method: str, path: str) -> Callable[[Handler], Handler]:
        """Declare the function below as the one that answers."""
        pieces = re.split(r"(\{\w+\*?\})", path)
        pattern = "".join(_pattern(piece) for piece in pieces)

        def declare(handler: Handler) -> Handler:
            self._table.append((method, re.compile(pattern), handler))
            return handler

        return declare

    def matching(self, method: str, path: str) -> Iterator[tuple[Handler, Mapping[str, str]]]:
        """The functions for a method and a path, with the decoded parts of the path."""
        for own, pattern, handler in self._table:
            found = pattern.fullmatch(path)
            if found and own == method:
                yield handler, {k: unquote(v) for k, v in found.groupdict().items()}


def _pattern(piece: str) -> str:
    if not piece.startswith("{"):
        return re.escape(piece)
    name = piece.strip("{}")
    return f"(?P<{name[:-1]}>.+)" if name.endswith("*") else f"(?P<{name}>[^/]+)"


def discover(package: ModuleType) -> list[Routes]:
    """The routes of every module of a package."""
    names = sorted(m.name for m in pkgutil.iter_modules(package.__path__))
    modules = (importlib.import_module(f"{package.__name__}.{name}") for name in names)
    return [m.ROUTES for m in modules if hasattr(m, "ROUTES")]
