"""Work out the version of a commit: its number, its files, what it says; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from observatoire.git import Repo
from observatoire.model import Finding, Malformed
from observatoire.publish import (
    assemble,
    changelog,
    gate,
    history,
    migrations,
    news,
    pasts,
    upgrade,
    version,
)
from observatoire.publish.compatibility import Level
from observatoire.publish.draft import FOLDER, Draft
from observatoire.publish.history import Published
from observatoire.publish.news import News
from observatoire.register import Register

MAIN = "refs/heads/main"


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
            moment = history.day(repo, known.commit)
            return Release(known.tag, "", known.source, moment, {}, "", done=True)
    last = published[-1] if published else None
    now = Register(history.load(repo, source))
    brought = news.since(repo, last, now)
    if last and brought.level is Level.NONE and not asked:
        return None
    if not asked:
        upgrade.refuse_unclassified(brought.changes)
    moment = history.day(repo, source)
    tag = _number(brought, asked)
    gate.refuse_errors(now, moment[:10])
    _keep_readable(repo, published, now, brought)
    past = pasts.past(repo, published, now.files)
    draft = Draft(now.files, tag, moment[:10], project, past, brought)
    return _release(draft, source, moment)


def _source(repo: Repo, ref: str) -> str:
    """The commit to publish: the one asked for, else ``main``, else where one stands (CI)."""
    found = repo.resolve(ref) if ref else repo.resolve(MAIN) or repo.resolve("HEAD")
    if found is None:
        raise Malformed(Finding("commit", f"« {ref or MAIN} » n'est ni une branche, ni un commit."))
    return found


def _number(brought: News, asked: str) -> str:
    if asked:
        return version.chosen(asked, brought.last, brought.level)
    return version.following(brought.last, brought.level)


def _keep_readable(
    repo: Repo, published: Sequence[Published], now: Register, brought: News
) -> None:
    """Only a column that goes, moves or is ruled tighter can make an old version unreadable."""
    if brought.schema is Level.MAJOR:
        upgrade.refuse_broken(repo, published, now.files, migrations.discover())


def _release(draft: Draft, source: str, moment: str) -> Release:
    contents, message = contents_of(draft)
    return Release(draft.tag, draft.news.last, source, moment, contents, message)


def contents_of(draft: Draft) -> tuple[dict[str, bytes], str]:
    """The files of a version under ``publication/``, and what it says of itself."""
    title = changelog.title(draft.tag, draft.date)
    brought = draft.news
    places = {code: place.nom for code, place in draft.reference.departements.items()}
    body = changelog.body(brought.last, brought.changes, brought.moved, places)
    before = brought.past.read(f"{FOLDER}/{changelog.NAME}") or b""
    note = changelog.history(f"# {title}\n\n{body}", before.decode())
    return assemble.assemble(draft, {changelog.NAME: note}), f"{title}\n\n{body}"
