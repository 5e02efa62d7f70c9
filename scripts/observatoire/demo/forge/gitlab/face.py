"""Who may call what on GitLab's face."""

from __future__ import annotations

import re

from observatoire.demo.faces import Answer
from observatoire.demo.forge import gitlab
from observatoire.demo.forge.calls import Call, Refusal, discover, reply
from observatoire.demo.forge.records import Token
from observatoire.demo.forge.store import Store
from observatoire.demo.forge.visit import Visit

PREFIX = "/api/v4"
READS = frozenset(("GET", "HEAD"))
# What the token of a job opens (documentation of CI_JOB_TOKEN, fine-grained permissions).
JOB_READS = re.compile(
    r"/projects/[^/]+/(merge_requests(/\d+(/notes)?)?|repository/(tags|branches/[^/]+|commits/\w+)"
    r"|repository/files/[^/]+/raw|releases.*|packages/generic/.*)"
)
JOB_WRITES = re.compile(r"/projects/[^/]+/(releases.*|packages/generic/.*)")
HIDDEN = {"message": "404 Project Not Found"}
LEVELS = (
    (40, re.compile(r"/projects/[^/]+/(protected_\w+(/.*)?|variables(/.*)?)"), True),
    (40, re.compile(r"/projects/[^/]+"), False),
    (30, re.compile(r"/projects/[^/]+/pipeline_schedules(/.*)?"), False),
    (20, re.compile(r"/projects/[^/]+/labels"), False),
)
"""The role that a call needs (documentation, « Permissions »), and whether to read needs it."""


class GitLab:
    """Answers the calls to ``/api/v4``."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.routes = discover(gitlab)

    def answer(self, call: Call) -> Answer:
        """What GitLab would answer."""
        try:
            path = call.path.removeprefix(PREFIX)
            visit = Visit(self.store, call, self._token(call))
            self._allow(visit, path)
            self._rank(visit, path)
            for routes in self.routes:
                for handler, parts in routes.matching(call.method, path):
                    self._know(visit, parts.get("project"))
                    rest = {k: v for k, v in parts.items() if k != "project"}
                    return handler(visit, **rest)
        except Refusal as refusal:
            return refusal.answer
        return reply(404, {"error": "404 Not Found"})

    def _token(self, call: Call) -> Token | None:
        bearer = call.headers.get("authorization", "").removeprefix("Bearer ")
        sent = call.headers.get("private-token") or call.headers.get("job-token") or bearer
        if not sent:
            return None
        token = self.store.tokens.get(sent)
        if token is None or token.job != ("job-token" in call.headers):
            raise Refusal(401, {"message": "401 Unauthorized"})
        return token

    def _allow(self, visit: Visit, path: str) -> None:
        """Refuse what the token's scopes do not open."""
        token, reading = visit.token, visit.call.method in READS
        if token is None:
            if not reading or path == "/user":
                raise Refusal(401, {"message": "401 Unauthorized"})
        elif token.job:
            if not (JOB_READS if reading else JOB_WRITES).fullmatch(path):
                raise Refusal(403, {"message": "403 Forbidden"})
        elif not ({"api"} | ({"read_api"} if reading else set())) & token.scopes:
            said = "The request requires higher privileges than provided by the access token."
            scope = {"error": "insufficient_scope", "error_description": said, "scope": "api"}
            raise Refusal(403, scope)

    def _rank(self, visit: Visit, path: str) -> None:
        """Refuse what the caller's role does not open."""
        reading = visit.call.method in READS
        for level, pattern, read in LEVELS:
            needs = pattern.fullmatch(path) and (read or not reading)
            if needs and not (visit.who.member and visit.who.level >= level):
                raise Refusal(403, {"message": "403 Forbidden"})

    def _know(self, visit: Visit, project: str | None) -> None:
        """Refuse to know a project that is not this one, or hidden to who calls."""
        if project is None:
            return
        if project not in {self.store.project, str(self.store.id)}:
            raise Refusal(404, HIDDEN)
        if self.store.hidden and not visit.who.member:
            raise Refusal(404, HIDDEN)
        if visit.call.method not in READS and not visit.who.member:
            raise Refusal(403, {"message": "403 Forbidden"})
