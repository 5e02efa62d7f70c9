"""The examination for a person at a terminal, or in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from observatoire.doctor.model import Advice
from observatoire.french import counted

MARKS = {"bon": "✓", "attention": "!", "manque": "✗", "panne": "?"}
Line = tuple[str, str, Advice]


def terminal(lines: Sequence[Line]) -> Iterator[str]:
    """One line per thing, its title in a column; what to do about it, under it."""
    width = max((len(title) for _, title, _ in lines), default=0)
    for _, title, advice in lines:
        yield f"{MARKS[advice.state]} {title:<{width}}  {advice.said}"
        for more in filter(None, (advice.do, advice.page)):
            yield f"  {'':<{width}}  → {more}"
    yield ""
    yield verdict(lines)


def verdict(lines: Sequence[Line]) -> str:
    """The last line."""
    states = [advice.state for _, _, advice in lines]
    said = [counted(states.count("bon"), "point") + " en ordre"]
    said += [f"{n} à surveiller"] if (n := states.count("attention")) else []
    said += [f"{n} à corriger"] if (n := states.count("manque")) else []
    said += [counted(n, "impossible") + " à voir"] if (n := states.count("panne")) else []
    return ", ".join(said) + "."


def as_json(lines: Sequence[Line]) -> str:
    """The same for a program."""
    found = [
        {
            "controle": code,
            "titre": title,
            "etat": advice.state,
            "constat": advice.said,
            "a_faire": advice.do,
            "page": advice.page,
        }
        for code, title, advice in lines
    ]
    return json.dumps({"constats": found, "bilan": verdict(lines)}, ensure_ascii=False, indent=1)


def status(lines: Sequence[Line]) -> int:
    """0 when nothing is to be corrected, 1 when something is, 2 when something cannot be seen."""
    states = {advice.state for _, _, advice in lines}
    return 2 if "panne" in states else 1 if "manque" in states else 0
