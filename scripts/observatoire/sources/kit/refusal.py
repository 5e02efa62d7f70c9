"""What a portal's refusal means, in words that tell a maintainer what to do about it."""

from __future__ import annotations

from http import HTTPStatus

from observatoire.model import SourceError
from observatoire.web import WebError

CLOSED = frozenset(
    {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED}
)
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


def final(error: SourceError) -> bool:
    """Whether another route of the same portal would be refused as well."""
    return isinstance(error, WebError) and (
        error.status in CLOSED or error.status == HTTPStatus.TOO_MANY_REQUESTS
    )


def explained(error: SourceError, techno: str) -> SourceError:
    """The error, with what it probably means for a portal of this technology."""
    meaning = ""
    if isinstance(error, WebError):
        if error.status in CLOSED:
            meaning = "portail privé : un compte est nécessaire"
        elif error.status == HTTPStatus.OK:
            meaning = f"portail privé, déménagé, ou qui n'est pas sous {techno}"
        elif error.status in GONE:
            meaning = f"portail déménagé, ou qui n'est pas sous {techno}"
        elif error.status == HTTPStatus.TOO_MANY_REQUESTS:
            meaning = "quota d'appels atteint : la prochaine moisson réessaiera"
    return SourceError(f"{meaning} ({str(error).rstrip('.')}).") if meaning else error
