"""How to cite the register: CITATION.cff, which forges and Zenodo read (format 1.2.0)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from observatoire.publish.draft import Draft

NAME = "CITATION.cff"


def export(draft: Draft) -> Mapping[str, bytes]:
    """The citation of this very version."""
    package: dict[str, Any] = json.loads(draft.files.read("datapackage.json") or b"{}")
    package |= {"repository": draft.project or package.get("repository", "")}
    return {NAME: text(package, draft.version, draft.date)}


def text(package: Mapping[str, Any], version: str = "", date: str = "") -> bytes:
    """The file, from the package's descriptor; without version, that of the register at large."""
    return "".join(f"{line}\n" for line in _lines(package, version, date)).encode()


def _lines(package: Mapping[str, Any], version: str, date: str) -> Iterator[str]:
    yield "cff-version: 1.2.0"
    yield "message: Pour citer ces données, reprenez cette notice."
    yield "type: dataset"
    yield f"title: {_quoted(package.get('title', ''))}"
    yield f"abstract: {_quoted(package.get('description', ''))}"
    yield "authors:"
    for author in package.get("contributors", ()):
        yield f"  - name: {_quoted(author['title'])}"
        if author.get("path"):
            yield f"    website: {_quoted(author['path'])}"
    if version:
        yield f"version: {_quoted(version)}"
        yield f"date-released: {_quoted(date)}"
    for licence in package.get("licenses", ())[:1]:
        yield f"license: {licence['name']}"
    if package.get("repository"):
        yield f"repository-code: {_quoted(package['repository'])}"
    if package.get("homepage"):
        yield f"url: {_quoted(package['homepage'])}"
    if package.get("keywords"):
        yield "keywords:"
        yield from (f"  - {_quoted(word)}" for word in package["keywords"])


def _quoted(value: str) -> str:
    """A JSON string is a YAML string."""
    return json.dumps(value, ensure_ascii=False)
