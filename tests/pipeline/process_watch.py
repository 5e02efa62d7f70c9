"""The words of every process of this machine, while something runs."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType

PAUSE = 0.1


class Watch:
    """Looks again and again until the end of the block; ``seen`` are the command lines."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(PAUSE):
            self.seen.update(map(_words, Path("/proc").glob("[0-9]*/cmdline")))


def _words(path: Path) -> str:
    """The words of a process; none once it has ended."""
    try:
        return path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
    except OSError:
        return ""
