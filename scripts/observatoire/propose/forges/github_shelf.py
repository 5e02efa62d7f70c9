"""Versions on GitHub: a draft release, its files, then the release is published.

A draft is seen by nobody but those who may write, and takes files; GitHub can forbid that a
published one changes (immutable releases).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from observatoire.propose.forges.github_client import Client
from observatoire.propose.forges.online.access import check
from observatoire.propose.forges.shelf import Announcement, Posted

BINARY = "application/octet-stream"
TYPES = {".zip": "application/zip", ".geojson": "application/geo+json", ".md": "text/markdown"}
WHOLE = "uploaded"
"""The state of a file that came in whole; another one was cut."""


class GitHubShelf:
    """The releases of a repository on GitHub."""

    title = "GitHub"

    def __init__(self, client: Client) -> None:
        self.client = client

    def held(self, tag: str, names: Sequence[str]) -> Mapping[str, str]:
        """The files of the release or of its draft; what a cut left is taken away."""
        release = self._release(tag)
        out = {}
        for asset in self._assets(release) if release else ():
            raw = asset.as_dict()
            if raw.get("state", WHOLE) != WHOLE:
                self.client._ask("retirer un fichier coupé", asset.delete)
            elif raw["name"] in names:
                out[str(raw["name"])] = str(raw.get("digest") or "").removeprefix("sha256:")
        return out

    def begin(self, wish: Announcement) -> None:
        """Make the draft."""
        if self._release(wish.tag) is None:
            repository = self.client._repository
            self.client._ask(
                "préparer une version",
                lambda: repository.create_release(
                    wish.tag, name=wish.title, body=wish.body, draft=True
                ),
            )

    def put(self, tag: str, name: str, content: bytes) -> None:
        """Add a file."""
        release = self._release(tag)
        check(str(release.upload_urlt.uri).partition("{")[0])
        kind = next((t for suffix, t in TYPES.items() if name.endswith(suffix)), BINARY)
        self.client._ask(
            "déposer un fichier de version", lambda: release.upload_asset(kind, name, content)
        )

    def finish(self, wish: Announcement, names: Sequence[str]) -> Posted:  # noqa: ARG002
        """Publish the draft."""
        release = self._release(wish.tag)
        if release.draft:
            self.client._ask("publier une version", lambda: release.edit(draft=False))
        access = self.client.access
        web = f"{access.server}/{access.project}/releases"
        return Posted(f"{web}/tag/{wish.tag}", f"{web}/latest")

    def _release(self, tag: str) -> Any:
        """The release of a tag, published or not: only the list shows drafts."""
        repository = self.client._repository
        found = self.client._ask("lire les versions", lambda: list(repository.releases()))
        return next((r for r in reversed(found) if r.tag_name == tag), None)

    def _assets(self, release: Any) -> Iterator[Any]:
        found = self.client._ask("lire les fichiers d'une version", lambda: list(release.assets()))
        yield from found
