"""Whether datapackage.json names the place where the register really is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

from observatoire import package
from observatoire.doctor.model import Advice, Place, good
from observatoire.words import quote

TITLE = "Adresse du dépôt"
ONLINE = False
EXAMPLE = "https://gitlab.com/groupe/projet"


def look(place: Place) -> Iterator[Advice]:
    """The address in the package, beside that of the remote « origin »."""
    try:
        told = json.loads(place.register.files.read(package.PATH) or b"{}")
    except ValueError:
        told = {}
    ours = _place(str(told.get("repository") or "")) if isinstance(told, dict) else ""
    theirs = _place(place.repo.setting("remote.origin.url"))
    where = f"« repository » de {package.PATH}"
    if not ours:
        do = f"observatoire package --adresse {f'https://{theirs}' if theirs else EXAMPLE}"
        yield Advice("manque", f"{where} ne donne pas d'adresse.", do)
    elif theirs and theirs != ours:
        said = f"{where} dit {quote(ours)}, et ce dossier vient de {quote(theirs)}."
        do = f"si le projet a déménagé : observatoire package --adresse https://{theirs}"
        yield Advice("attention", said, do)
    else:
        yield good(f"{ours}.")


def _place(address: str) -> str:
    """Host and path of a repository, however it is reached; "" for a folder."""
    if "://" not in address:
        head, mark, path = address.partition(":")
        host = head.rpartition("@")[2] if mark and "/" not in head else ""
        return f"{host}/{path}".removesuffix(".git") if host else ""
    parts = urlsplit(address)
    return f"{parts.hostname or ''}{parts.path}".rstrip("/").removesuffix(".git")
