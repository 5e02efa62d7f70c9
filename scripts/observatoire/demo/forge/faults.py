"""What goes wrong to order: a fault of the portals' simulator, on some calls, before or after.

A fault that strikes after the forge has done its work is the one that matters most: the client
cannot know (a line cut, a silence, an error 500 after the write).
"""

from __future__ import annotations

from dataclasses import dataclass

from observatoire.demo.faces import Answer, Fault
from observatoire.demo.forge.calls import Call


@dataclass(slots=True)
class Trouble:
    """A fault on the calls of a method ("": all); ``early``: the forge does nothing at all."""

    fault: Fault
    method: str = ""
    early: bool = False

    def before(self, call: Call) -> Answer | None:
        """The answer given instead of working."""
        if not self.early or not self._strikes(call):
            return None
        nothing = Answer()
        spoilt = self.fault.apply(call, nothing)
        return None if spoilt is nothing else spoilt

    def after(self, call: Call, answer: Answer) -> Answer:
        """The answer given once the work is done."""
        if self.early or not self._strikes(call):
            return answer
        return self.fault.apply(call, answer)

    def _strikes(self, call: Call) -> bool:
        return self.method in {"", call.method}


def echo(path: str = "") -> Fault:
    """The forge repeats in its refusal all that it was sent: headers, tokens."""

    def spoil(call: object, _: Answer) -> Answer:
        headers = call.headers if isinstance(call, Call) else {}
        return Answer(400, repr(dict(headers)).encode(), "text/plain")

    return Fault(spoil, path)
