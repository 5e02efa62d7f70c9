"""Who may call what on GitHub's face."""

from __future__ import annotations

import re
from collections.abc import Mapping

from observatoire.demo.faces import Answer
from observatoire.demo.forge import github
from observatoire.demo.forge.calls import Call, Refusal, discover, reply
from observatoire.demo.forge.records import Token
from observatoire.demo.forge.store import Store
from observatoire.demo.forge.visit import Visit

PREFIX = re.compile(r"/api/(v3|uploads|graphql)")
READS = frozenset(("GET", "HEAD"))
SCHEMES = ("token ", "Bearer ")
NOT_FOUND = {"message": "Not Found", "documentation_url": "https://docs.github.com/rest"}


class GitHub:
    """Answers the calls to ``/api/v3``, ``/api/uploads``, ``/api/graphql``."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.routes = discover(github)

    def answer(self, call: Call) -> Answer:
        """What GitHub would answer."""
        try:
            visit = Visit(self.store, call, self._token(call))
            path = PREFIX.sub("", call.path, count=1) or "/graphql"
            for routes in self.routes:
                for handler, parts in routes.matching(call.method, path):
                    self._know(visit, parts)
                    rest = {k: v for k, v in parts.items() if k not in {"owner", "repo"}}
                    return handler(visit, **rest)
        except Refusal as refusal:
            return refusal.answer
        return reply(404, NOT_FOUND)

    def _token(self, call: Call) -> Token | None:
        sent = call.headers.get("authorization", "")
        for scheme in SCHEMES:
            sent = sent.removeprefix(scheme)
        if not sent:
            return None
        token = self.store.tokens.get(sent)
        if token is None:
            raise Refusal(401, {"message": "Bad credentials", "status": "401"})
        return token

    def _know(self, visit: Visit, parts: Mapping[str, str]) -> None:
        """Refuse to know a repository that is not this one, or hidden to who calls."""
        if "repo" not in parts:
            return
        member = visit.who.member
        named = f"{parts['owner']}/{parts['repo']}".lower()
        if named != self.store.project.lower() or (self.store.hidden and not member):
            raise Refusal(404, NOT_FOUND)
        if visit.call.method not in READS:
            if visit.token is None:
                raise Refusal(401, {"message": "Requires authentication", "status": "401"})
            if not member or not {"repo", "api"} & visit.token.scopes:
                said = "Resource not accessible by personal access token"
                raise Refusal(403, {"message": said, "status": "403"})
