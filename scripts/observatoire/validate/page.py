"""The page docs/controles.md: every check with its samples, so that nobody writes it twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from observatoire.validate.engine import Check
from observatoire.validate.model import Example
from observatoire.validate.reports.markdown import code, sentence

PATH = "docs/controles.md"
INTRODUCTION = """\
# Les contrôles

Chaque contribution, d'une personne ou d'un robot, passe les mêmes contrôles : `observatoire
validate`. Une **erreur** empêche d'accepter le changement ; un **conseil** n'empêche rien. Les
réparations sûres sont faites par `observatoire format`. Une cellule n'est reprochée qu'une fois,
par le contrôle qui en dit le plus.

Ce qu'un schéma refuse sans qu'aucun de ces contrôles l'explique est jugé par frictionless, et dit
sous le code `regle-du-schema`. `--langue en` donne le même rapport en anglais.

Cette page est produite par `observatoire validate --page` : pour la changer, modifiez les exemples
du contrôle, dans `scripts/observatoire/validate/checks/`.
"""


def render(checks: Iterable[Check]) -> str:
    """The whole page, in Markdown."""
    checks = list(checks)
    return "\n".join([INTRODUCTION, *_summary(checks), *(x for c in checks for x in _check(c))])


def _summary(checks: list[Check]) -> Iterator[str]:
    yield "| Contrôle | Ce qu'il trouve | |"
    yield "| --- | --- | --- |"
    for check in checks:
        yield f"| [`{check.CODE}`](#{check.CODE}) | {check.TITLE} | {check.SEVERITY} |"


def _check(check: Check) -> Iterator[str]:
    yield ""
    yield f"## {check.CODE}"
    yield ""
    yield f"{check.TITLE} ({check.SEVERITY})."
    for example in check.EXAMPLES:
        yield ""
        yield from _example(example)


def _example(example: Example) -> Iterator[str]:
    yield f"Dans `{example.file or example.table}` :"
    yield ""
    if example.content:
        yield from ("```text", *_visible(example.content), "```", "")
    else:
        yield f"- on trouve : {_cells(example.bad, example)}"
        yield f"- il faut : {_cells(example.good, example)}"
        yield ""
    yield f"> {sentence(example.message)}"


def _visible(content: str) -> list[str]:
    """The first lines of a file, with its Windows line ends shown."""
    return content.replace("\r", "␍").splitlines()[:6]


def _cells(cells: Mapping[str, str] | None, example: Example) -> str:
    if cells is None:
        return f"pas de ligne {code(' '.join(example.key))}"
    if not cells:
        return "la ligne telle qu'elle était"
    parts = (f"`{n}` vide" if not c else f"`{n}` = {code(c)}" for n, c in cells.items())
    return ", ".join(parts)
