"""What checks are made of: what they say of a cell, and the samples of the mistakes they find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from observatoire.model import Key, Severity


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of a cell: the sentence, and the cell to write where it is certain."""

    message: str
    fix: str | None = None
    severity: Severity = "erreur"


@dataclass(frozen=True)
class Example:
    """A sample of a mistake, played by the tests on a small sound register and shown in the docs.

    ``bad`` and ``good`` are cells put into the row ``key`` of ``table`` (an unknown key: a new
    row); ``None`` removes the row. ``before`` are cells of the version that a change starts from.
    ``content`` is the whole text of the file, where cells cannot tell the mistake.
    """

    table: str
    message: str
    key: Key = ()
    bad: Mapping[str, str] | None = field(default_factory=dict)
    good: Mapping[str, str] | None = field(default_factory=dict)
    fix: str | None = None
    content: str = ""
    before: Mapping[str, str] | None = None
