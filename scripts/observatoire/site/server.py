"""A preview on this machine only: HTTP on the loopback address, to read, nothing else."""

from __future__ import annotations

import mimetypes
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import cast
from urllib.parse import urlsplit

from observatoire.site.shelf import Shelf

LOOPBACK = "127.0.0.1"
NAMES = ("localhost", LOOPBACK)
"""Names under which this machine may be asked: another name is another site's trick."""

KINDS = {".js": "text/javascript", ".csv": "text/csv", ".xml": "application/xml"}
TEXTS = ("text/", "application/json", "application/xml", "image/svg+xml")
LOST = "/404.html"
ABSENT = "Cette page n’existe pas dans l’aperçu.\n"


class Server(ThreadingHTTPServer):
    """Serves what ``current`` gives at each request."""

    daemon_threads = True

    def __init__(self, port: int, current: Callable[[], Shelf]) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.current = current
        self.one_at_a_time = Lock()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves before the end is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    @property
    def address(self) -> str:
        """Where to look, under the only name that Datami reads on a machine."""
        return f"http://localhost:{self.server_port}"


def opened(port: int, current: Callable[[], Shelf]) -> Server:
    """A server on that port, else on a free one when it is taken."""
    try:
        return Server(port, current)
    except (OSError, OverflowError):
        return Server(0, current)


class _Handler(BaseHTTPRequestHandler):
    """Reads only; asked from any page of the web, gives what is public anyway."""

    server_version = "apercu"
    sys_version = ""

    def do_GET(self) -> None:
        """A page or a file."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """The same without its content."""
        self._answer(body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the terminal is for what the person must know."""

    def _answer(self, *, body: bool) -> None:
        name = urlsplit(f"//{self.headers.get('Host', '')}").hostname
        if name not in NAMES:
            self._send(HTTPStatus.FORBIDDEN, "text/plain", ABSENT.encode(), body=body)
            return
        server = cast(Server, self.server)
        with server.one_at_a_time:
            shelf = server.current()
            found = shelf.find(self.path)
            lost = None if found else shelf.find(LOST)
        if found is None:
            kind, content = ("text/html", lost[1]) if lost else ("text/plain", ABSENT.encode())
            self._send(HTTPStatus.NOT_FOUND, kind, content, body=body)
            return
        path, content = found
        place, mark, query = self.path.partition("?")
        if path.endswith("/index.html") and not place.endswith(("/", ".html")):
            # Relative links start from the folder.
            self._send(HTTPStatus.MOVED_PERMANENTLY, "text/plain", b"", to=f"{place}/{mark}{query}")
            return
        self._send(HTTPStatus.OK, kind_of(path), content, body=body)

    def _send(
        self, status: HTTPStatus, kind: str, content: bytes, *, body: bool = True, to: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header(
            "Content-Type", f"{kind}; charset=utf-8" if kind.startswith(TEXTS) else kind
        )
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if to:
            self.send_header("Location", to)
        self.end_headers()
        if body:
            self.wfile.write(content)


def kind_of(path: str) -> str:
    """The media type of a file, whatever this machine thinks of it."""
    suffix = f".{path.rpartition('.')[2]}"
    known = KINDS.get(suffix) or mimetypes.guess_type(path)[0]
    return known or "application/octet-stream"
