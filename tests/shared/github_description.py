"""GitHub's description of its interface, and the traffic of the double held against it."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Call

CONTRACT = Path(__file__).parents[3] / "shared" / "contracts" / "github-openapi-subset.json"
HOST = "https://api.github.com"
PREFIX = "/api/v3"
DEEP = re.compile(r"(/(?:contents|git/refs?)/)(.+)")
"""The paths whose last part may hold slashes: the description takes it for one segment."""
BARE_LABELS = re.compile(r".*/issues/\d+/labels")
"""Where github3.py sends a list of names, which GitHub takes but does not describe."""


class Asked:
    """A call, as openapi-core reads it."""

    def __init__(self, call: Call) -> None:
        self.host_url = HOST
        path = call.path.removeprefix(PREFIX)
        self.path = DEEP.sub(lambda found: found[1] + quote(found[2], safe=""), path)
        self.method = call.method.lower()
        self.body = call.body or None
        self.content_type = call.headers.get("content-type", "").partition(";")[0]
        pairs = parse_qsl(urlencode(dict(call.query)))
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(pairs), header=Headers(list(call.headers.items()))
        )


class Answered:
    """An answer, as openapi-core reads it."""

    def __init__(self, answer: Answer) -> None:
        self.data = answer.body
        self.status_code = answer.status
        self.content_type = answer.type
        self.headers = Headers(list(answer.headers.items()))


@functools.cache
def description() -> OpenAPI:
    """What GitHub describes, read once."""
    described = json.loads(CONTRACT.read_text("utf-8"))
    return OpenAPI.from_dict(described | {"servers": [{"url": HOST}]})


def check(call: Call, answer: Answer) -> None:
    """OpenAPIError when a call or its answer is not as described."""
    if not (BARE_LABELS.fullmatch(call.path) and call.body.startswith(b"[")):
        description().validate_request(Asked(call))
    description().validate_response(Asked(call), Answered(answer))
