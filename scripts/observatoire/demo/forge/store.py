"""The memory of the forge fictive, and what happens in it when somebody pushes, opens, merges."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from observatoire.demo.forge.records import (
    Account,
    File,
    Guard,
    Issue,
    Label,
    Note,
    Pipeline,
    Release,
    Request,
    Schedule,
    State,
    Status,
    Thread,
    Token,
    Variable,
)
from observatoire.git import MergeConflict, Person, Repo

DAWN = datetime(2026, 1, 1, 8, tzinfo=UTC)
HEADS = "refs/heads/"
CLOSES = re.compile(r"\b(?:closes?|fix(?:es)?|resolves?) #(\d+)", re.I)


class Taken(Exception):
    """The branch has an open request already."""

    def __init__(self, request: Request) -> None:
        super().__init__(request.number)
        self.request = request


class Invalid(Exception):
    """What is asked makes no sense; the message is the forge's."""


class Unmergeable(Exception):
    """The request is a draft, or closed, or in conflict."""


class Moved(Exception):
    """The branch is not where the caller believes."""


@dataclass
class Store:
    """One project: its repository, and what stands around it.

    Time advances by one second at each change. ``hidden`` hides the project from who is no member;
    ``shown`` is what lists of requests keep;
    ``options`` are settings that were changed, ``pages`` the address of the site if there is one;
    ``checks`` is how the pipeline of a commit stands: success, failed, running.
    """

    repo: Repo
    project: str
    id: int = 4207
    main: str = "main"
    hidden: bool = False
    drafts: bool = True
    tokens: dict[str, Token] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    labels: dict[str, Label] = field(default_factory=dict)
    releases: list[Release] = field(default_factory=list)
    packages: dict[tuple[str, str], list[File]] = field(default_factory=dict)
    schedules: list[Schedule] = field(default_factory=list)
    variables: dict[str, Variable] = field(default_factory=dict)
    protected: dict[str, Guard] = field(default_factory=lambda: {"main": Guard()})
    protected_tags: dict[str, Guard] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    pipelines: list[Pipeline] = field(default_factory=list)
    rulesets: list[dict[str, Any]] = field(default_factory=list)
    pages: str = ""
    shown: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False)
    checks: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, list[Status]] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _ticks: int = 0

    def moment(self) -> str:
        """A new moment."""
        self._ticks += 1
        return (DAWN + timedelta(seconds=self._ticks)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def number(self) -> int:
        """A number that nothing has yet."""
        self._ticks += 1
        return self._ticks

    def next_thread(self) -> int:
        """The number of the next issue or request."""
        return len(self.requests) + len(self.issues) + 1

    def tip(self, branch: str) -> str | None:
        """Where a branch is."""
        return self.repo.resolve(HEADS + branch)

    def open_from(self, source: str, fork: str = "") -> Request | None:
        """The open request of a branch."""
        found = (r for r in self.requests if r.state == "opened")
        return next((r for r in found if (r.source, r.fork) == (source, fork)), None)

    # Threads

    def open_request(
        self, author: Account, source: str, target: str, title: str, body: str
    ) -> Request:
        """A new request; ``source`` is « account:branch » for a fork's; raises Taken, Invalid."""
        fork, _, source = source.rpartition(":")
        taken = self.open_from(source, fork)
        if taken:
            raise Taken(taken)
        head, base = self.tip(source), self.tip(target)
        if head is None or base is None:
            raise Invalid(f"{'source' if head is None else 'target'} branch does not exist")
        moment = self.moment()
        made = Request(
            number=self.next_thread(),
            title=title,
            body=body,
            author=author,
            created=moment,
            updated=moment,
            source=source,
            target=target,
            head=head,
            start=self.repo.merge_base(base, head) or "",
            fork=fork,
        )
        self.requests.append(made)
        self._keep(made)
        return made

    def open_issue(self, author: Account, title: str, body: str) -> Issue:
        """A new issue."""
        moment = self.moment()
        made = Issue(
            number=self.next_thread(),
            title=title,
            body=body,
            author=author,
            created=moment,
            updated=moment,
        )
        self.issues.append(made)
        return made

    def note(self, thread: Thread, author: Account, body: str) -> Note:
        """A comment under a thread."""
        moment = self.moment()
        made = Note(self.number(), author, body, moment, moment)
        thread.notes.append(made)
        return made

    def status(self, who: Account, sha: str, status: Mapping[str, str]) -> Status:
        """A check of a commit: name, state, said, ref."""
        made = Status(self.number(), author=who, created=self.moment(), **status)
        self.statuses.setdefault(sha, []).append(made)
        return made

    def label(self, thread: Thread, names: Iterable[str]) -> None:
        """Put labels on a thread; those that do not exist are made."""
        for name in names:
            self.labels.setdefault(name, Label(self.number(), name))
            if name not in thread.labels:
                thread.labels.append(name)

    def end(self, thread: Thread, state: State, who: Account) -> None:
        """Close or merge a thread, or open it again."""
        thread.state = state
        thread.updated = self.moment()
        thread.ended = "" if state == "opened" else thread.updated
        thread.ended_by = None if state == "opened" else who

    # What Git does

    def settle(self, who: Account, *branches: str) -> None:
        """Bring the open requests from or to some branches up to date with them, after a push."""
        for request in self.requests:
            moved = request.source in branches or request.target in branches
            if moved and request.state == "opened" and not request.fork:
                self._follow(request, who)

    def _follow(self, request: Request, who: Account) -> None:
        head, target = self.tip(request.source), self.tip(request.target) or ""
        if head is None:
            # Both forges close a request whose branch is deleted.
            self.end(request, "closed", who)
            return
        if head != request.head:
            request.head = head
            request.start = self.repo.merge_base(target, head) or ""
            self._keep(request)
        if request.start != head and self.repo.is_ancestor(head, target):
            self.end(request, "merged", who)

    def _keep(self, request: Request) -> None:
        for ref in (
            f"refs/merge-requests/{request.number}/head",
            f"refs/pull/{request.number}/head",
        ):
            self.repo.update_ref(ref, request.head, self.repo.resolve(ref) or "")

    def conflicts(self, request: Request) -> bool:
        """Whether merging would conflict."""
        target = self.tip(request.target)
        try:
            return not target or not self.repo.merged_tree(target, request.head)
        except MergeConflict:
            return True

    def _close_named(self, request: Request, who: Account) -> None:
        """Close the issues that a request merged into main says to close, as both forges do."""
        if request.target != self.main:
            return
        numbers = {int(n) for n in CLOSES.findall(request.body)}
        for issue in self.issues:
            if issue.number in numbers and issue.state == "opened":
                self.end(issue, "closed", who)

    def merge(self, request: Request, who: Account, sha: str, message: str) -> str:
        """Merge a request; raises Unmergeable, Moved; the new commit."""
        if request.state != "opened" or request.draft or self.conflicts(request):
            raise Unmergeable
        if sha and sha != request.head:
            raise Moved
        target = self.tip(request.target) or ""
        tree = self.repo.merged_tree(target, request.head)
        person = Person(who.name, who.email)
        made = self.repo.commit(tree, (target, request.head), message, person, self.moment())
        self.repo.update_ref(HEADS + request.target, made, target)
        request.merged_as = made
        self.end(request, "merged", who)
        self._close_named(request, who)
        if request.tidy and not request.fork:
            self.repo.update_ref(HEADS + request.source, "", request.head)
        self.settle(who, request.source, request.target)
        return made
