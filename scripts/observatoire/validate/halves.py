"""Two halves of a long work at once: the second in a child process, where the system can fork."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar, cast

T = TypeVar("T")


def both(one: Callable[[], T], other: Callable[[], T]) -> tuple[T, T]:
    """The results of two pure functions; a child that fails leaves its work to be done here."""
    if not hasattr(os, "fork") or (os.cpu_count() or 1) < len(("parent", "child")):
        return one(), other()
    import pickle  # only for two processes: start-up counts

    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _answer(reading, writing, other)
    os.close(writing)
    try:
        first = one()
        with os.fdopen(reading, "rb") as pipe:
            answer = pipe.read()
    finally:
        _, status = os.waitpid(child, 0)
    second = cast(T, pickle.loads(answer)) if status == 0 else other()  # noqa: S301 - our own child
    return first, second


def _answer(reading: int, writing: int, work: Callable[[], object]) -> None:
    """The life of the child: it works, answers and ends, without the parent's clean-up."""
    import pickle

    status = 1
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(work(), pipe)
        status = 0
    finally:
        os._exit(status)
