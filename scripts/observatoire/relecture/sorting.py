"""Which files of a contribution are read, which are refused, which are for a person to read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from observatoire.french import size
from observatoire.model import Finding
from observatoire.relecture.entries import ABSENT, MODULE, Entry

LINK, PROGRAM = "120000", "100755"
TABLE = re.compile(r"data(?:/[a-z0-9_-]+)+\.csv")
PLAIN = re.compile(r"[^\x00-\x1f\x7f\\:]+")
LIMIT = 16 * 2**20
"""Bytes read of a contribution: 150,000 lines of organisations.

Measured: eight megabytes in which every line is wrong take 400 MB of memory.
"""

PLACES = (
    (
        "la chaîne de contrôle",
        re.compile(r"\.gitlab-ci\.yml|\.ci/.*|\.github/.*|\.gitlab/.*|Makefile"),
    ),
    (
        "le programme",
        re.compile(r"(?:scripts|tests|benchmarks)/.*|[^/]+\.(?:py|toml|lock|cfg|ini)"),
    ),
    ("les schémas", re.compile(r"schemas/.*")),
    ("les réglages de Git", re.compile(r"(?:.*/)?\.git[^/]*")),
    ("ce que le programme calcule", re.compile(r"publication/.*|datapackage\.json")),
)
OTHERS = "d'autres fichiers"


@dataclass(frozen=True)
class Sorted:
    """``tables`` are read; ``findings`` say what is refused; ``outside`` is for a person."""

    tables: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    outside: tuple[tuple[str, str], ...]


def sort(entries: Iterable[Entry]) -> Sorted:
    """Sort the files of a contribution; nothing is read here."""
    tables: list[Entry] = []
    findings: list[Finding] = []
    outside: list[tuple[str, str]] = []
    read = 0
    for entry in entries:
        refused = refusal(entry, LIMIT - read)
        if refused:
            findings.append(Finding(refused[0], refused[1], file=entry.path))
        elif TABLE.fullmatch(entry.path):
            tables.append(entry)
            read += max(0, entry.size)
        else:
            outside.append((place(entry.path), entry.path))
    return Sorted(tuple(tables), tuple(findings), tuple(sorted(outside)))


def refusal(entry: Entry, room: int) -> tuple[str, str] | None:
    """Why a file is refused, by code and in a sentence; None for one that can be taken."""
    return next(_refusals(entry, room), None)


def _refusals(entry: Entry, room: int) -> Iterator[tuple[str, str]]:
    data = entry.path.casefold().startswith("data/")
    if dangerous(entry.path):
        yield (
            "nom-dangereux",
            "ce nom sortirait du dépôt ou tromperait Git sur un autre ordinateur : retirez ce"
            " fichier.",
        )
    if entry.mode == LINK:
        yield (
            "lien-symbolique",
            "c'est un lien vers un autre fichier, il n'a pas été suivi : mettez le fichier"
            " lui-même, ou retirez-le.",
        )
    if entry.mode == MODULE:
        yield (
            "sous-module",
            "c'est un autre dépôt (sous-module), il n'a pas été lu : retirez-le.",
        )
    if data and entry.mode == PROGRAM:
        yield (
            "fichier-executable",
            "ce fichier de données est marqué comme un programme : retirez-lui le droit"
            " d'exécution.",
        )
    if data and entry.path.casefold().endswith(".csv") and not TABLE.fullmatch(entry.path):
        yield (
            "nom-inattendu",
            "une table s'appelle avec des minuscules sans accent, des chiffres, « _ » et « - » :"
            " renommez ce fichier.",
        )
    if not entry.gone and entry.mode != MODULE and entry.size == ABSENT:
        yield ("fichier-illisible", "Git ne donne pas ce fichier : refaites la demande.")
    if entry.size > LIMIT:
        yield (
            "fichier-trop-gros",
            f"ce fichier fait {size(entry.size)}, il n'a pas été lu : la limite est de"
            f" {size(LIMIT)}.",
        )
    if TABLE.fullmatch(entry.path) and entry.size > room:
        yield (
            "demande-trop-grosse",
            f"les fichiers de cette demande dépassent {size(LIMIT)} en tout, celui-ci n'a pas été"
            " lu : faites plusieurs demandes.",
        )


def dangerous(path: str) -> bool:
    """Whether a name leads out of the repository, or into Git's own folder on some system.

    The rules are those of ``git fsck`` (``.``, ``..``, ``.git`` and what Windows and macOS take
    for it), for every part of the name.
    """
    if not PLAIN.fullmatch(path) or not path.isprintable():
        return True
    return any(_dangerous_part(part) for part in path.split("/"))


def _dangerous_part(part: str) -> bool:
    visible = "".join(c for c in part if unicodedata.category(c) != "Cf")
    bare = visible.casefold().rstrip(". ")
    return bare in {"", ".git", "git~1"} or part != visible.rstrip(". ")


def place(path: str) -> str:
    """What a file outside the tables belongs to, for the person who will read it."""
    return next((name for name, pattern in PLACES if pattern.fullmatch(path)), OTHERS)
