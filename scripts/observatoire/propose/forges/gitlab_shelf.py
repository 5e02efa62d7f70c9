"""Versions on GitLab: files in the project's generic packages, then a release that links them.

A job's own token may do all of this (``CI_JOB_TOKEN``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from observatoire.propose.forges.gitlab_client import Client
from observatoire.propose.forges.online.failures import Missing
from observatoire.propose.forges.shelf import Announcement, Posted

PACKAGE = "registre"


class GitLabShelf:
    """The releases of a project on GitLab."""

    title = "GitLab"

    def __init__(self, client: Client) -> None:
        self.client = client

    def held(self, tag: str, names: Sequence[str]) -> Mapping[str, str]:
        """The files of the version's package, read back: GitLab does not tell their sums here."""
        found = {name: self._download(tag, name) for name in names}
        return {n: hashlib.sha256(c).hexdigest() for n, c in found.items() if c is not None}

    def _download(self, tag: str, name: str) -> bytes | None:
        packages = self.client._project.generic_packages
        try:
            content = self.client._ask(
                "lire un fichier de version", lambda: packages.download(PACKAGE, _number(tag), name)
            )
        except Missing:
            return None
        return bytes(content or b"")

    def begin(self, wish: Announcement) -> None:
        """Nothing: a package makes itself, and nobody sees it."""

    def put(self, tag: str, name: str, content: bytes) -> None:
        """Add a file to the version's package."""
        packages = self.client._project.generic_packages
        self.client._ask(
            "déposer un fichier de version",
            lambda: packages.upload(PACKAGE, _number(tag), name, data=content),
        )

    def finish(self, wish: Announcement, names: Sequence[str]) -> Posted:
        """Make the release with its links at once; only links that lack are added to an old one."""
        links = [self._link(wish.tag, name) for name in names]
        found = self._links(wish.tag)
        if found is None:
            self._create(wish, links)
        else:
            for link in links:
                if link["name"] not in found:
                    self._add(wish.tag, link)
        access = self.client.access
        web = f"{access.server}/{access.project}/-/releases"
        return Posted(f"{web}/{wish.tag}", f"{web}/permalink/latest")

    def _create(self, wish: Announcement, links: Sequence[Mapping[str, Any]]) -> None:
        releases = self.client._project.releases
        content = {
            "tag_name": wish.tag,
            "name": wish.title,
            "description": wish.body,
            "assets": {"links": links},
        }
        self.client._ask("publier une version", lambda: releases.create(content))

    def _add(self, tag: str, link: dict[str, Any]) -> None:
        links = self.client._project.releases.get(tag, lazy=True).links
        self.client._ask("compléter une version", lambda: links.create(link))

    def _links(self, tag: str) -> set[str] | None:
        """The names of the links of a release; None when there is no release."""
        releases = self.client._project.releases
        try:
            raw = self.client._ask("lire une version", lambda: releases.get(tag).attributes)
        except Missing:
            return None
        return {str(link["name"]) for link in raw.get("assets", {}).get("links", ())}

    def _link(self, tag: str, name: str) -> dict[str, Any]:
        access = self.client.access
        project = quote(access.project, safe="")
        path = f"packages/generic/{PACKAGE}/{_number(tag)}/{quote(name)}"
        return {
            "name": name,
            "url": f"{access.server}/api/v4/projects/{project}/{path}",
            "direct_asset_path": f"/{name}",
            "link_type": "package",
        }


def _number(tag: str) -> str:
    return tag.removeprefix("v")
