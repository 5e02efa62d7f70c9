"""The text of a request: what a maintainer reads, and its size whatever the input."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from propose_literals import (
    ACIGNE,
    CONFLICT,
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

from observatoire.plan import Addition, Doubt, Edit, Plan
from observatoire.propose.body import Report
from observatoire.propose.choices import Choice
from observatoire.propose.proposal import Evidence, Names

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
DIRECTORY = "https://annuaire-entreprises.data.gouv.fr/entreprise"
BODY = f"""\
- **2 organismes entrent au registre** : 2 communes — Bouches-du-Rhône (13) 1, \
Ille-et-Vilaine (35) 1.
- **1 lien corrigé** et **2 comptes mis à jour** (+ 99 jeux de données au total).
- **2 questions** pour vous, ci-dessous.

### À décider : modifié des deux côtés (1)

Une personne a changé ces cellules, la source aussi ; le registre garde celle de la personne. \
Cochez pour dire oui, barrez le texte (`~~`) pour dire non : le robot applique votre réponse à \
son prochain passage, et la retient.

- [ ] Rennes Métropole ([243500139]({DIRECTORY}/243500139)), lien : le registre dit \
`https://b.example`, la source dit `https://c.example` (avant : `https://a.example`) \
<!-- choix=d004eed1a704 -->

### À décider : qui est-ce ? (1)

Ces comptes ressemblent à un organisme sans que ce soit sûr ; rien n'est écrit pour eux. \
Cochez pour dire oui, barrez le texte (`~~`) pour dire non : le robot applique votre réponse à \
son prochain passage, et la retient.

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


def test_a_title_says_the_facts_on_one_line() -> None:
    assert proposal().title == "data.gouv.fr : 2 entrées, 1 lien corrigé, 2 comptes à jour"
    assert proposal(Plan("datagouv", doubts=(DOUBT,))).title == "data.gouv.fr : 1 question"


def test_a_branch_has_neither_slash_nor_date() -> None:
    assert proposal().branch == "bot-moisson-datagouv"


def test_a_commit_says_the_amounts_and_its_source_as_a_trailer() -> None:
    assert proposal().message == (
        "moisson(datagouv) : 4 ajouts, 3 corrections\n\n"
        "- 2 entrées\n- 1 lien corrigé\n- 2 comptes à jour\n"
        "- 2 questions posées dans la demande\n\n"
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


def test_absent_accounts_are_listed_with_what_merging_does() -> None:
    wish = proposal(Plan("datagouv", absents=(ACIGNE, ("2", "x", "@all")), revenus=(RENNES,)))
    assert wish.title == "data.gouv.fr : 2 comptes absents, 1 compte revenu"
    assert (
        "- **2 comptes absents** et **1 compte revenu** : le registre ne change pas, la moisson en"
        " garde la date.\n" in wish.body
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


def test_an_anomaly_makes_a_labelled_draft_that_says_so_first() -> None:
    plan = replace(PLAN, anomalies=("60 % des comptes ont disparu",))
    wish = proposal(plan)
    assert wish.draft
    assert wish.labels == ("anomalie",)
    assert wish.body.startswith("**Brouillon : cette moisson n'est pas normale.")
    assert "\n- `60 % des comptes ont disparu`\n" in wish.body


def test_a_question_asked_before_is_folded_and_an_answer_stays_ticked_or_struck() -> None:
    report = Report(
        Plan("s", edits=(counted(ACIGNE, "1", "2"),)),
        NAMES,
        EVIDENCE,
        asked=(DOUBT,),
        choices=(Choice(replace(DOUBT, identifiant="5dd"), True), Choice(CONFLICT, False)),
    )
    body = report.proposal({}, 65_536).body
    folded = (
        "### Questions déjà posées (1)\n\n<details>\n<summary>les voir</summary>\n\n- [ ] « [Mair"
    )
    assert folded in body
    assert "### Décidé par vous (2)\n\n- [x] « [Mairie de X]" in body
    assert "\n- [ ] ~~Rennes Métropole (" in body
    assert "- 2 réponses de votre part notées." in body


def test_a_request_after_a_refusal_names_the_one_before() -> None:
    report = Report(PLAN, NAMES, EVIDENCE, previous="!3", refused=1)
    said = "Demande précédente, fermée sans fusion : !3. La branche garde 1 refus noté dans"
    assert said in report.proposal({}, 65_536).body


def test_the_date_of_the_harvest_alone_does_not_change_the_stable_part() -> None:
    later = Report(PLAN, NAMES, replace(EVIDENCE, date="2026-01-12", digest="f" * 16))
    assert later.proposal({}, 65_536).stable == proposal().stable
    assert later.proposal({}, 65_536).body != proposal().body


def test_several_portals_are_named_on_each_line() -> None:
    names = replace(NAMES, pages={("data-gouv-fr", "5aa"): "", ("autre", "x"): ""})
    report = Report(Plan("s", edits=(counted(ACIGNE, "1", "2"),)), names, EVIDENCE)
    assert "| Acigné, data.gouv.fr | 1 → 2 |" in report.proposal({}, 65_536).body


HUGE = "@all /merge ![x](javascript:alert(1)) `|` <b>" * 20_000


def huge(rows: int) -> Plan:
    keys = [(f"{n:09}", "data-gouv-fr", HUGE[:300]) for n in range(rows)]
    return Plan(
        source="datagouv",
        additions=tuple(a for n in range(rows) for a in entry(f"{n:09}", HUGE[:400], HUGE[:50])),
        edits=tuple(
            Edit("publications", k, f, HUGE[:500], HUGE[:600])
            for k in keys
            for f in ("url", "nom", "statut", "nb_jeux")
        ),
        doubts=tuple(
            Doubt("p", str(n), HUGE[:500], f"{n:09}", HUGE[:500], 0.5, HUGE[:500])
            for n in range(rows)
        ),
        left=tuple((HUGE[:500], f"{n} {HUGE[:500]}") for n in range(rows)),
        anomalies=tuple(f"{n} {HUGE[:1000]}" for n in range(rows)),
    )


@pytest.mark.parametrize("limit", [25_000, 65_536, 1_048_576])
def test_a_body_stays_under_the_limit_whatever_the_input(limit: int) -> None:
    plan = huge(400)
    body = proposal(plan, limit).body
    assert len(body.encode()) + 400 <= limit
    if limit < 1_000_000:
        assert "ne sont pas montrées ici : les fichiers modifiés ont tout.*" in body
        assert len(body.encode()) > limit / 2


def test_questions_and_answers_are_whole_where_tables_must_be_cut() -> None:
    rows = tuple(counted((f"{n:09}", "p", "a" * 90), "1", str(n)) for n in range(2000))
    doubts = tuple(replace(DOUBT, identifiant=str(n)) for n in range(50))
    answers = tuple(Choice(replace(DOUBT, identifiant=f"d{n}"), n % 2 == 0) for n in range(50))
    plan = Plan("datagouv", edits=rows, doubts=doubts)
    body = Report(plan, NAMES, EVIDENCE, choices=answers).proposal({}, 65_536).body
    assert body.count("<!-- choix=") == 100
    assert "ne sont pas montrées ici : les fichiers modifiés ont tout.*" in body


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


def test_a_hostile_title_stays_on_one_bounded_line() -> None:
    evidence = Evidence("a\nb @all " + "x" * 500, "2026-01-05", 1, "0")
    title = Report(PLAN, NAMES, evidence).proposal({}, 65_536).title
    assert "\n" not in title
    assert len(title) <= 240


NASTY = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["@all", "/merge", "`", "|", "~~", "<b>", "-->", "![x](y)", "](http://e.vil)", "\n/close\n"]
    ),
)
EDITS = st.builds(
    Edit,
    st.sampled_from(["organisations", "publications", "plateformes", "autre"]),
    st.tuples(NASTY, NASTY, NASTY),
    st.sampled_from(["url", "nom", "statut", "nb_jeux", "identifiant"]),
    NASTY,
    NASTY,
)
DOUBTS = st.builds(Doubt, NASTY, NASTY, NASTY, NASTY, NASTY, st.floats(0, 1), NASTY, NASTY)
PLANS = st.builds(
    Plan,
    st.just("datagouv"),
    additions=st.lists(
        st.builds(
            Addition,
            st.sampled_from(["organisations", "publications", "plateformes", "autre"]),
            st.tuples(NASTY, NASTY, NASTY),
            st.fixed_dictionaries({"nom": NASTY, "type": NASTY, "url": NASTY, "nb_jeux": NASTY}),
            NASTY,
        ),
        max_size=3,
    ).map(tuple),
    edits=st.lists(EDITS, max_size=4).map(tuple),
    doubts=st.lists(DOUBTS, max_size=3).map(tuple),
    left=st.lists(st.tuples(NASTY, NASTY), max_size=2).map(tuple),
    anomalies=st.lists(NASTY, max_size=2).map(tuple),
)


@settings(max_examples=100, deadline=None)
@given(PLANS, NASTY, NASTY)
def test_a_body_from_hostile_sources_has_only_our_links_and_our_html(
    plan: Plan, name: str, page: str
) -> None:
    names = Names(
        organisations={"213500010": (name, name)},
        departements={name: name},
        plateformes={"data-gouv-fr": (name, PORTAL)},
        pages={("data-gouv-fr", name): page},
    )
    body = Report(plan, names, EVIDENCE).proposal({}, 65_536).body
    assert not any(line.lstrip().startswith("/") for line in body.splitlines())
    tokens = [t for token in MARKDOWN.parse(body) for t in (token, *(token.children or ()))]
    assert "image" not in {t.type for t in tokens}
    for token in tokens:
        if token.type == "link_open":
            assert str(token.attrs["href"]).startswith((f"{PORTAL}/", f"{DIRECTORY}/"))
        if token.type == "html_block":
            first = token.content.splitlines()[0]
            assert first in {"<details>", "</details>"}, token.content
        if token.type == "html_inline":
            assert token.content.startswith("<!-- choix="), token.content
        if token.type == "text":
            assert "@" not in token.content
