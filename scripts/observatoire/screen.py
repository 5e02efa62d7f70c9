"""What a person sees on a terminal: lines, errors and progress bars; plain text elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bar(Protocol):
    """A piece of long work in progress."""

    def advance(self, steps: int = 1) -> None:
        """Some steps are done."""

    def total(self, steps: int) -> None:
        """The number of steps is now known."""


class Screen:
    """Writes to two streams; draws bars only where a person watches."""

    def __init__(self, out: TextIO, err: TextIO) -> None:
        self.out = out
        self.err = err

    def say(self, line: str = "") -> None:
        """A line of the result, on standard output."""
        print(line, file=self.out)

    def error(self, line: str) -> None:
        """A line about what went wrong, on standard error; after what was said before it."""
        with suppress(BrokenPipeError):  # nobody reads it any more
            self.out.flush()
        print(line, file=self.err)

    @contextmanager
    def bar(self, title: str, total: int | None = None) -> Iterator[Bar]:
        """A progress bar for the time of the block; nothing when no terminal is watching."""
        with self.bars({title: total}) as bars:
            yield bars[title]

    @contextmanager
    def bars(self, totals: Mapping[str, int | None]) -> Iterator[Mapping[str, Bar]]:
        """A progress bar for each title, one under the other; see ``bar``."""
        if not self.err.isatty():
            yield dict.fromkeys(totals, _Silent())
            return
        # Imported here: start-up counts, and most commands draw nothing.
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description:<34}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=Console(file=self.err)) as progress:
            yield {t: _Rich(progress, progress.add_task(t, total=n)) for t, n in totals.items()}


class _Silent:
    def advance(self, steps: int = 1) -> None:
        pass

    def total(self, steps: int) -> None:
        pass


class _Rich:
    def __init__(self, progress: Progress, task: TaskID) -> None:
        self.progress = progress
        self.task = task

    def advance(self, steps: int = 1) -> None:
        self.progress.advance(self.task, steps)

    def total(self, steps: int) -> None:
        self.progress.update(self.task, total=steps)
