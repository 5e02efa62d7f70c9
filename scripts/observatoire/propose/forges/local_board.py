"""The dashboard of the local forge: one page in its folder."""

from __future__ import annotations

from pathlib import Path

from observatoire import files
from observatoire.files import Folder
from observatoire.propose.forges.board import Issue

PAGE = "tableau-de-bord.md"


class LocalBoard:
    """The page under a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, mark: str) -> Issue | None:
        """The page, if it is there."""
        text = (Folder(self.folder).read(PAGE) or b"").decode("utf-8", "replace")
        title, _, body = text.partition("\n\n")
        if mark not in body.splitlines():
            return None
        return self._issue(title.removeprefix("# "), body)

    def create(self, title: str, body: str) -> Issue:
        """Write the page."""
        self.folder.mkdir(parents=True, exist_ok=True)
        files.write(self.folder, {PAGE: f"# {title}\n\n{body.rstrip()}\n".encode()})
        return self._issue(title, body)

    def rewrite(self, issue: Issue, title: str, body: str) -> None:  # noqa: ARG002 (there is one)
        """Write the page again."""
        self.create(title, body)

    def _issue(self, title: str, body: str) -> Issue:
        return Issue(1, title, body, open=True, place=str(self.folder / PAGE))
