"""The files of a version on data.gouv.fr: each resource is replaced in place, none is removed.

Its address and its statistics stay. A resource is known by the name of its file, which we keep in
its extras: an upload changes its title (udata, ``handle_upload``), which is then written again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Act = Literal["ajouter", "remplacer", "décrire"]

MARK = "observatoire:fichier"
"""The extra that says which of our files a resource holds."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; ``id`` is the resource's ("": a new one)."""

    act: Act
    name: str
    id: str = ""

    def sentence(self) -> str:
        """What it does, in French."""
        return f"{self.act} {self.name}"


class Depot(Protocol):
    """A dataset that we may write. Each method is one call; raises Breakdown."""

    def resources(self) -> Sequence[Mapping[str, Any]]:
        """Its resources."""
        ...

    def add(self, name: str, content: bytes) -> str:
        """Add a file as a new resource; its id."""
        ...

    def replace(self, id: str, name: str, content: bytes) -> None:
        """Put a file in the place of a resource's."""
        ...

    def describe(self, id: str, fields: Mapping[str, Any]) -> None:
        """Write what a resource says of itself."""
        ...


def steps(
    resources: Sequence[Mapping[str, Any]], contents: Mapping[str, bytes], about: Mapping[str, str]
) -> Iterator[Step]:
    """What differs between a dataset and a version; nothing when it is up to date."""
    known = {found: r for r in resources if (found := _file(r, contents, about))}
    for name, content in contents.items():
        resource = known.get(name)
        if resource is None:
            yield Step("ajouter", name)
        elif not _holds(resource, content):
            yield Step("remplacer", name, str(resource["id"]))
        elif any(resource.get(k) != v for k, v in fields(name, about).items()):
            yield Step("décrire", name, str(resource["id"]))


def take(
    depot: Depot, plan: Sequence[Step], contents: Mapping[str, bytes], about: Mapping[str, str]
) -> None:
    """Do the steps, each one described as soon as it is done."""
    for step in plan:
        id = step.id
        if step.act == "ajouter":
            id = depot.add(step.name, contents[step.name])
        elif step.act == "remplacer":
            depot.replace(id, step.name, contents[step.name])
        depot.describe(id, fields(step.name, about))


def fields(name: str, about: Mapping[str, str]) -> dict[str, Any]:
    """What a resource says of itself."""
    return {"title": about[name], "extras": {MARK: name}}


def _file(
    resource: Mapping[str, Any], contents: Mapping[str, bytes], about: Mapping[str, str]
) -> str:
    """Which of our files a resource holds: by its mark, else by the title that a cut run left."""
    marked = str((resource.get("extras") or {}).get(MARK, ""))
    if marked:
        return marked
    title = str(resource.get("title", ""))
    return next((n for n in contents if title in {n, n.lower(), about[n]}), "")


def _holds(resource: Mapping[str, Any], content: bytes) -> bool:
    """Whether a resource has this very content: udata keeps the SHA-1 of what it stores."""
    found = resource.get("checksum") or {}
    same = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    return found.get("type") == "sha1" and found.get("value") == same
