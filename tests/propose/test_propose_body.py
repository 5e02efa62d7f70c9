"""The text of a request as a whole: what a maintainer reads, its title, its commit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from propose_literals import (
    ACIGNE,
    DIRECTORY,
    DOUBT,
    EVIDENCE,
    NAMES,
    PLAN,
    PORTAL,
    RENNES,
    counted,
    entry,
    proposal,
)

from observatoire.plan import Addition, Edit, Plan
from observatoire.propose.body import Report
from observatoire.propose.marker import MORE

BODY = f"""\
- **2 organismes entrent au registre** : 2 communes — Bouches-du-Rhône (13) 1, \
Ille-et-Vilaine (35) 1.
- **1 lien corrigé** et **2 comptes mis à jour** (+ 99 jeux de données au total).
- **2 questions** pour vous, ci-dessous.

### À décider : modifié des deux côtés (1)

Une personne a changé ces cellules, la source aussi ; le registre garde celle de la personne. \
Cochez pour prendre celle de la source, barrez le texte (`~~`) pour n'y rien changer. Le robot \
applique votre réponse à son prochain passage, et la retient.

- [ ] Rennes Métropole ([243500139]({DIRECTORY}/243500139)), lien : le registre dit \
`https://b.example`, la source dit `https://c.example` (avant : `https://a.example`) \
<!-- choix=d004eed1a704 -->

### À décider : qui est-ce ? (1)

Ces comptes ressemblent à un organisme sans que ce soit sûr (le score dit la confiance, de 0 à \
1) ; rien n'est écrit pour eux. \
Cochez si c'est bien lui, barrez le texte (`~~`) si c'est un autre. Le robot applique votre \
réponse à son prochain passage, et la retient.

- [ ] « [Mairie de X]({PORTAL}/organizations/5cc/) » = X ([213500999]({DIRECTORY}/213500999)), \
score 0,91, 3 jeux : même nom, deux communes <!-- choix=741bc1902318 -->

### Organismes qui entrent au registre (2)

| Organisme | SIREN | Type | Où il publie | Comment on le sait |
| --- | --- | --- | --- | --- |
| Amanlis | [213500028]({DIRECTORY}/213500028) | commune, 35 | \
[data.gouv.fr]({PORTAL}/organizations/213500028/) (4) | le SIREN déclaré et le nom concordent |
| Marseille | [211300553]({DIRECTORY}/211300553) | commune, 13 | \
[data.gouv.fr]({PORTAL}/organizations/211300553/) (4) | le SIREN déclaré et le nom concordent |

### Liens corrigés (1)

| Organisme | SIREN | Avant | Après |
| --- | --- | --- | --- |
| [Acigné]({PORTAL}/organizations/5aa/) | [213500010]({DIRECTORY}/213500010) | \
`http://vieux.example` | [`{PORTAL}/organizations/5aa/`]({PORTAL}/organizations/5aa/) |

### Comptes à jour (2)

| Organisme | Jeux de données |
| --- | --- |
| Rennes Métropole | 1204 → 1300 |
| [Acigné]({PORTAL}/organizations/5aa/) | 9 → 12 |

<details>
<summary>2 comptes laissés de côté, et pourquoi</summary>

- ni collectivité ni service public : 1 compte (Asso)
- service de l'État : 1 compte (DREAL Bretagne)

</details>

**Pour refuser** une ligne, remettez-la comme avant dans cette branche, ou verrouillez la cellule \
dans `data/verrous.csv`. Pour tout refuser, fermez cette demande sans la fusionner : elle ne \
reviendra que si la source change. Dès que vous modifiez la branche, le robot n'y touche plus ; \
l'étiquette `bot::pause` l'arrête aussi.

Source : data.gouv.fr, moisson du 5 janvier 2026, 6\u202f123 publicateurs lus, empreinte \
`0123456789abcdef`.
"""


def test_a_body_says_what_changes_what_is_asked_and_where_it_comes_from() -> None:
    assert proposal().body == BODY


@pytest.mark.parametrize(
    ("departement", "end"), [("", "1 commune."), ("35", "1 commune — Ille-et-Vilaine (35).")]
)
def test_a_body_is_placed_where_its_departement_is_known(departement: str, end: str) -> None:
    body, account = entry("213500028", "Amanlis", departement)
    plan = Plan("datagouv", additions=(body, account))
    assert proposal(plan).body.splitlines()[0].endswith(end)


def test_bodies_of_no_departement_are_placed_nowhere() -> None:
    plan = Plan("datagouv", additions=(*entry("1", "Un", ""), *entry("2", "Deux", "")))
    assert proposal(plan).body.splitlines()[0].endswith(" : 2 communes.")


def test_a_title_says_the_facts_on_one_line_and_how_many_answers_wait() -> None:
    facts = "2 entrées, 1 lien corrigé, 2 comptes à jour"
    assert proposal().title == f"data.gouv.fr : {facts} ; 2 questions"
    assert proposal(Plan("datagouv", doubts=(DOUBT,))).title == "data.gouv.fr : 1 question"


def test_a_title_names_the_first_kinds_and_counts_the_other_changes() -> None:
    late = replace(DOUBT, identifiant="late")
    statut = Edit("publications", ACIGNE, "statut", "publie", "vide")
    edits = (*PLAN.edits, statut, Edit("organisations", ("1",), "nom", "a", "b"))
    plan = replace(PLAN, edits=edits, absents=(RENNES,), later=(late, replace(late, siren="")))
    assert proposal(plan).title == (
        "data.gouv.fr : 2 entrées, 1 changement de statut, 1 lien corrigé, 4 autres changements"
        " ; 2 questions sur 3"
    )


def test_a_request_that_goes_on_from_a_full_one_says_so() -> None:
    made = Report(PLAN, NAMES, EVIDENCE, continues="!4").proposal({}, 65_536)
    assert made.title.startswith("data.gouv.fr (suite) : 2 entrées")
    assert made.body.startswith("Suite de la demande !4, qui était pleine.\n\n- **2 organismes")
    assert MORE not in made.body
    assert f"\n{MORE}\n" in proposal(replace(PLAN, waiting=(RENNES,))).body


def test_a_branch_has_neither_slash_nor_date() -> None:
    assert proposal().branch == "bot-moisson-datagouv"


def test_a_commit_says_the_amounts_and_its_source_as_a_trailer() -> None:
    assert proposal().message == (
        "moisson(datagouv) : 4 ajouts, 3 corrections\n\n"
        "- 2 entrées\n- 1 lien corrigé\n- 2 comptes à jour\n"
        "- 2 questions posées dans la demande\n\n"
        "Source: data.gouv.fr, moisson du 2026-01-05, empreinte 0123456789abcdef\n"
    )


def test_a_commit_of_questions_alone_says_so_once() -> None:
    assert proposal(Plan("datagouv", doubts=(DOUBT,))).message == (
        "moisson(datagouv) : 1 question\n\n"
        "Source: data.gouv.fr, moisson du 2026-01-05, empreinte 0123456789abcdef\n"
    )


@pytest.mark.parametrize(
    ("plan", "facts"),
    [
        (Plan("s", additions=entry("1", "A", "35")), "1 entrée"),
        (
            Plan("s", additions=(Addition("publications", (*ACIGNE[:2], "x"), {}, ""),)),
            "1 compte ajouté",
        ),
        (Plan("s", edits=(Edit("publications", ACIGNE, "statut", "publie", "disparu"),)),
         "1 changement de statut"),
        (Plan("s", edits=(Edit("publications", ACIGNE, "identifiant", "", "x"),)),
         "1 compte reconnu"),
        (Plan("s", edits=(Edit("organisations", ("1",), "nom", "a", "b"),)), "1 autre correction"),
        (Plan("s", additions=(Addition("plateformes", ("p",), {}, ""),)), "1 portail ajouté"),
        (
            Plan("s", edits=tuple(counted((str(n), "p", "i"), "1", "2") for n in range(12_345))),
            "12\u202f345 comptes à jour",
        ),
    ],
)  # fmt: skip
def test_facts_agree_in_number(plan: Plan, facts: str) -> None:
    assert proposal(plan).title == f"data.gouv.fr : {facts}"


def test_an_anomaly_makes_a_labelled_draft_that_says_so_first() -> None:
    plan = replace(PLAN, anomalies=("60 % des comptes ont disparu",))
    wish = proposal(plan)
    assert wish.draft
    assert wish.labels == ("anomalie",)
    assert wish.body.startswith("**Brouillon : cette moisson n'est pas normale.")
    assert "\n- `60 % des comptes ont disparu`\n" in wish.body


def test_a_request_after_a_refusal_names_the_one_before() -> None:
    report = Report(PLAN, NAMES, EVIDENCE, previous="!3", refused=1)
    said = "Demande précédente, fermée sans fusion : !3. La branche garde 1 refus noté dans"
    assert said in report.proposal({}, 65_536).body


def test_the_date_of_the_harvest_alone_does_not_change_the_stable_part() -> None:
    later = Report(PLAN, NAMES, replace(EVIDENCE, date="2026-01-12", digest="f" * 16))
    assert later.proposal({}, 65_536).stable == proposal().stable
    assert later.proposal({}, 65_536).body != proposal().body
