"""What a forge refused, in French, with what to do about it."""

from __future__ import annotations

from http import HTTPStatus

from observatoire.propose.forges import ForgeError
from observatoire.propose.forges.online.access import Access

LENGTH = 300


class Doubtful(ForgeError):
    """The forge did not say whether it did what was asked: it may have."""


class Missing(ForgeError):
    """The forge says that there is no such thing, or hides it."""


class Denied(ForgeError):
    """The token may not do that."""


class Rejected(ForgeError):
    """The forge understood and refuses: ``status`` is 400, 405, 409 or 422, ``said`` its words."""

    def __init__(self, message: str, status: int, said: str) -> None:
        super().__init__(message)
        self.status = status
        self.said = said


def silence(access: Access, why: str) -> ForgeError:
    """The failure of a request without answer."""
    return Doubtful(f"{access.title} ne répond pas ({access.clean(why)}) : réessayez plus tard.")


def busy(access: Access) -> ForgeError:
    """The failure of a request that the forge put off for too long."""
    return ForgeError(
        f"{access.title} a reçu trop de requêtes et demande d'attendre : réessayez plus tard."
    )


def incomplete(access: Access) -> ForgeError:
    """The failure of an answer that lacks what it should hold."""
    return Doubtful(f"{access.title} donne une réponse illisible : réessayez plus tard.")


def refusal(access: Access, status: int, said: str, what: str) -> ForgeError:
    """The failure that an answer of the forge means; ``what`` was asked, in French."""
    words = " ".join(access.clean(said).split())[:LENGTH]
    match status:
        case HTTPStatus.UNAUTHORIZED:
            return ForgeError(
                f"{access.title} refuse le jeton (faux ou expiré) : remplacez {access.variable}."
            )
        case HTTPStatus.FORBIDDEN:
            return Denied(
                f"{access.title} refuse au jeton de {access.variable} le droit de {what} :"
                f" donnez-lui la portée et le rôle qu'il faut. {words}".rstrip()
            )
        case HTTPStatus.NOT_FOUND:
            return Missing(
                f"{access.title} ne trouve pas de quoi {what} : « {access.project} » n'existe pas,"
                f" ou est caché au jeton de {access.variable}."
            )
        case _ if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Doubtful(f"{access.title} est en panne (erreur {status}) : réessayez plus tard.")
        case _:
            said = f"{access.title} refuse de {what} (erreur {status}). {words}".rstrip()
            return Rejected(said, status, words)
