"""A big file on its way, that goes on from where it stopped when the line breaks (RFC 9110, 14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from observatoire.web.exchange import Answer
from observatoire.web.failures import Final


@dataclass(slots=True)
class Transfer:
    """How many bytes have come, and of which ``version`` of the file ("" when it has no name)."""

    received: int = 0
    version: str = ""

    @property
    def resumable(self) -> bool:
        """Whether asking again can lead to the rest of the same bytes."""
        return bool(self.version) or not self.received

    def headers(self) -> Mapping[str, str]:
        """What to ask for: without compression, so that a number of bytes means something."""
        rest = {"Range": f"bytes={self.received}-", "If-Range": self.version}
        return {"Accept-Encoding": "identity", **(rest if self.received else {})}

    def accept(self, answer: Answer) -> None:
        """Check that an answer is what remains of the file; raises Final."""
        if self.received and not self._continues(answer):
            raise Final("le fichier a changé pendant sa lecture")
        tag = answer.headers.get("ETag", "")
        exact = tag and not tag.startswith("W/") and "Content-Encoding" not in answer.headers
        self.version = tag if exact else ""

    def _continues(self, answer: Answer) -> bool:
        place = answer.headers.get("Content-Range", "")
        partial = answer.status == HTTPStatus.PARTIAL_CONTENT
        return partial and place.startswith(f"bytes {self.received}-")
