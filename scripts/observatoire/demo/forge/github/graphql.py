"""The two mutations of GraphQL that make a draft of a request, or undo it."""

from __future__ import annotations

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Routes, reply
from observatoire.demo.forge.github.pulls import NO_DRAFTS
from observatoire.demo.forge.visit import Visit

ROUTES = Routes()
MUTATIONS = {"convertPullRequestToDraft": True, "markPullRequestReadyForReview": False}


@ROUTES.on("POST", "/graphql")
def mutate(visit: Visit) -> Answer:
    """Obey a mutation; GraphQL answers 200 to what it refuses, too."""
    question = str(visit.fields.get("query"))
    node = str((visit.fields.get("variables") or {}).get("id"))
    name = next((m for m in MUTATIONS if m in question), "")
    found = [r for r in visit.store.requests if f"PR_{r.number}" == node]
    if not (name and found and visit.who.member):
        return reply(200, {"data": None, "errors": [{"message": "Could not resolve to a node"}]})
    if MUTATIONS[name] and not visit.store.drafts:
        return reply(200, {"data": None, "errors": [{"message": NO_DRAFTS}]})
    found[0].draft = MUTATIONS[name]
    return reply(200, {"data": {name: {"clientMutationId": None}}})
