"""An issue is read whatever its author did to the template, and nothing in it is obeyed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire.signalement import templates
from observatoire.signalement.forms import discover, forms
from observatoire.signalement.model import Reading
from observatoire.signalement.reading import MAX_ANSWER, OTHER, SEVERAL, addresses, read

FORMS = forms()
GITHUB = """\
### Nom de l'organisme

Acigné

### SIREN

_No response_

### Ce qui se passe

Il a changé de nom

### Nouveau nom, ou SIREN de l'organisme qui le remplace

Acigné-sur-Vilaine
"""


def reading(body: str, *labels: str) -> Reading:
    found = read(body, labels, FORMS)
    assert found is not None
    return found


def filled(kind: str, **answers: str) -> str:
    """The template of GitLab, as somebody fills it."""
    text = templates.markdown(FORMS[kind])
    for question in FORMS[kind].questions:
        value = answers.get(question.name, "")
        for code, sentence in question.choices:
            if code == value:
                text = text.replace(f"- [ ] {sentence}", f"- [x] {sentence}")
        if value and not question.choices:
            head = f"### {question.title}\n"
            text = text.replace(head, f"{head}\n{value}\n")
    return text


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_a_filled_template_gives_back_its_answers(kind: str) -> None:
    answers = {
        q.name: q.choices[0][0] if q.choices else f"réponse {q.name}" for q in FORMS[kind].questions
    }
    found = reading(filled(kind, **answers))
    assert (found.form.kind, found.values, found.unclear) == (kind, answers, {})


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_an_untouched_template_answers_nothing(kind: str) -> None:
    found = reading(templates.markdown(FORMS[kind]))
    assert found.form.kind == kind
    assert set(found.values.values()) == {""}


def test_a_form_of_github_is_read_without_any_mark() -> None:
    found = reading(GITHUB)
    assert found.form.kind == "organisation"
    assert found.get("constat") == "nom"
    assert found.get("siren") == ""
    assert found.get("nouveau") == "Acigné-sur-Vilaine"


@pytest.mark.parametrize(
    "body",
    [
        "# NOM DE L'ORGANISME\nAcigné\n# Departement :\n35",
        "**Nom de l’organisme** : Acigné\n**Département**\n35",
        "- Nom de l'organisme : Acigné\n- Département (numéro) : 35",
        "Nom de l'organisme: Acigné\r\nDépartement: 35\r\n",
        "##### Nom de l'organisme #\nAcigné\n\n##### Departemant\n\n35\n\n##### Autre titre\n\nx",
    ],
)
def test_headings_may_be_written_otherwise(body: str) -> None:
    found = reading(body, "organisation")
    assert (found.get("nom"), found.get("territoire")) == ("Acigné", "35")


@pytest.mark.parametrize(
    "body",
    ["", "Bonjour, il manque Acigné.", "### Nom de l'organisme\nAcigné", "## Bug\n\n### SIREN\n1"],
)
def test_an_issue_that_follows_no_form_is_left_alone(body: str) -> None:
    assert read(body, (), FORMS) is None


def test_two_ticked_boxes_are_unclear_and_a_stray_answer_too() -> None:
    two = filled("portail", constat="manque").replace("- [ ] Il a changé", "- [X] Il a changé")
    assert reading(two).unclear == {"constat": SEVERAL}
    other = GITHUB.replace("Il a changé de nom", "Il est en vacances")
    assert reading(other).unclear == {"constat": OTHER}


def test_an_endless_answer_is_unclear() -> None:
    assert "nom" in reading(filled("portail", nom="x" * (MAX_ANSWER + 1))).unclear


def test_quick_actions_comments_and_invisible_characters_are_dropped() -> None:
    body = filled("portail", nom="Data\u200b Rennes\n/merge\n/close now\n<!-- caché -->")
    assert reading(body).get("nom") == "Data Rennes"


def test_addresses_are_found_in_markdown() -> None:
    said = "voir [la page](https://a.fr/b?c=1), <https://d.fr>. ou javascript:alert(1)"
    assert list(addresses(said)) == ["https://a.fr/b?c=1", "https://d.fr"]
    assert list(addresses("**https://a.fr/b.csv**, https://d.fr/.")) == [
        "https://a.fr/b.csv",
        "https://d.fr/",
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(sorted(FORMS)))
def test_any_text_is_read_without_harm(text: str, kind: str) -> None:
    found = reading(filled(kind) + text + "\n" + filled(kind, nom=text))
    assert all("\n" not in value and len(value) <= MAX_ANSWER for value in found.values.values())


def test_a_megabyte_is_read_at_once() -> None:
    for piece in ("### Nom de l'organisme\n", "<!--", "**", "- [x] ", "a: ", "# " * 40):
        found = read(piece * (1_000_000 // len(piece)), (), FORMS)
        assert found is None or all(len(v) <= MAX_ANSWER for v in found.values.values())


def test_the_committed_templates_are_those_of_the_forms(root: Path) -> None:
    for path, content in templates.files(FORMS).items():
        assert (root / path).read_bytes() == content, "observatoire signalements --modeles"
    kept = {p.name for p in (root / templates.GITLAB).iterdir()}
    assert kept == {f"{form.title}.md" for form in FORMS.values()}


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_a_form_of_github_is_valid_and_asks_the_same(kind: str) -> None:
    form = yaml.safe_load(templates.yaml(FORMS[kind]))
    asked = [part["attributes"]["label"] for part in form["body"] if part["type"] != "markdown"]
    assert asked == [q.title for q in FORMS[kind].questions]
    assert form["labels"] == ["signalement", kind]


def test_each_form_has_its_module() -> None:
    assert sorted(discover()) == ["erreur", "organisation", "portail"]
