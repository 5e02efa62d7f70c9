"""A zip that depends on nothing but its content: sorted, one date, one mode for every file."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

MODE = 0o100644 << 16
UNIX = 3
EARLIEST = 1980
"""The first year that a zip can write."""
LEVEL = 6
"""Of compression: level 9 takes three times as long for 1 % less on a register."""
HEADER, LENGTHS = 30, 26
"""The length of a local header, and where it gives those of the name and of the extra field."""


def zipped(contents: Mapping[str, bytes], date: str) -> bytes:
    """The archive of some files, all dated midnight of ``date`` (ISO)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(contents):
            archive.writestr(_entry(name, date), contents[name], compresslevel=LEVEL)
    return out.getvalue()


def dated(archive: bytes, date: str, changed: Mapping[str, bytes]) -> bytes:
    """An archive in its own order, all dated ``date``, some of its files replaced.

    The others are copied as they are, compressed: to compress a workbook again would take as long
    as to write it.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for known in old.infolist():
            entry = _entry(known.filename, date)
            if known.filename in changed:
                new.writestr(entry, changed[known.filename], compresslevel=LEVEL)
                continue
            entry.CRC, entry.file_size = known.CRC, known.file_size
            entry.compress_size = known.compress_size
            _copy(new, entry, _compressed(archive, known))
    return out.getvalue()


def _entry(name: str, date: str) -> zipfile.ZipInfo:
    year, month, day = (int(part) for part in date.split("-"))
    entry = zipfile.ZipInfo(name, (max(year, EARLIEST), month, day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = UNIX
    entry.external_attr = MODE
    return entry


def _compressed(archive: bytes, known: zipfile.ZipInfo) -> bytes:
    """What stands in an archive for a file, after its local header (APPNOTE.TXT, 4.3.7)."""
    name, extra = struct.unpack_from("<HH", archive, known.header_offset + LENGTHS)
    start = known.header_offset + HEADER + name + extra
    return archive[start : start + known.compress_size]


def _copy(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, compressed: bytes) -> None:
    """Add a file that is already compressed: ``zipfile`` has no call for it."""
    if archive.fp is None:
        raise ValueError("closed archive")
    archive.fp.seek(archive.start_dir)
    entry.header_offset = archive.fp.tell()
    archive.fp.write(entry.FileHeader(zip64=False))
    archive.fp.write(compressed)
    archive.start_dir = archive.fp.tell()
    archive.filelist.append(entry)
    archive.NameToInfo[entry.filename] = entry
