"""What github3.py lacks, through its own calls: drafts, and several changes in one call.

Its ``create_pull`` has no ``draft``, its pull requests have no labels to change with the text, and
it does not speak GraphQL, the only way to make a draft of an open request or to undo it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from observatoire.propose.forges.online.access import check

DRAFT = """\
mutation($id: ID!) { convertPullRequestToDraft(input: {pullRequestId: $id}) { clientMutationId } }
"""
READY = """\
mutation($id: ID!) { markPullRequestReadyForReview(input: {pullRequestId: $id})
 { clientMutationId } }
"""


def create_pull(repository: Any, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Open a pull request, a draft or not; the request."""
    answer = repository._post(f"{repository.url}/pulls", data=dict(content))
    made: Mapping[str, Any] = repository._json(answer, 201)
    return made


def edit(repository: Any, number: int, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Change title, body, state and labels of a request in one call: it is an issue too."""
    url = f"{repository.url}/issues/{number}"
    answer = repository._patch(url, data=json.dumps(dict(content)))
    changed: Mapping[str, Any] = repository._json(answer, 200)
    return changed


def set_draft(github: Any, graphql: str, node: str, *, draft: bool) -> str:
    """Make a draft of a request or undo it; why GitHub refuses, if it does."""
    check(graphql)
    question = {"query": DRAFT if draft else READY, "variables": {"id": node}}
    said = github._json(github._post(graphql, data=question), 200)
    return "; ".join(str(error.get("message")) for error in said.get("errors") or ())
