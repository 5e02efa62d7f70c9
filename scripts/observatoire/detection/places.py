"""Where a software may stand under an address, and the addresses that say it by their name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yarl import URL

from observatoire.detection.model import Verdict

DATAGOUV = re.compile(r"(?:www\.)?data\.gouv\.fr")
ACCOUNT = re.compile(r"/(?:[a-z]{2}/)?organizations/([^/]+)/?\Z")
ISOGEO = re.compile(r"(?:open|services\.api)\.isogeo\.com")
FOLDER = re.compile(r"[\w-]{1,40}")


def by_name(url: str) -> Verdict | None:
    """The verdict that needs no question, from the name of the host; None for the others."""
    try:
        address = URL(url)
    except ValueError:
        return None
    host = address.host or ""
    if DATAGOUV.fullmatch(host):
        account = ACCOUNT.search(address.path)
        what = f"le compte « {account[1]} » de data.gouv.fr" if account else "c'est data.gouv.fr"
        return Verdict(url, "udata", "https://www.data.gouv.fr", what, url)
    if ISOGEO.fullmatch(host):
        return Verdict(url, "isogeo", url, "l'adresse est celle du service Isogeo", url)
    return None


def bases(verdict: Verdict, *, anywhere: bool) -> Iterator[str]:
    """The addresses to try, without a final slash: where redirections led first.

    A software that may stand ``anywhere`` is looked for in the address's first folder too.
    """
    seen = set()
    for text in (verdict.final, verdict.url):
        url = URL(text)
        folder = url.path.split("/")[1] if anywhere else ""
        for path in ("", f"/{folder}" if FOLDER.fullmatch(folder) else ""):
            base = f"{url.origin()}{path}"
            if base not in seen:
                seen.add(base)
                yield base
