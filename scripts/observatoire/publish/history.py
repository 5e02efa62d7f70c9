"""The versions already published, as Git remembers them."""

from __future__ import annotations

from dataclasses import dataclass

from observatoire.files import Memory
from observatoire.git import Repo
from observatoire.model import Breakdown
from observatoire.publish import version

BRANCH = "publie"
REF = f"refs/heads/{BRANCH}"


@dataclass(frozen=True, slots=True)
class Published:
    """A version: its tag, its commit on ``publie``, and the commit of ``main`` it publishes."""

    tag: str
    commit: str
    source: str


def versions(repo: Repo) -> list[Published]:
    """Every published version, oldest number first."""
    tags = [t for t in repo.line("tag", "--list", "v*").split() if version.number(t)]
    tags.sort(key=lambda tag: version.number(tag) or (0, 0, 0))
    return [_published(repo, tag) for tag in tags]


def chosen(repo: Repo, asked: str = "") -> str:
    """The tag of the version asked for ("1.2.0" or "v1.2.0"), else the last; raises Breakdown."""
    known = [v.tag for v in versions(repo)]
    tag = f"v{asked.removeprefix('v')}" if asked else (known or [""])[-1]
    if tag not in known:
        named = f"la version {tag} n'existe pas" if tag else "aucune version n'est publiée"
        raise Breakdown(f"{named} : lancez d'abord « observatoire release ».")
    return tag


def _published(repo: Repo, tag: str) -> Published:
    commit, *above = parents(repo, f"refs/tags/{tag}")
    return Published(tag, commit, above[-1] if above else "")


def parents(repo: Repo, ref: str) -> list[str]:
    """A commit and its parents; the source of a version is the last parent."""
    return repo.line("rev-list", "--parents", "--max-count=1", ref).split()


def day(repo: Repo, commit: str) -> str:
    """The moment of a commit, ISO 8601 in UTC: the only date that a version knows."""
    return repo.line(
        "log",
        "-1",
        "--format=%cd",
        "--date=format-local:%Y-%m-%dT%H:%M:%S+00:00",
        commit,
        variables={"TZ": "UTC"},
    )


def load(repo: Repo, ref: str, under: tuple[str, ...] = ("",)) -> Memory:
    """The files of a commit whose paths start with one of ``under``, read at once."""
    entries = {p: blob for p, (_, blob) in repo.entries(ref).items() if p.startswith(under)}
    return Memory(zip(entries, repo.blobs(list(entries.values())), strict=True))
