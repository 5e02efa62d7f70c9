"""A zip that depends on nothing but its content: sorted, one date, one mode for every file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MODE = 0o100644 << 16
UNIX = 3
EARLIEST = 1980
"""The first year that a zip can write."""


def zipped(contents: Mapping[str, bytes], date: str) -> bytes:
    """The archive of some files, all dated midnight of ``date`` (ISO)."""
    year, month, day = (int(part) for part in date.split("-"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name, (max(year, EARLIEST), month, day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = UNIX
            entry.external_attr = MODE
            archive.writestr(entry, contents[name])
    return out.getvalue()
