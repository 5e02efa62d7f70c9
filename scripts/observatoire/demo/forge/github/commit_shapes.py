"""The commits of GitHub's interface, and what they change."""

from __future__ import annotations

from typing import Any

from observatoire.demo.forge.github import shapes
from observatoire.demo.forge.visit import Visit
from observatoire.git import Commit, Person

UNSIGNED = {
    **{"verified": False, "reason": "unsigned", "verified_at": None},
    **{"signature": None, "payload": None},
}


def whole_commit(visit: Visit, one: Commit) -> dict[str, Any]:
    """A commit with what it changes."""
    repo = visit.store.repo
    parents = repo.line("rev-parse", f"{one.sha}^@").split()
    files = differences(visit, parents[0], one.sha) if parents else []
    added, removed = (sum(f[name] for f in files) for name in ("additions", "deletions"))
    stats = {"additions": added, "deletions": removed, "total": added + removed}
    return commit(visit, one) | {"stats": stats, "files": files}


def differences(visit: Visit, old: str, new: str) -> list[dict[str, Any]]:
    """The files that differ between two commits."""
    repo = visit.store.repo
    before, out = repo.entries(old), []
    for path, blob in repo.changed(old, new).items():
        patch = repo.diff(old, new, path).partition("@@")
        lines = patch[2].splitlines()
        added, removed = (sum(x.startswith(sign) for x in lines) for sign in "+-")
        status = "removed" if blob is None else "modified" if path in before else "added"
        out.append(
            {
                "sha": blob or before[path][1],
                "filename": path,
                "status": status,
                "additions": added,
                "deletions": removed,
                "changes": added + removed,
                "blob_url": f"{shapes.web(visit)}/blob/{new}/{path}",
                "raw_url": f"{shapes.web(visit)}/raw/{new}/{path}",
                "contents_url": f"{shapes.api(visit)}/contents/{path}?ref={new}",
                "patch": patch[1] + patch[2],
            }
        )
    return out


def commit(visit: Visit, one: Commit) -> dict[str, Any]:
    """A commit, as a list shows it."""
    url, repo = f"{shapes.api(visit)}/commits/{one.sha}", visit.store.repo
    tree = repo.line("rev-parse", f"{one.sha}^{{tree}}")
    parents = repo.line("rev-parse", f"{one.sha}^@").split()
    return {
        "url": url,
        "sha": one.sha,
        "node_id": f"C_{one.sha[:8]}",
        "html_url": f"{shapes.web(visit)}/commit/{one.sha}",
        "comments_url": f"{url}/comments",
        "commit": {
            "url": f"{shapes.api(visit)}/git/commits/{one.sha}",
            "author": {"name": one.author.name, "email": one.author.email, "date": one.date},
            "committer": {
                "name": one.committer.name,
                "email": one.committer.email,
                "date": one.date,
            },
            "message": one.subject,
            "tree": {"sha": tree, "url": f"{shapes.api(visit)}/git/trees/{tree}"},
            "comment_count": 0,
            "verification": UNSIGNED,
        },
        "author": _account(visit, one.author),
        "committer": _account(visit, one.committer),
        "parents": [
            {
                "sha": sha,
                "url": f"{shapes.api(visit)}/commits/{sha}",
                "html_url": f"{shapes.web(visit)}/commit/{sha}",
            }
            for sha in parents
        ],
    }


def _account(visit: Visit, person: Person) -> dict[str, Any]:
    """The account of an e-mail; an empty object when it is nobody's."""
    known = (token.account for token in visit.store.tokens.values())
    found = next((who for who in known if who.email == person.email), None)
    return shapes.account(visit, found) if found else {}
