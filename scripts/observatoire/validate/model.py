"""What checks are made of: what they say of a cell, and the samples of the mistakes they find."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from observatoire.model import Fix, Key, Severity


class Remark(NamedTuple):
    """What is said of a cell, in French and in English, and what to write where it is certain.

    ``fix`` is that cell, or several of its line by their columns. A cell or value that a sentence
    cites stands between « and » in both languages.
    """

    message: str
    english: str
    fix: str | Mapping[str, str] | None = None
    severity: Severity = "erreur"


def written(fix: str | Mapping[str, str] | None, field: str) -> Fix:
    """The cells to write, where what is said is about the cell of ``field``."""
    if fix is None:
        return ()
    return ((field, fix),) if isinstance(fix, str) else tuple(fix.items())


_NOTHING: Mapping[str, str] = MappingProxyType({})


class Example(NamedTuple):
    """A sample of a mistake, played by the tests on a small sound register and shown in the docs.

    ``bad`` and ``good`` are cells put into the row ``key`` of ``table`` (an unknown key: a new
    row); ``None`` removes the row. ``before`` are cells of the version that a change starts from.
    ``content`` and ``before_content`` are the whole text of the file, where cells cannot tell;
    ``file`` is the path of one that is no table.
    """

    table: str
    message: str
    key: Key = ()
    bad: Mapping[str, str] | None = _NOTHING
    good: Mapping[str, str] | None = _NOTHING
    fix: str | Mapping[str, str] | None = None
    content: str = ""
    before: Mapping[str, str] | None = None
    before_content: str = ""
    found_in: str = ""
    file: str = ""
