"""The lines of a request: what each table and each question shows, and in which order."""

from __future__ import annotations

from dataclasses import replace

from propose_literals import (
    ACIGNE,
    CONFLICT,
    DIRECTORY,
    DOUBT,
    EVIDENCE,
    NAMES,
    PLAN,
    PORTAL,
    RENNES,
    counted,
    proposal,
)

from observatoire.plan import Edit, Plan
from observatoire.propose.body import Report
from observatoire.propose.choices import Choice


def test_absent_accounts_are_listed_with_what_merging_does() -> None:
    left = (("A", "absent de cette moisson"), ("B", "service de l'État"))
    absents = (ACIGNE, ("2", "x", "@all"))
    wish = proposal(Plan("datagouv", absents=absents, revenus=(RENNES,), left=left))
    assert "<summary>1 compte laissé de côté, et pourquoi</summary>" in wish.body
    assert wish.title == "data.gouv.fr : 2 comptes absents, 1 compte revenu"
    assert (
        "- **2 comptes absents** : le registre ne change pas, la moisson en garde la date.\n"
        "- **1 compte revenu** : son absence est oubliée.\n" in wish.body
    )
    assert "### Absents (2)\n\nLa réponse complète de la source n'a plus ces comptes." in wish.body
    assert f"| Acigné | [213500010]({DIRECTORY}/213500010) | [data.gouv.fr]({PORTAL}/" in wish.body
    assert "| 2 | 2 | x | `@all` |" in wish.body
    assert "### Revenus (1)" in wish.body


def test_twenty_lines_show_and_the_others_are_folded() -> None:
    plan = Plan("s", edits=tuple(counted((f"{n:09}", "p", "i"), "1", "2") for n in range(35)))
    before, _, folded = proposal(plan).body.partition("<details>\n<summary>15 autres</summary>")
    assert before.count("1 → 2") == 20
    assert folded.count("1 → 2") == 15


def test_the_greatest_change_comes_first() -> None:
    plan = Plan("s", edits=(counted(ACIGNE, "1", "2"), counted(("2", "p", "i"), "90", "10")))
    body = proposal(plan).body
    assert body.index("90 → 10") < body.index("1 → 2")


def test_a_question_asked_before_is_folded_and_an_answer_stays_ticked_or_struck() -> None:
    report = Report(
        Plan("s", edits=(counted(ACIGNE, "1", "2"),)),
        NAMES,
        EVIDENCE,
        asked=(DOUBT,),
        choices=(Choice(replace(DOUBT, identifiant="5dd"), True), Choice(CONFLICT, False)),
    )
    body = report.proposal({}, 65_536).body
    head = (
        "### Questions déjà posées (1)\n\nElles sont restées sans réponse ; il est encore temps de"
    )
    folded = (
        "cocher ou de barrer.\n\n<details>\n<summary>les voir</summary>\n\n- [ ] « [Mairie de X]"
    )
    assert f"{head} {folded}" in body
    assert "### Décidé par vous (2)\n\n- [x] « [Mairie de X]" in body
    assert "\n- [ ] ~~Rennes Métropole (" in body
    assert "- 2 réponses de votre part notées." in body


def test_several_portals_are_named_on_each_line() -> None:
    names = replace(NAMES, pages={("data-gouv-fr", "5aa"): "", ("autre", "x"): ""})
    report = Report(Plan("s", edits=(counted(ACIGNE, "1", "2"),)), names, EVIDENCE)
    assert "| Acigné, data.gouv.fr | 1 → 2 |" in report.proposal({}, 65_536).body


def test_two_long_addresses_are_shown_by_what_tells_them_apart() -> None:
    start = f"{PORTAL}/explore/?disjunctive.theme=&sort=modified&refine.publisher="
    edits = (Edit("publications", ACIGNE, "url", f"{start}Rennes", f"{start}Commune+d%27Acigné"),)
    body = proposal(Plan("datagouv", edits=edits)).body
    assert f"publisher=Rennes`]({start}Rennes) | [`" in body
    assert f"publisher=Commune+d%27Acigné`]({start}Commune+d%27Acign%C3%A9)" in body


def test_the_line_of_an_account_just_recognised_leads_to_its_page() -> None:
    key = (*ACIGNE[:2], "")
    edits = (Edit("publications", key, "identifiant", "", "5aa"), counted(key, "9", "12"))
    body = proposal(Plan("datagouv", edits=edits)).body
    assert f"| [Acigné]({PORTAL}/organizations/5aa/) | 9 → 12 |" in body


def test_a_page_that_empties_shows_how_many_datasets_it_had() -> None:
    edits = (Edit("publications", ACIGNE, "statut", "publie", "vide"), counted(ACIGNE, "9", "0"))
    body = proposal(Plan("datagouv", edits=edits)).body
    assert "| Ligne | Clé | Avant → après | Jeux de données |" in body
    assert "| publie → vide | 9 → 0 |" in body


def test_a_cell_that_no_harvest_told_before_is_not_said_to_have_been_empty() -> None:
    first = replace(CONFLICT, base="")
    body = proposal(Plan("datagouv", conflicts=(first,))).body
    assert "la source dit `https://c.example` <!-- choix=" in body


def test_a_platform_whose_statut_changes_leads_to_its_page() -> None:
    edits = (Edit("plateformes", ("data-gouv-fr",), "statut", "active", "inactive", "muette"),)
    body = proposal(Plan("vivacite", edits=edits)).body
    assert f"| [data.gouv.fr]({PORTAL}) | data-gouv-fr | active → inactive | muette |" in body


def test_an_account_that_resembles_nobody_is_no_question() -> None:
    unknown = replace(DOUBT, siren="", candidat="", why="aucun SIREN déclaré")
    made = proposal(Plan("datagouv", doubts=(unknown,)))
    assert made.title == "data.gouv.fr : 1 compte inconnu"
    assert "- **1 compte inconnu**, sans rien à cocher." in made.body
    assert "[ ]" not in made.body
    assert "question" not in made.body.partition("### ")[0]
    again = Report(Plan("datagouv", doubts=(DOUBT,)), NAMES, EVIDENCE, asked=(unknown,))
    assert "déjà posées" not in again.proposal({}, 65_536).body


def test_questions_that_all_wait_for_the_merge_are_told() -> None:
    plan = replace(PLAN, conflicts=(), doubts=(), later=(DOUBT,))
    assert "- 1 question attend la fusion.\n" in proposal(plan).body
