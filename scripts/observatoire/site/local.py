"""Datami read from this machine: the settings of a version, with addresses of a preview."""

from __future__ import annotations

from dataclasses import replace

from observatoire.files import Memory
from observatoire.publish.datami import settings
from observatoire.publish.draft import FOLDER, Draft
from observatoire.publish.exports.datami_vue import dump
from observatoire.site.content import Content


def localised(content: Content, address: str) -> Content:
    """The same content at the address of a preview, whose widgets read the files served there."""
    draft = Draft(content.files, content.tag, content.date, address)
    changed = {f"{FOLDER}/{name}": dump(made) for name, made in settings.files(draft).items()}
    return replace(content, files=Memory(content.files | changed), address=address, local=address)
