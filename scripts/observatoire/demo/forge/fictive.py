"""The forge fictive itself: a project on loopback with its two faces, from ``with`` to its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType

from observatoire.demo.faces import Answer
from observatoire.demo.forge import smart
from observatoire.demo.forge.calls import Call
from observatoire.demo.forge.faults import Trouble
from observatoire.demo.forge.github.face import GitHub
from observatoire.demo.forge.gitlab import push_options
from observatoire.demo.forge.gitlab.face import GitLab
from observatoire.demo.forge.records import Account, Token
from observatoire.demo.forge.store import Store
from observatoire.demo.forge.visit import ANYONE
from observatoire.demo.forge.wire import Wire
from observatoire.git import Tree

ALLOWED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Expose-Headers": "Link, X-Total, X-Total-Pages, X-Next-Page, ETag",
}
RAW = "/-/raw/"


@dataclass
class ForgeFictive:
    """A project and those who may open it; ``troubles`` come to order, ``heard`` keeps the traffic.

    ``folder`` holds the bare repository.
    """

    folder: Path
    project: str = "observatoire/registre"
    troubles: list[Trouble] = field(default_factory=list)
    heard: list[tuple[Call, Answer]] = field(default_factory=list)
    port: int = 0

    def __post_init__(self) -> None:
        self.store = Store(smart.make(self.folder / "depot.git", "main"), self.project)
        self._gitlab = GitLab(self.store)
        self._github = GitHub(self.store)
        self._wire = Wire(self._play, self.port)
        self.url = self._wire.url

    def __enter__(self) -> ForgeFictive:
        self._wire.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._wire.__exit__(kind, error, trace)

    @property
    def remote(self) -> str:
        """The address of the repository."""
        return f"{self.url}/{self.project}.git"

    def admit(
        self,
        account: Account,
        value: str,
        scopes: Sequence[str] = ("api", "repo", "write_repository"),
        *,
        job: bool = False,
    ) -> Token:
        """A token for an account."""
        token = Token(value, account, frozenset(scopes), job)
        self.store.tokens[value] = token
        return token

    def _play(self, call: Call) -> Answer:
        for trouble in self.troubles:
            struck = trouble.before(call)
            if struck is not None:
                return self._heard(call, struck)
        answer = self._answer(call)
        for trouble in self.troubles:
            answer = trouble.after(call, answer)
        return self._heard(call, answer)

    def _heard(self, call: Call, answer: Answer) -> Answer:
        self.heard.append((call, answer))
        return answer

    def _answer(self, call: Call) -> Answer:
        if call.path.startswith("/api/"):
            return self._api(call)
        with self.store.lock:
            web = f"/{self.project}"
            if call.path.startswith(f"{web}.git/"):
                return self._git(call, call.path.removeprefix(f"{web}.git"))
            if call.path.startswith(web + RAW):
                return self._raw(call.path.removeprefix(web + RAW))
        return Answer(404, b"<h1>404</h1>", "text/html")

    def _api(self, call: Call) -> Answer:
        """The interfaces; browsers of any origin may call them, and nothing else."""
        if call.method == "OPTIONS":
            return Answer(204, headers=ALLOWED)
        with self.store.lock:
            face = self._gitlab if call.path.startswith("/api/v4/") else self._github
            answer = face.answer(call)
        return replace(answer, headers={**answer.headers, **ALLOWED})

    def _raw(self, path: str) -> Answer:
        """A file for people; the reference is one segment, and no browser script may read it."""
        ref, _, name = path.partition("/")
        sha = self.store.tip(ref) or self.store.repo.resolve(f"refs/tags/{ref}")
        content = Tree(self.store.repo, sha).read(name) if sha else None
        if content is None or self.store.hidden:
            return Answer(404, b"<h1>404</h1>", "text/html")
        return Answer(200, content, "text/plain; charset=utf-8")

    def _git(self, call: Call, inner: str) -> Answer:
        token = self.store.tokens.get(smart.token_of(call))
        refused = smart.refused(self.store, call, token)
        if refused is not None:
            return refused
        answer = smart.backend(self.store, call, inner)
        push = smart.pushed(self.store.repo)
        if push.branches:
            who = token.account if token else ANYONE
            self.store.settle(who, *push.branches)
            push_options.handle(self.store, who, push)
        return answer
