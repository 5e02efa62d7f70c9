"""What can go wrong with a request, each with its French sentence."""

from __future__ import annotations

import re
import socket
from http import HTTPStatus

import aiohttp
from yarl import URL

from observatoire.model import SourceError
from observatoire.web.guard import Refused

LONGEST_ADDRESS = 200
SECRET = re.compile(r"key|token|secret|passw|signature|auth", re.IGNORECASE)

STATUSES = {
    401: "l'accès demande un mot de passe",
    403: "l'accès est refusé",
    404: "cette page n'existe pas",
    410: "cette page a été supprimée",
    429: "le serveur reçoit trop de requêtes",
}


class WebError(SourceError):
    """A request without a usable answer; ``status`` is its HTTP code, 0 when there is none.

    ``there`` says whether somebody stands at the address, who answers badly or may not be asked.
    """

    def __init__(self, url: str | URL, cause: str, status: int = 0, *, there: bool = True) -> None:
        super().__init__(f"{shown(url)} : {cause}.")
        self.status = status
        self.there = there

    @classmethod
    def of(cls, url: URL, failure: Failure) -> WebError:
        """The failure of a request to an address, for people."""
        there = bool(failure.status) or (isinstance(failure, Final) and failure.cause != NO_NAME)
        return cls(url, failure.cause, failure.status, there=there)


class Failure(Exception):
    """Why one exchange with a server gave nothing; ``cause`` is the French reason."""

    def __init__(self, cause: str, status: int = 0) -> None:
        super().__init__(cause)
        self.cause = cause
        self.status = status


class Final(Failure):
    """A failure that another try would meet again."""


class Passing(Failure):
    """A failure that may be over soon; ``asked`` is the wait that the server asks for."""

    def __init__(self, cause: str, status: int = 0, asked: float | None = None) -> None:
        super().__init__(cause, status)
        self.asked = asked


def shown(url: str | URL) -> str:
    """An address fit for a report: without user, password or key, and not too long."""
    try:
        url = URL(url)
        clean = url.with_user(None).with_fragment(None) if url.absolute else url
        query = [(n, "…" if SECRET.search(n) else v) for n, v in clean.query.items()]
        text = clean.with_query(query or None).human_repr()
    except ValueError:
        text = re.sub(r"//[^/@]*@", "//", str(url))
    return text if len(text) <= LONGEST_ADDRESS else text[:LONGEST_ADDRESS] + "…"


def of_status(status: int) -> str:
    """Why an answer with this HTTP code is of no use."""
    default = (
        "le serveur est en panne"
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR
        else "le serveur refuse la requête"
    )
    return f"{STATUSES.get(status, default)} (code {status})"


MALFORMED = "cette adresse, ou celle où elle redirige, est mal formée"
NO_NAME = "ce nom de domaine n'existe pas"
NO_NAMES = frozenset((socket.EAI_NONAME, socket.EAI_NODATA))
"""What a name server says of a name that does not exist; other errors are its own trouble."""

ENDLESS = "les redirections n'en finissent pas"
NOT_HTTP = "cette adresse ne commence pas par http"

FINAL: tuple[tuple[type[Exception], str], ...] = (
    (
        aiohttp.ClientConnectorCertificateError,
        "le certificat de sécurité du site n'est pas valable",
    ),
    (aiohttp.ClientSSLError, "la connexion sécurisée échoue"),
    (aiohttp.InvalidURL, MALFORMED),
    (UnicodeError, "ce nom de domaine est mal formé"),
    (aiohttp.NonHttpUrlClientError, NOT_HTTP),
    (aiohttp.ClientResponseError, "la réponse ne respecte pas le protocole HTTP"),
)
LATER: tuple[tuple[type[Exception], str], ...] = (
    (aiohttp.ClientConnectorDNSError, "ce nom de domaine ne peut pas être cherché pour l'instant"),
    (aiohttp.ConnectionTimeoutError, "le serveur ne répond pas (délai dépassé)"),
    (aiohttp.ClientConnectorError, "la connexion au serveur échoue"),
    (TimeoutError, "le serveur est trop lent à répondre (délai dépassé)"),
    (aiohttp.ClientError, "la réponse s'est interrompue en route"),
)


def translate(error: Exception) -> Final | Passing:
    """The failure that a client error means: a final one, or one to try again."""
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, Refused):
        host = error.host[:100]
        return Final(f"la requête mène à « {host} », dont l'adresse n'est pas publique")
    if isinstance(error, aiohttp.ClientConnectorDNSError) and error.os_error.errno in NO_NAMES:
        return Final(NO_NAME)
    for kind, cause in FINAL:
        if isinstance(error, kind):
            return Final(cause)
    for kind, cause in LATER:
        if isinstance(error, kind):
            return Passing(cause)
    raise error
