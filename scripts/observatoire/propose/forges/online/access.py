"""Where a project is and what opens it: an address, a token, and how Git is given the token."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from observatoire.git import Person, redact
from observatoire.propose.forges import ForgeError

LOOPBACK = frozenset(("127.0.0.1", "::1", "localhost"))
PERSON = re.compile(r"(?P<name>[^<>]+?)\s*<(?P<email>[^<>\s]+@[^<>\s]+)>")


@dataclass(frozen=True)
class Access:
    """A project on a forge, and the token that opens its repository.

    ``login`` is the name that goes with the token when Git uses it; ``variable`` is where the token
    was found, for messages; ``others`` are tokens used elsewhere, never to be shown either.
    """

    title: str
    server: str
    project: str
    token: str = field(repr=False)
    login: str
    variable: str
    api: str = ""
    target: str = "main"
    robot: Person | None = None
    others: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        for address in (self.server, self.api or self.server):
            check(address)

    @property
    def remote(self) -> str:
        """The address of the repository, without any secret."""
        return f"{self.server}/{self.project}.git"

    @cached_property
    def _basic(self) -> str:
        return base64.b64encode(f"{self.login}:{self.token}".encode()).decode()

    def variables(self, environment: Mapping[str, str]) -> dict[str, str]:
        """What Git needs to reach the repository, after the settings already in the environment.

        The header goes to this repository only, replaces the one that a pipeline may have left in
        the clone, follows no redirection, and no credential helper may keep the token.
        """
        given = environment.get("GIT_CONFIG_COUNT", "")
        start = int(given) if given.isascii() and given.isdecimal() else 0
        settings = (
            (f"http.{self.remote}.extraHeader", ""),
            (f"http.{self.remote}.extraHeader", f"Authorization: Basic {self._basic}"),
            (f"http.{self.remote}.followRedirects", "false"),
            ("credential.helper", ""),
        )
        out = {"GIT_CONFIG_COUNT": str(start + len(settings))}
        for number, (name, value) in enumerate(settings, start):
            out |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
        return out

    def clean(self, text: str) -> str:
        """The text without this access's tokens, nor anything that looks like a token."""
        return redact(text, (self.token, self._basic, *self.others))


def check(address: str) -> None:
    """ForgeError unless a token may travel to this address: HTTPS, or this machine."""
    parts = urlsplit(address)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not (safe and parts.hostname) or "@" in parts.netloc or parts.query or parts.fragment:
        raise ForgeError(
            f"« {redact(address)} » n'est pas une adresse où envoyer un jeton : écrivez-la en"
            " https://, sans nom d'utilisateur ni mot de passe."
        )


def robot(environment: Mapping[str, str]) -> Person | None:
    """Who the bot commits as, when the environment says so: ``Nom <courriel>``."""
    text = environment.get("OBSERVATOIRE_ROBOT", "").strip()
    if not text:
        return None
    found = PERSON.fullmatch(text)
    if found is None:
        raise ForgeError("OBSERVATOIRE_ROBOT doit s'écrire « Nom <courriel> ».")
    return Person(found["name"], found["email"])
