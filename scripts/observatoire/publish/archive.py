"""A zip that depends on nothing but its content: sorted, one date, one mode for every file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MODE = 0o100644 << 16
UNIX = 3
EARLIEST = 1980
"""The first year that a zip can write."""
LEVEL = 6
"""Of compression: level 9 takes three times as long for 1 % less on a register."""


def zipped(contents: Mapping[str, bytes], date: str, first: str = "") -> bytes:
    """The archive of some files, all dated midnight of ``date`` (ISO); ``first`` leads."""
    year, month, day = (int(part) for part in date.split("-"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name in sorted(contents, key=lambda n: (n != first, n)):
            entry = zipfile.ZipInfo(name, (max(year, EARLIEST), month, day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = UNIX
            entry.external_attr = MODE
            archive.writestr(entry, contents[name], compresslevel=LEVEL)
    return out.getvalue()
