"""What a release would compute from a branch or a folder, without a tag and without a verdict."""

from __future__ import annotations

from dataclasses import dataclass

from observatoire.files import Files, Memory
from observatoire.git import Repo
from observatoire.publish import assets, history, news, pasts, version
from observatoire.publish.draft import Draft
from observatoire.publish.preparation import contents_of
from observatoire.register import Register

FOLDERS = ("data", "schemas", ".gitlab/issue_templates")
TOP = ("README.md", "LICENSE", "CONTRIBUTING.md", "datapackage.json")


@dataclass(frozen=True)
class Preview:
    """A version that is not published: all its files, the number it would have, its downloads."""

    files: Memory
    tag: str
    date: str
    assets: dict[str, bytes]


def of_branch(repo: Repo, ref: str, project: str) -> Preview | None:
    """The preview of a branch, tag or commit; None when there is no such thing."""
    commit = repo.resolve(ref)
    if commit is None:
        return None
    return _made(repo, history.load(repo, commit), history.day(repo, commit)[:10], project)


def of_folder(repo: Repo, files: Files, project: str) -> Preview:
    """The preview of a working folder; its day is that of the last commit. Raises Malformed."""
    names = [*TOP, *(name for folder in FOLDERS for name in files.names(folder))]
    found = ((name, files.read(name)) for name in names)
    inside = Memory({name: content for name, content in found if content is not None})
    return _made(repo, inside, history.day(repo, "HEAD")[:10], project)


def _made(repo: Repo, files: Memory, date: str, project: str) -> Preview:
    published = history.versions(repo)
    last = published[-1] if published else None
    brought = news.since(repo, last, Register(files))
    tag = version.following(brought.last, brought.level)
    draft = Draft(files, tag, date, project, pasts.past(repo, published, files), brought)
    contents, _ = contents_of(draft)
    whole = Memory({**files, **contents})
    return Preview(whole, tag, date, assets.build(whole, tag, date))
