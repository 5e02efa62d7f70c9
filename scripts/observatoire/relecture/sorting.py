"""Which files of a contribution are read, which are refused, which are for a person to read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
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
    for code, wrong, message in KINDS:
        if wrong(entry):
            return code, message
    if entry.size > LIMIT:
        return (
            "fichier-trop-gros",
            f"ce fichier fait {size(entry.size)}, il n'a pas été lu : la limite est de"
            f" {size(LIMIT)}.",
        )
    if TABLE.fullmatch(entry.path) and entry.size > room:
        return (
            "demande-trop-grosse",
            f"les fichiers de cette demande dépassent {size(LIMIT)} en tout, celui-ci n'a pas été"
            " lu : faites plusieurs demandes.",
        )
    return None


def _data(entry: Entry) -> bool:
    return entry.path.casefold().startswith("data/")


def _misnamed(entry: Entry) -> bool:
    table = _data(entry) and entry.path.casefold().endswith(".csv")
    return table and not TABLE.fullmatch(entry.path)


def _unreadable(entry: Entry) -> bool:
    return not entry.gone and entry.size == ABSENT


KINDS: tuple[tuple[str, Callable[[Entry], bool], str], ...] = (
    (
        "nom-dangereux",
        lambda e: dangerous(e.path),
        "ce nom sortirait du dépôt ou tromperait Git sur un autre ordinateur : retirez ce fichier.",
    ),
    (
        "lien-symbolique",
        lambda e: e.mode == LINK,
        "c'est un lien vers un autre fichier, il n'a pas été suivi : mettez le fichier lui-même, ou"
        " retirez-le.",
    ),
    (
        "sous-module",
        lambda e: e.mode == MODULE,
        "c'est un autre dépôt (sous-module), il n'a pas été lu : retirez-le.",
    ),
    (
        "fichier-executable",
        lambda e: _data(e) and e.mode == PROGRAM,
        "ce fichier de données est marqué comme un programme : retirez-lui le droit d'exécution.",
    ),
    (
        "nom-inattendu",
        _misnamed,
        "une table s'appelle avec des minuscules sans accent, des chiffres, « _ » et « - » :"
        " renommez ce fichier.",
    ),
    ("fichier-illisible", _unreadable, "Git ne donne pas ce fichier : refaites la demande."),
)
"""What is refused whatever its size: code, test, what to do."""


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
