"""Addresses: of a host that Datami knows, cut as it cuts them, pinned, of files that exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from observatoire.model import Finding
from observatoire.publish.datami import contribution, urls
from observatoire.publish.datami.contract.shown import ROOT, Widget, finding

TYPES = (".csv", ".tsv", ".json", ".geojson", ".md", ".txt")
OUTLINES = "source_url"


def check(widget: Widget) -> Iterator[Finding]:
    """Every address that the widget is given; none where Datami knows no host of the project."""
    if not urls.readable(widget.shown.project):
        return
    for place, address in _addresses(
        {"options": widget.options, "map": widget.map, "columns": widget.columns}
    ):
        yield from _one(widget, address, fetched=place == OUTLINES)
    if widget.address:
        yield from _one(widget, widget.address, fetched=False)


def _addresses(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _addresses(inner, key)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _addresses(inner, place)
    elif isinstance(value, str) and "://" in value:
        yield place, value


def _one(widget: Widget, address: str, *, fetched: bool) -> Iterator[Finding]:
    shown = widget.shown
    if fetched:
        if "/-/raw/" in address or "/blob/" in address:
            yield _wrong(
                address,
                "les contours doivent venir d'une adresse ouverte aux autres sites (API de GitLab,"
                " raw.githubusercontent.com)",
            )
        elif shown.tag not in address and not address.startswith(urls.LOCAL):
            yield _wrong(address, f"elle ne vise pas l'étiquette {shown.tag}")
        return
    parts = urlsplit(address)
    if not urls.readable(address):
        yield _wrong(address, "Datami ne connaît que gitlab.com, github.com et http://localhost")
    elif parts.query or parts.fragment:
        yield _wrong(
            address, "ce qui suit « ? » ou « # » serait pris pour la fin du nom de fichier"
        )
    elif unquote(address) != address or not address.isascii() or " " in address:
        yield _wrong(
            address, "des lettres accentuées, des espaces ou des « % » seraient codés deux fois"
        )
    elif not parts.path.endswith(TYPES):
        yield _wrong(address, f"Datami reconnaît un fichier à sa fin ({', '.join(TYPES)})")
    else:
        yield from _target(widget, address)


def _target(widget: Widget, address: str) -> Iterator[Finding]:
    """The file that an address names: one of the version, or a table of the branch."""
    shown = widget.shown
    branch = urls.raw(shown.project, contribution.BRANCH, "data/")
    pinned = urls.raw(shown.project, shown.tag, ROOT)
    if address.startswith(branch):
        if not widget.edited:
            yield _wrong(
                address, f"la page publique doit lire l'étiquette {shown.tag}, non une branche"
            )
        name = address.removeprefix(branch)
        if name not in shown.contents:
            yield _wrong(address, "ce fichier n'existe pas")
    elif not address.startswith(pinned):
        yield _wrong(address, f"elle ne vise pas les fichiers de l'étiquette {shown.tag}")
    elif address.removeprefix(pinned) not in shown.contents:
        yield _wrong(address, "ce fichier n'est pas dans la version")


def _wrong(address: str, why: str) -> Finding:
    return finding("adresse", f"l'adresse {address} ne convient pas : {why}.")
