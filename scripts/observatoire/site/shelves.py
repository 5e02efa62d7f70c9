"""The downloads by who they are for, with addresses that last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from observatoire.site.content import Download
from observatoire.site.forge import Pages

SHELVES: Mapping[str, Sequence[str]] = {
    "Pour un tableur": (".xlsx", ".csv"),
    "Pour une carte (SIG)": (".geojson",),
    "Pour une base de données (SQL)": (".sqlite",),
    "Pour les statistiques (R, Python, DuckDB)": (".parquet",),
    "Tout le registre": (".zip",),
}
OTHERS = "Pour suivre et vérifier"
_TITLE = re.compile(r"^# Version (v[0-9.]+) du registre, (.+)$", re.M)


@dataclass(frozen=True, slots=True)
class Item:
    """A file: its description, its address in this version for ever, that of the latest."""

    file: Download
    fixed: str
    latest: str


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: its tag, its date in words, its page on the forge."""

    tag: str
    date: str
    page: str


def shelved(
    files: Iterable[Download], given: Iterable[str], forge: Pages, tag: str
) -> list[tuple[str, list[Item]]]:
    """Each file once, by who it is for; ``given`` are those that the forge gives with a version."""
    there = set(given)
    of = {suffix: name for name, suffixes in SHELVES.items() for suffix in suffixes}
    out: dict[str, list[Item]] = {name: [] for name in (*SHELVES, OTHERS)}
    for file in files:
        name = file.name if file.name in there else ""
        fixed = forge.download(name, tag) if name else ""
        latest = forge.download(name) if name else ""
        out[of.get(PurePath(file.name).suffix, OTHERS)].append(Item(file, fixed, latest))
    return [(name, found) for name, found in out.items() if found]


def versions(note: str, forge: Pages) -> list[Version]:
    """The versions that a note tells, the newest first."""
    return [Version(tag, date, forge.release(tag)) for tag, date in _TITLE.findall(note)]


def retitled(note: str) -> str:
    """The note as one text: a title, then a part per version."""
    return "# Ce que change chaque version\n\n" + re.sub(r"^# ", "## ", note, flags=re.M)
