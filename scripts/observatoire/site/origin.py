"""What a site is made from: a published version, a branch, or the folder as it stands."""

from __future__ import annotations

import json
from itertools import takewhile
from pathlib import Path

from observatoire.files import Folder
from observatoire.git import Repo
from observatoire.model import Breakdown
from observatoire.publish import history, pasts, preview, publisher
from observatoire.publish.preview import Preview
from observatoire.site.content import Content


def published(repo: Repo, asked: str = "", address: str = "") -> Content:
    """A version, the last one by default; raises Breakdown when there is none."""
    tag = history.chosen(repo, asked)
    commit = repo.resolve(f"refs/tags/{tag}") or ""
    before = list(takewhile(lambda known: known.tag != tag, history.versions(repo)))
    files = history.load(repo, commit)
    return Content(
        files,
        tag,
        history.day(repo, commit)[:10],
        publisher.downloads(repo, tag),
        address,
        past=lambda chosen: pasts.past(repo, before[chosen], files),
    )


def unpublished(repo: Repo, root: Path, branch: str = "", address: str = "") -> Content:
    """What a release of the branch, or of the folder, would say. Raises Breakdown, Malformed."""
    made = _preview(repo, root, branch)
    return Content(
        made.files,
        made.tag,
        made.date,
        made.assets,
        address,
        preview=True,
        past=lambda chosen: pasts.past(repo, history.versions(repo)[chosen], made.files),
    )


def _preview(repo: Repo, root: Path, branch: str) -> Preview:
    project = str(json.loads((root / "datapackage.json").read_bytes()).get("repository", ""))
    if not branch:
        return preview.of_folder(repo, Folder(root), project)
    found = preview.of_branch(repo, branch, project)
    if found is None:
        raise Breakdown(f"« {branch} » n'est ni une branche, ni une étiquette, ni un commit.")
    return found
