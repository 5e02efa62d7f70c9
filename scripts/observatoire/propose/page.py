"""The page that shows a request of the local forge: its text, with boxes to tick, its notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from observatoire.propose import marker

STATES = {"ouverte": "ouverte", "fermee": "fermée sans fusion", "fusionnee": "fusionnée"}
START = "\n---\n\n"
NOTES = "\n\n---\n\n## Notes du robot\n\n"


def page(raw: Mapping[str, Any]) -> str:
    """The page of a request: a heading, where it stands, its body, its notes."""
    labels = ", ".join(f"`{name}`" for name in raw["labels"])
    state = STATES[raw["state"]] + (", brouillon" if raw["draft"] else "")
    lines = [
        f"# Demande {raw['number']} : {raw['title']}",
        "",
        f"{state.capitalize()}. Branche `{raw['branch']}` vers `{raw['target']}`."
        + (f" Étiquettes : {labels}." if labels else ""),
    ]
    notes = "\n\n---\n\n".join(str(n["body"]).rstrip("\n") for n in raw["notes"])
    head = "\n".join(lines)
    body = str(raw["body"]).rstrip("\n")
    return f"{head}\n{START}{body}{NOTES + notes if notes else ''}\n"


def body_of(text: str, written: str) -> str:
    """The body of a page, if it is the one last written or a person's edit of it; else that one.

    The hidden line tells: a page with another one was left by a run that stopped half way.
    """
    body = text.partition(START)[2].partition(NOTES)[0].rstrip("\n")
    same = body and marker.read(body) == marker.read(written)
    return body + "\n" if same else written
