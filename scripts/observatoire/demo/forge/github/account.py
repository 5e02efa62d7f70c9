"""The account of a token, the quotas, and the repository, on GitHub's face."""

from __future__ import annotations

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Refusal, Routes, reply
from observatoire.demo.forge.github import shapes
from observatoire.demo.forge.visit import Visit

ROUTES = Routes()
REPO = "/repos/{owner}/{repo}"
QUOTA = {"limit": 5000, "remaining": 4999, "reset": 1_800_000_000, "used": 1}


@ROUTES.on("GET", "/user")
def get_user(visit: Visit) -> Answer:
    """The account of the token; a pipeline's token stands for none."""
    if visit.token is None:
        raise Refusal(401, {"message": "Requires authentication", "status": "401"})
    if visit.token.job:
        raise Refusal(403, {"message": "Resource not accessible by integration", "status": "403"})
    return reply(200, shapes.myself(visit))


@ROUTES.on("GET", "/rate_limit")
def rate_limit(_: Visit) -> Answer:
    """What is left of the quotas."""
    return reply(200, {"resources": {"core": QUOTA, "search": QUOTA}, "rate": QUOTA})


@ROUTES.on("GET", REPO)
def get_repository(visit: Visit) -> Answer:
    """The repository."""
    return reply(200, shapes.repository(visit))
