"""The preview as it stands: made again when a table or a schema of the folder changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from observatoire.model import Malformed
from observatoire.screen import Screen
from observatoire.site.content import Content
from observatoire.site.local import localised
from observatoire.site.shelf import Shelf, of

WATCHED = ("data", "schemas")

State = tuple[tuple[str, int, int], ...]


class Current:
    """``make`` gives the content; ``watched`` is the folder to follow, if any."""

    def __init__(self, make: Callable[[], Content], watched: Path | None, screen: Screen) -> None:
        self.address = ""
        self._make = make
        self._watched = watched
        self._screen = screen
        self._seen: State | None = None
        self._shelf: Shelf | None = None

    def now(self) -> Shelf:
        """The files to serve; raises Malformed when there never were any."""
        state = self._state()
        if self._shelf is None:
            self._shelf = self._made()
        elif state != self._seen:
            self._renew()
        self._seen = state
        return self._shelf

    def _made(self) -> Shelf:
        return of(localised(self._make(), self.address))

    def _renew(self) -> None:
        """A table that cannot be read does not stop the preview: the last good one stays."""
        try:
            self._shelf = self._made()
        except Malformed as problem:
            for finding in problem.findings:
                self._screen.error(finding.sentence())
            self._screen.error("L'aperçu montre encore l'état d'avant.")
        else:
            self._screen.say("Aperçu refait.")

    def _state(self) -> State:
        if self._watched is None:
            return ()
        found = (p for name in WATCHED for p in sorted((self._watched / name).rglob("*")))
        return tuple((str(p), p.stat().st_mtime_ns, p.stat().st_size) for p in found if p.is_file())
