"""Publish a version: a commit on ``publie``, a tag, and the files to download.

Every step is worked out from the commit that is published: the same commit gives the same bytes
everywhere, and a run that was cut is finished by the next one.
"""

from __future__ import annotations

from dataclasses import dataclass

from observatoire.git import Person, Repo, Tree
from observatoire.model import Finding, Malformed
from observatoire.propose.forges.shelf import Announcement
from observatoire.publish import assemble, assets, changelog, differences, gate, history, version
from observatoire.publish.compatibility import Level
from observatoire.publish.differences import TableChange
from observatoire.publish.draft import FOLDER, Draft
from observatoire.publish.history import Published
from observatoire.register import Register

MAIN = "refs/heads/main"
PUBLISHER = Person("Observatoire open data des territoires", "publication@observatoire.invalid")


@dataclass(frozen=True)
class Release:
    """A version ready to be published, or that already is (``done``).

    ``contents`` are its files under ``publication/``; ``message`` says what it changes.
    """

    tag: str
    last: str
    source: str
    moment: str
    contents: dict[str, bytes]
    message: str
    done: bool = False


def prepare(repo: Repo, ref: str, project: str, asked: str = "") -> Release | None:
    """The version of a commit; None when nothing moved since the last one. Raises Malformed."""
    source = _source(repo, ref)
    published = history.versions(repo)
    for known in published:
        if known.source == source:
            return _done(repo, known)
    last = published[-1] if published else None
    files = history.load(repo, source)
    changes = _changes(repo, last, Register(files))
    level = max((c.level for c in changes), default=Level.NONE)
    if last and level is Level.NONE and not asked:
        return None
    tag = _number(last.tag if last else "", level, asked)
    moment = history.day(repo, source)
    gate.refuse_errors(Register(files), moment[:10])
    draft = Draft(files, tag, moment[:10], project)
    before = last.tag if last else ""
    title, body = changelog.title(tag, draft.date), changelog.body(before, changes)
    contents = assemble.assemble(draft, {changelog.NAME: f"# {title}\n\n{body}".encode()})
    return Release(tag, before, source, moment, contents, f"{title}\n\n{body}")


def _source(repo: Repo, ref: str) -> str:
    """The commit to publish: the one asked for, else ``main``, else where one stands (CI)."""
    found = repo.resolve(ref) if ref else repo.resolve(MAIN) or repo.resolve("HEAD")
    if found is None:
        raise Malformed(Finding("commit", f"« {ref or MAIN} » n'est ni une branche, ni un commit."))
    return found


def _done(repo: Repo, known: Published) -> Release:
    moment = history.day(repo, known.commit)
    return Release(known.tag, "", known.source, moment, {}, "", done=True)


def _changes(repo: Repo, last: Published | None, now: Register) -> list[TableChange]:
    if last is None:
        return []
    return differences.changes(Register(history.load(repo, last.source)), now)


def _number(last: str, level: Level, asked: str) -> str:
    return version.chosen(asked, last, level) if asked else version.following(last, level)


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
    commit = repo.resolve(f"refs/tags/{tag}") or ""
    return assets.build(history.load(repo, commit), tag, history.day(repo, commit)[:10])


def announcement(repo: Repo, tag: str) -> Announcement:
    """How a version presents itself, read in its tag."""
    note = Tree(repo, f"refs/tags/{tag}").read(f"{FOLDER}/{changelog.NAME}") or b""
    title, _, body = note.decode().partition("\n")
    return Announcement(tag, title.removeprefix("# "), body.strip() + "\n")


def push(repo: Repo, remote: str, tag: str) -> None:
    """Send the branch and the tag to another repository; a tag that is there stays as it is."""
    commit = repo.resolve(f"refs/tags/{tag}") or ""
    name = f"refs/tags/{tag}"
    there = repo.remote_ref(remote, history.REF) or ""
    if there != commit:
        repo.push(remote, commit, history.REF, there)
    if repo.remote_ref(remote, name) is None:
        repo.push(remote, repo.line("rev-parse", name), name, "")
