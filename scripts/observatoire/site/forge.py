"""Addresses of the repository's pages that people are sent to: GitHub's, or those of a GitLab."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from observatoire.publish.datami.urls import GITHUB


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a repository; every address is "" while nobody gave that of the repository."""

    project: str

    @property
    def known(self) -> bool:
        """Whether there is an address of the web to go to."""
        return self.project.startswith(("https://", "http://"))

    @property
    def github(self) -> bool:
        """Whether the repository is on GitHub."""
        return self.project.startswith(GITHUB)

    def file(self, ref: str, path: str) -> str:
        """A file as the forge shows it."""
        return self._at(f"blob/{quote(ref)}/{quote(path)}")

    def edit(self, path: str) -> str:
        """The web editor on a file of the main branch."""
        return self._at(f"edit/main/{quote(path)}")

    def blame(self, path: str) -> str:
        """Who wrote each line of a file of the main branch, and why."""
        return self._at(f"blame/main/{quote(path)}")

    def report(self, template: str) -> str:
        """A new issue that follows a template; GitHub lets people choose."""
        if self.github:
            return self._at("issues/new/choose")
        return self._at(f"issues/new?issuable_template={quote(template)}")

    def issues(self) -> str:
        """The issues, read without an account."""
        return self._at("issues")

    def releases(self) -> str:
        """Every version."""
        return self._at("releases")

    def release(self, tag: str) -> str:
        """One version."""
        return self._at(f"releases/tag/{quote(tag)}" if self.github else f"releases/{quote(tag)}")

    def download(self, name: str, tag: str = "") -> str:
        """A file of a version; without ``tag``, of the latest, whatever it is."""
        if self.github:
            which = f"download/{quote(tag)}" if tag else "latest/download"
            return self._at(f"releases/{which}/{quote(name)}")
        which = quote(tag) if tag else "permalink/latest"
        return self._at(f"releases/{which}/downloads/{quote(name)}")

    def _at(self, path: str) -> str:
        if not self.known:
            return ""
        return f"{self.project.rstrip('/')}/{'' if self.github else '-/'}{path}"
