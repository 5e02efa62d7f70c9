"""The figures of this register, beside a second computation that shares no code with the first."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from observatoire.files import Folder
from observatoire.indicators import files, tidy
from observatoire.indicators.snapshot import snapshots
from observatoire.register import Register

DATA = Path(__file__).parents[2] / "data"
FOLDERS = {"2021": "editions/2021", "2022": "editions/2022", "actuel": ""}
NEWEST = max(p.name for p in (DATA / "reference").iterdir() if p.name.isdigit())
VINTAGES = {"2021": "2022", "2022": "2022", "actuel": NEWEST}
LEVELS = ("REG", "DEP", "MET", "CU", "CA", "CC", "EPT", "COM")
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def made() -> files.Made:
    register = Register(Folder(DATA.parent))
    return files.make(register, snapshots(register, "2026-11-23"))


@pytest.fixture(scope="module")
def figures(made: files.Made) -> Mapping[tuple[str, ...], Row]:
    return made.figures.by(*tidy.KEY)


class State:
    """A state of the register, read with the standard library alone."""

    def __init__(self, vintage: str) -> None:
        folder, reference = FOLDERS[vintage], f"reference/{VINTAGES[vintage]}"
        self.bodies = {r["siren"]: r for r in rows(f"{folder}/organisations".strip("/"))}
        self.platforms = {r["id"]: r for r in rows(f"{folder}/plateformes".strip("/"))}
        self.accounts = [
            r
            for r in rows(f"{folder}/publications".strip("/"))
            if r["statut"] == "publie" and r["nb_jeux"] != "0"
        ]
        living = {s for s, r in self.bodies.items() if r["statut"] in ("actif", "a_verifier", "")}
        self.open = living & {r["siren"] for r in self.accounts}
        self.actors = {s for s in self.open if self.bodies[s]["type"] != "SDE"}
        self.communes = rows(f"{reference}/communes")
        self.epci = {r["siren"]: r for r in rows(f"{reference}/epci")}
        self.holders = {
            r["siren"]
            for level in ("departements", "regions")
            for r in rows(f"{reference}/{level}")
            if r["siren"]
        }

    def obliged(self) -> set[str]:
        big = {c["siren"] for c in self.communes if int(c["population"] or 0) >= 3500} - {""}
        return big | set(self.epci) | self.holders

    def named(self) -> Iterator[tuple[str, Row]]:
        """The accounts of actors, with their organisation."""
        for account in self.accounts:
            if account["siren"] in self.actors:
                yield account["siren"], account


@pytest.fixture(scope="module", params=list(FOLDERS))
def vintage(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def state(vintage: str) -> State:
    return State(vintage)


def test_i1_counts_the_actors(
    figures: Mapping[tuple[str, ...], Row], vintage: str, state: State
) -> None:
    row = figures["I1", vintage, "ensemble", "ensemble"]

    assert int(row["numerateur"]) == len(state.actors)
    assert int(row["denominateur"]) == sum(r["type"] != "SDE" for r in state.bodies.values())


def test_i3_divides_open_and_obliged_by_obliged(
    figures: Mapping[tuple[str, ...], Row], vintage: str, state: State
) -> None:
    obliged = state.obliged()
    row = figures["I3", vintage, "ensemble", "ensemble"]

    # Paris is a commune and a département under one number, and so on: one body each.
    assert int(row["denominateur"]) == len(obliged)
    assert int(row["numerateur"]) == len(obliged & state.open)
    assert float(row["valeur"]) == pytest.approx(
        100 * len(obliged & state.open) / len(obliged), abs=0.051
    )


def test_i5_counts_each_inhabitant_once_and_the_legacy_sum_twice(
    figures: Mapping[tuple[str, ...], Row], vintage: str, state: State
) -> None:
    everyone = union = legacy = 0
    for commune in state.communes:
        people = int(commune["population"] or 0)
        everyone += people
        if any(
            commune[level] and commune[level] in state.open for level in ("siren", "epci", "ept")
        ):
            union += people
        if commune["siren"] in state.open:
            legacy += people
    legacy += sum(
        int(r["population"] or 0)
        for s, r in state.epci.items()
        if s in state.open and r["type"] != "EPT"
    )
    near = figures["I5", vintage, "formule", "union_communes"]
    old = figures["I5", vintage, "formule", "somme_historique"]

    assert (int(near["numerateur"]), int(near["denominateur"])) == (union, everyone)
    assert (int(old["numerateur"]), int(old["denominateur"])) == (legacy, everyone)
    assert union < legacy < everyone


def test_i8_counts_who_uses_data_gouv_fr_and_each_technology(
    figures: Mapping[tuple[str, ...], Row], vintage: str, state: State
) -> None:
    places, technos = defaultdict(set), defaultdict(set)
    for siren, account in state.named():
        places[siren].add(account["plateforme"])
        technos[state.platforms[account["plateforme"]]["techno"]].add(siren)
    national = sum("data-gouv-fr" in p for p in places.values())
    row = figures["I8", vintage, "usage", "datagouv"]

    assert (int(row["numerateur"]), int(row["denominateur"])) == (national, len(state.actors))
    for techno in ("opendatasoft", "ckan", "udata"):
        found = figures["I8", vintage, "techno", techno]
        assert int(found["numerateur"]) == len(technos[techno])


def test_i9_bounds_hold_the_datasets(
    figures: Mapping[tuple[str, ...], Row], vintage: str, state: State
) -> None:
    counts = defaultdict(list)
    for siren, account in state.named():
        if account["nb_jeux"]:
            counts[siren].append(int(account["nb_jeux"]))
    low, high = (figures["I9", vintage, "borne", name] for name in ("basse", "haute"))

    assert int(low["numerateur"]) == sum(max(c) for c in counts.values())
    assert int(high["numerateur"]) == sum(sum(c) for c in counts.values())
    assert int(low["denominateur"]) == int(high["denominateur"]) == len(counts)


def test_i15_sets_what_platforms_claim_beside_what_is_counted(
    figures: Mapping[tuple[str, ...], Row], vintage: str, state: State
) -> None:
    hosted = defaultdict(set)
    for siren, account in state.named():
        hosted[account["plateforme"]].add(siren)
    told = {
        id: int(r["nb_structures_declare"])
        for id, r in state.platforms.items()
        if r["perimetre"] == "territorial" and r["nb_structures_declare"]
    }
    claimed = figures["I15", vintage, "structures", "annoncees"]
    counted = figures["I15", vintage, "structures", "comptees"]

    assert int(claimed["numerateur"]) == sum(told.values())
    assert int(counted["numerateur"]) == sum(len(hosted[id]) for id in told)


def test_i2_tells_who_came_and_left_between_the_editions(
    figures: Mapping[tuple[str, ...], Row],
) -> None:
    before, after = State("2021").actors, State("2022").actors
    found = {
        flow: int(figures["I2", "2022", flow, "ensemble"]["valeur"])
        for flow in ("entrees", "sorties", "solde")
    }

    assert found == {
        "entrees": len(after - before),
        "sorties": len(before - after),
        "solde": len(after) - len(before),
    }


def test_silent_bodies_are_the_obliged_less_the_open(made: files.Made) -> None:
    state = State("actuel")

    assert set(made.absent.column("siren")) == state.obliged() - state.open


def test_every_published_figure_of_2021_and_2022_is_set_beside_ours(made: files.Made) -> None:
    compared = [r for r in made.compared.records() if r["millesime"] in {"2021", "2022"}]

    assert {r["indicateur"] for r in compared} == {"I1", "I2", "I3", "I5", "I6", "I7", "I8", "I15"}
    for row in compared:
        assert row["valeur_calculee"], row
        assert row["numerateur_calcule"], row
        assert row["denominateur_calcule"], row
        assert float(row["ecart"]) == pytest.approx(
            float(row["valeur_calculee"]) - float(row["valeur_publiee"])
        )
        assert row["explication"].endswith((".", "csv."))


def explained(made: files.Made, *key: str) -> str:
    text = made.compared.by(*tidy.KEY)[key]["explication"]
    assert text
    return text


def test_numbers_in_the_explanations_hold(
    made: files.Made, figures: Mapping[tuple[str, ...], Row]
) -> None:
    before, after = State("2021"), State("2022")
    empty = {
        year: sum(r["type"] != "SDE" for r in s.bodies.values()) - len(s.actors)
        for year, s in (("2021", before), ("2022", after))
    }
    newcomers = after.bodies.keys() - before.bodies.keys()
    woken = (after.actors - before.actors) - newcomers

    net = explained(made, "I2", "2022", "solde", "ensemble")
    assert f"compte {len(before.bodies)} organismes" in net
    assert f"{empty['2021']} en 2021 et {empty['2022']} en 2022" in net
    entries = explained(made, "I2", "2022", "entrees", "ensemble")
    assert newcomers <= after.actors
    assert f"{len(newcomers)} organismes apparaissent et publient ; {len(woken)} autres" in entries
    assert before.bodies.keys() <= after.bodies.keys()
    assert "Aucun organisme de notre fichier de 2021 ne manque" in explained(
        made, "I2", "2022", "sorties", "ensemble"
    )


def test_an_explanation_names_lines_that_exist(
    made: files.Made, figures: Mapping[tuple[str, ...], Row]
) -> None:
    text = explained(made, "I5", "2022", "formule", "somme_historique")
    (name,) = re.findall(r"la ligne (\w+)", text)

    assert ("I5", "2022", "formule", name) in figures
