"""A dataset of data.gouv.fr, written through its API (https://guides.data.gouv.fr, udata)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from observatoire.git import redact
from observatoire.model import Breakdown
from observatoire.propose.forges.online.access import check
from observatoire.propose.forges.online.line import Line

if TYPE_CHECKING:
    import requests

SITE = "https://www.data.gouv.fr"
KEY = "OBSERVATOIRE_CLE_DATAGOUV"
SHOWN = 200


class DataGouvDepot:
    """One dataset, with the key that opens it; no redirection is followed with the key."""

    def __init__(self, dataset: str, key: str, site: str = SITE) -> None:
        check(site)
        self.place = f"{site.rstrip('/')}/api/1/datasets/{dataset}"
        self._key = key
        self._session = Line().session()

    def resources(self) -> Sequence[Mapping[str, Any]]:
        """Its resources."""
        found = self._call("GET", "/", "lire le jeu de données")
        return list(found.get("resources", ()))

    def add(self, name: str, content: bytes) -> str:
        """Add a file as a new resource; its id."""
        made = self._call("POST", "/upload/", f"ajouter {name}", files=_file(name, content))
        return str(made["id"])

    def replace(self, id: str, name: str, content: bytes) -> None:
        """Put a file in the place of a resource's."""
        path = f"/resources/{id}/upload/"
        self._call("POST", path, f"remplacer {name}", files=_file(name, content))

    def describe(self, id: str, fields: Mapping[str, Any]) -> None:
        """Write what a resource says of itself."""
        self._call("PUT", f"/resources/{id}/", "décrire un fichier", json=dict(fields))

    def _call(self, method: str, path: str, what: str, **sent: Any) -> dict[str, Any]:
        import requests

        headers = {"X-API-KEY": self._key}
        try:
            answer = self._session.request(method, self.place + path, headers=headers, **sent)
            return self._read(answer, what)
        except requests.JSONDecodeError:
            why = "sa réponse est illisible"
        except requests.RequestException as error:
            why = f"il ne répond pas ({type(error).__name__})"
        # Out of the handlers, so that no request with its key hangs on the exception.
        raise Breakdown(f"data.gouv.fr n'a pas pu {what} : {why}. Réessayez plus tard.")

    def _read(self, answer: requests.Response, what: str) -> dict[str, Any]:
        if answer.ok:
            found: dict[str, Any] = answer.json()
            return found
        said = " ".join(redact(answer.text, (self._key,)).split())[:SHOWN]
        advice = {
            HTTPStatus.UNAUTHORIZED: f" Vérifiez la clé ({KEY}).",
            HTTPStatus.FORBIDDEN: " La clé doit être celle d'un membre de l'organisation.",
            HTTPStatus.NOT_FOUND: " Vérifiez l'identifiant du jeu de données.",
        }.get(HTTPStatus(answer.status_code), "")
        raise Breakdown(
            f"data.gouv.fr refuse de {what} (erreur {answer.status_code}).{advice} {said}".strip()
        )


def _file(name: str, content: bytes) -> dict[str, tuple[str, bytes]]:
    return {"file": (name, content)}
