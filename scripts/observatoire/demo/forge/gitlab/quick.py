"""Quick actions: GitLab obeys the lines of a text that begin with a known « /word »."""

from __future__ import annotations

import re
from collections.abc import Callable

from observatoire.demo.forge.records import Account, Request, Thread
from observatoire.demo.forge.store import Store

FENCE = re.compile(r"\s*(```|~~~)")
LINE = re.compile(r"/(?P<word>[a-z_]+)(?:[ \t]+(?P<rest>.*?))?[ \t]*")


def obey(store: Store, thread: Thread, who: Account, text: str) -> str:
    """The text without its quick actions, once they are done."""
    kept, fenced = [], False
    for line in text.split("\n"):
        fenced ^= bool(FENCE.match(line))
        found = None if fenced else LINE.fullmatch(line)
        act = ACTIONS.get(found["word"]) if found else None
        if found is None or act is None:
            kept.append(line)
        else:
            act(store, thread, who, found["rest"] or "")
    return "\n".join(kept)


def _close(store: Store, thread: Thread, who: Account, _: str) -> None:
    if thread.state == "opened":
        store.end(thread, "closed", who)


def _label(store: Store, thread: Thread, _: Account, rest: str) -> None:
    store.label(thread, [name.strip('~"') for name in rest.split()])


def _unlabel(_: Store, thread: Thread, __: Account, rest: str) -> None:
    names = {name.strip('~"') for name in rest.split()}
    thread.labels[:] = [name for name in thread.labels if rest and name not in names]


def _title(_: Store, thread: Thread, __: Account, rest: str) -> None:
    thread.title = rest or thread.title


def _draft(_: Store, thread: Thread, __: Account, ___: str) -> None:
    if isinstance(thread, Request):
        thread.draft = True


def _merge(store: Store, thread: Thread, who: Account, _: str) -> None:
    if isinstance(thread, Request) and thread.state == "opened" and who.member:
        store.merge(thread, who, "", f"Merge branch '{thread.source}'")


ACTIONS: dict[str, Callable[[Store, Thread, Account, str], None]] = {
    "close": _close,
    "draft": _draft,
    "label": _label,
    "merge": _merge,
    "title": _title,
    "unlabel": _unlabel,
}
