"""The web addresses that are asked, and those where a redirection leads."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

from yarl import URL

from observatoire.web.exchange import Answer, Line, Question
from observatoire.web.failures import ENDLESS, MALFORMED, NOT_HTTP, Final, WebError
from observatoire.web.meter import current

REDIRECTIONS = frozenset((301, 302, 303, 307, 308))
MOST = 5
OWN = frozenset(("cookie", "authorization"))
"""Headers that are for one site only."""

Params = Mapping[str, str | int]


def parse(url: str, params: Params | None = None) -> URL:
    """A web address with its parameters; raises WebError."""
    try:
        address = URL(url)
        if address.scheme in {"http", "https"} and address.host:
            return address.update_query(params) if params else address
    except ValueError:
        pass
    raise WebError(url, "cette adresse n'est pas une adresse web")


def following(line: Line) -> Line:
    """A line that goes where redirections lead; its answers hold the cookies of the whole way.

    A site that redirects to another one is noted by the meter.
    """

    @asynccontextmanager
    async def follow(question: Question) -> AsyncIterator[Answer]:
        cookies: list[str] = []
        hop = question
        for _ in range(MOST + 1):
            current().requests += 1
            async with line(hop) as answer:
                onward = next_hop(hop, answer)
                if onward is None:
                    answer.headers.extend(("Set-Cookie", c) for c in cookies)
                    _note(question.url, hop.url)
                    yield answer
                    return
                cookies += answer.headers.getall("Set-Cookie", ())
            hop = onward
        raise Final(ENDLESS)

    return follow


def next_hop(question: Question, answer: Answer) -> Question | None:
    """The question that a redirection means; None when the answer is none. Raises Final.

    A question with a body is not repeated elsewhere: the redirection would lose it.
    """
    place = answer.headers.get("Location")
    if answer.status not in REDIRECTIONS or place is None or question.body is not None:
        return None
    try:
        target = question.url.join(URL(place)).with_fragment(None)
        if target.scheme not in {"http", "https"}:
            raise Final(NOT_HTTP)
        same = target.origin() == question.url.origin()
    except ValueError:
        raise Final(MALFORMED) from None
    headers = question.headers
    if not same:
        headers = {n: v for n, v in headers.items() if n.lower() not in OWN}
    return replace(question, url=target, headers=headers)


def _note(asked: URL, answered: URL) -> None:
    if asked.host != answered.host:
        current().moved[str(asked.origin())] = str(answered.origin())
