"""One call on a face: who calls, on what project, and the refusals that follow from that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from observatoire.demo.forge.calls import Call, Refusal
from observatoire.demo.forge.records import Account, Token
from observatoire.demo.forge.store import Store

ANYONE = Account(0, "ghost", "Ghost", "ghost@example.org", member=False)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Visit:
    """A call, the token that came with it, and the project's memory."""

    store: Store
    call: Call
    token: Token | None

    @property
    def who(self) -> Account:
        """Who calls."""
        return self.token.account if self.token else ANYONE

    @property
    def query(self) -> Mapping[str, str]:
        """The parameters of the address."""
        return self.call.query

    @property
    def fields(self) -> dict[str, Any]:
        """The parameters of the body."""
        return self.call.fields

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of the address and of the body: GitLab takes them in either."""
        return {**self.query, **self.fields}

    def required(self, *names: str) -> list[Any]:
        """Some parameters of the body; refused without one of them."""
        missing = [name for name in names if not self.fields.get(name)]
        if missing:
            raise Refusal(400, {"error": ", ".join(f"{name} is missing" for name in missing)})
        return [self.fields[name] for name in names]

    def found(self, items: Sequence[T], **wanted: object) -> T:
        """The item whose attributes are as wanted; 404 without any."""
        for item in items:
            if all(str(getattr(item, k)) == str(v) for k, v in wanted.items()):
                return item
        raise Refusal(404, {"message": "404 Not found"})
