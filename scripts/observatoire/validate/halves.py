"""Two halves of a long work at once: the second in a child process, where the system can fork."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar, cast

T = TypeVar("T")


def both(one: Callable[[], T], other: Callable[[], T]) -> tuple[T, T]:
    """The results of two pure functions; a child that fails leaves its work to be done here."""
    if not hasattr(os, "fork") or processors() < len(("parent", "child")):
        return one(), other()
    import pickle  # only for two processes: start-up counts

    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _answer(reading, writing, other)
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as pipe:
            first = one()
            try:
                second = cast(T, pickle.load(pipe))  # noqa: S301 - our own child
            except (EOFError, pickle.UnpicklingError):
                second = other()
    finally:
        os.waitpid(child, 0)
    return first, second


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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
