"""What checks are made of: what they say of a cell, and the samples of the mistakes they find."""

from __future__ import annotations

from dataclasses import dataclass, field

from observatoire.model import Key, Severity


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of a cell, in French and in English, and the cell to write where it is certain.

    A cell or value that a sentence cites stands between « and » in both languages.
    """

    message: str
    english: str
    fix: str | None = None
    severity: Severity = "erreur"


@dataclass(frozen=True)
class Example:
    """A sample of a mistake, played by the tests on a small sound register and shown in the docs.

    ``bad`` and ``good`` are cells put into the row ``key`` of ``table`` (an unknown key: a new
    row); ``None`` removes the row. ``before`` are cells of the version that a change starts from.
    ``content`` and ``before_content`` are the whole text of the file, where cells cannot tell.
    """

    table: str
    message: str
    key: Key = ()
    bad: dict[str, str] | None = field(default_factory=dict)
    good: dict[str, str] | None = field(default_factory=dict)
    fix: str | None = None
    content: str = ""
    before: dict[str, str] | None = None
    before_content: str = ""
    found_in: str = ""
