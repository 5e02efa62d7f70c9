"""The account of a token, and the project, on GitLab's face."""

from __future__ import annotations

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Routes, reply
from observatoire.demo.forge.gitlab import shapes
from observatoire.demo.forge.visit import Visit

ROUTES = Routes()


@ROUTES.on("GET", "/user")
def get_user(visit: Visit) -> Answer:
    """The account of the token."""
    return reply(200, shapes.myself(visit))


@ROUTES.on("GET", "/projects/{project}")
def get_project(visit: Visit) -> Answer:
    """The project."""
    return reply(200, shapes.project(visit))
