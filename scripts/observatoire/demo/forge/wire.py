"""The HTTP server of the forge fictive: one thread per connection, on loopback only."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qsl, urlsplit

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Call

HOST = "127.0.0.1"
Play = Callable[[Call], Answer]


class Wire:
    """Serves from ``with`` to the end of its block; ``play`` answers each call."""

    def __init__(self, play: Play, port: int = 0) -> None:
        self.closing = threading.Event()
        self._server = _Server((HOST, port), play, self.closing)
        self.url = f"http://{HOST}:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Wire:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], play: Play, closing: threading.Event) -> None:
        super().__init__(address, _Handler)
        self.play = play
        self.closing = closing


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # A connection whose client went away without a word must not outlive the server.
    timeout = 30
    # Head and body leave together: apart, the second would wait for the first to be acknowledged.
    wbufsize = -1
    server: _Server

    def log_message(self, *_: object) -> None:
        """Say nothing: what is heard is recorded elsewhere."""

    def _serve(self) -> None:
        self._send(self.server.play(self._call()))

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _serve

    def _call(self) -> Call:
        parts = urlsplit(self.path)
        host, port = self.connection.getsockname()[:2]
        names = dict.fromkeys(name.lower() for name in self.headers)
        return Call(
            base=f"http://{host}:{port}",
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name: ", ".join(self.headers.get_all(name, [])) for name in names},
            method=self.command,
            body=self._body(),
        )

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        pieces = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(pieces)

    def _send(self, answer: Answer) -> None:
        self.server.closing.wait(answer.delay)
        self.close_connection = self.close_connection or answer.sent is not None
        if answer.sent == -1:
            return
        self.send_response(answer.status)
        for name, value in {"Content-Type": answer.type, **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body[: answer.sent])
