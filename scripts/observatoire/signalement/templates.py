"""The templates of issues, written from the forms: Markdown for GitLab, YAML for GitHub."""

from __future__ import annotations

import json
from collections.abc import Iterator

from observatoire.files import Changes
from observatoire.signalement.model import LABEL, Form, Question

GITLAB, GITHUB = ".gitlab/issue_templates", ".github/ISSUE_TEMPLATE"
HOW = (
    "Répondez sous chaque titre, sans changer les titres ; laissez vide ce que vous ne savez pas."
    " Un robot lit ce ticket chaque heure, en fait une proposition, ou dit ici ce qui manque."
)
PUBLIC = "Ce message est public : n'y mettez ni adresse électronique, ni nom de personne."
CONFIG = """\
blank_issues_enabled: true
contact_links: []
"""


def files(forms: dict[str, Form]) -> Changes:
    """Every template by its path."""
    out: dict[str, bytes | None] = {f"{GITHUB}/config.yml": CONFIG.encode()}
    for form in forms.values():
        out[f"{GITLAB}/{form.title}.md"] = markdown(form).encode()
        out[f"{GITHUB}/{form.kind}.yml"] = yaml(form).encode()
    return out


def markdown(form: Form) -> str:
    """The template on GitLab: headings, which every editor keeps, and comments that do not show."""
    lines = [f"<!-- observatoire formulaire={form.kind}", HOW, PUBLIC, "-->", ""]
    for question in form.questions:
        lines += _heading(question)
    lines += [f'/label ~"{LABEL}" ~"{form.kind}"', ""]
    return "\n".join(lines)


def _heading(question: Question) -> Iterator[str]:
    yield from (f"### {question.title}", "")
    said = [question.hint] if question.hint else []
    said += ["cochez une case : remplacez [ ] par [x]"] if question.choices else []
    said += ["obligatoire"] if question.required else []
    if said:
        yield from (f"<!-- {' ; '.join(said)} -->", "")
    if question.choices:
        yield from (*(f"- [ ] {sentence}" for _, sentence in question.choices), "")
    elif not said:
        yield ""


def yaml(form: Form) -> str:
    """The form on GitHub; a JSON string is one of YAML too."""
    lines = [
        f"name: {_text(form.title)}",
        f"description: {_text(form.about)}",
        f"labels: {json.dumps([LABEL, form.kind])}",
        "body:",
        "  - type: markdown",
        f"    attributes: {{value: {_text(f'{HOW} {PUBLIC}')}}}",
    ]
    for question in form.questions:
        lines += _input(question)
    return "\n".join(lines) + "\n"


def _input(question: Question) -> Iterator[str]:
    yield f"  - type: {'dropdown' if question.choices else 'input'}"
    yield f"    id: {question.name}"
    yield "    attributes:"
    yield f"      label: {_text(question.title)}"
    if question.hint:
        yield f"      description: {_text(question.hint)}"
    if question.choices:
        yield "      options:"
        yield from (f"        - {_text(sentence)}" for _, sentence in question.choices)
    yield f"    validations: {{required: {str(question.required).lower()}}}"


def _text(said: str) -> str:
    return json.dumps(said, ensure_ascii=False)
