"""Publish a version: a commit on ``publie``, a tag, and the files to download.

Every step is worked out from the commit that is published: the same commit gives the same bytes
everywhere, and a run that was cut is finished by the next one.
"""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.git import Person, Repo, Tree
from observatoire.git.objects import CommitFiles, Objects
from observatoire.model import Finding, Malformed
from observatoire.propose.forges.shelf import Announcement
from observatoire.publish import assets, changelog, history
from observatoire.publish.draft import FOLDER
from observatoire.publish.preparation import Release, prepare

__all__ = [
    "Release",
    "announcement",
    "downloads",
    "each_download",
    "prepare",
    "publish",
    "push",
]

PUBLISHER = Person("Observatoire open data des territoires", "publication@observatoire.invalid")


def publish(repo: Repo, release: Release) -> str:
    """Make the commit, move ``publie``, set the tag; the commit. Raises Malformed."""
    versions = history.versions(repo)
    known = {v.tag: v for v in versions}
    if release.done:
        if repo.resolve(history.REF) is None:
            repo.update_ref(history.REF, versions[-1].commit, "")
        return known[release.tag].commit
    base = known[release.last].commit if release.last else ""
    commit = _commit(repo, release, base)
    _move(repo, base, commit)
    repo.tag(release.tag, commit, release.message, PUBLISHER, release.moment)
    return commit


def _commit(repo: Repo, release: Release, base: str) -> str:
    tree = repo.write_tree(release.source, release.contents)
    above = [base, release.source] if base else [release.source]
    return repo.commit(tree, above, release.message, PUBLISHER, release.moment)


def _move(repo: Repo, base: str, commit: str) -> None:
    """``publie`` goes from the last version to this one; what a cut run left there is replaced."""
    head = repo.resolve(history.REF) or ""
    if head == commit:
        return
    if head not in {"", base} and not _left(repo, head, base):
        raise Malformed(
            Finding(
                "branche-publie",
                f"la branche « {history.BRANCH} » porte un commit qui n'est pas une version"
                f" ({head[:10]}) : elle ne se modifie qu'en publiant. Remettez-la sur la dernière"
                " version, puis recommencez.",
            )
        )
    repo.update_ref(history.REF, commit, head)


def _left(repo: Repo, head: str, base: str) -> bool:
    """Whether a commit is ours, on top of the last version, and was never tagged."""
    _, *above = history.parents(repo, head)
    ours = repo.line("log", "-1", "--format=%ce", head) == PUBLISHER.email
    return ours and (above[:1] == [base] or (not base and len(above) == 1))


def downloads(repo: Repo, tag: str) -> dict[str, bytes]:
    """The files to download for a version, worked out from its tag alone."""
    return dict(each_download(repo, tag))


def each_download(repo: Repo, tag: str) -> Iterator[tuple[str, bytes]]:
    """The same, one at a time."""
    commit = repo.resolve(f"refs/tags/{tag}") or ""
    with Objects(repo) as objects:
        files = CommitFiles(objects, commit)
        yield from assets.each(files, tag, history.day(repo, commit)[:10])


def announcement(repo: Repo, tag: str) -> Announcement:
    """How a version presents itself, read in its tag."""
    note = Tree(repo, f"refs/tags/{tag}").read(f"{FOLDER}/{changelog.NAME}") or b""
    return Announcement(tag, *changelog.newest(note.decode()))


def push(repo: Repo, remote: str, tag: str) -> None:
    """Send the branch and the tag to another repository; a tag that is there stays as it is."""
    commit = repo.resolve(f"refs/tags/{tag}") or ""
    name = f"refs/tags/{tag}"
    there = repo.remote_ref(remote, history.REF) or ""
    if there != commit:
        repo.push(remote, commit, history.REF, there)
    if repo.remote_ref(remote, name) is None:
        repo.push(remote, repo.line("rev-parse", name), name, "")
