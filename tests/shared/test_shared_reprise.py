"""Of the old lines of bodies nothing is lost in silence: each cell is found, or in the journal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from old_editions import REGIONS, Side, clean, key, said

from observatoire.migrations.reprise_2022 import assemble, sources
from observatoire.model import Row
from observatoire.reference import lookup

HUB = "data-gouv-fr"
CLOSE = 0.05


@pytest.fixture(scope="module", params=["2021", "2022"])
def side(request: pytest.FixtureRequest, old: sources.Sources, rebuilt: assemble.Rebuilt) -> Side:
    if request.param == "2022":
        return Side(old.edition, rebuilt.present, {"place": "depcode", "themes": "Thématiques"})
    return Side(old.export, rebuilt.past, {"place": "Département", "themes": "Thèmatiques"})


def unsaid(side: Side, champ: str, found: Callable[[Row, str, str], bool]) -> list[tuple[str, str]]:
    """The lines whose cell is neither found in the tables nor named by the journal."""
    out = []
    for row in side.old:
        siren, cell = clean(row["siren"]), row[champ]
        if cell and not said(side, siren, champ, cell) and not found(row, siren, cell):
            out.append((siren, cell))
    return out


def parts(cell: str) -> Iterator[str]:
    return (clean(v) for v in cell.split(",") if v.strip())


def test_every_line_of_the_editions_is_in_the_register_or_in_the_journal(side: Side) -> None:
    assert len(side.old) == {"depcode": 1062, "Département": 891}[side.columns["place"]]
    kept = {(o["siren"], o["nom"]) for o in side.edition.organisations}
    left = [r for r in side.old if (clean(r["siren"]), clean(r["nom"])) not in kept]
    for row in left:
        reasons = {
            c["regle"]
            for c in side.edition.corrections
            if (c["cle"], c["champ"], c["nom"]) == (clean(row["siren"]), "siren", row["nom"])
        }
        assert any("deux lignes" in r for r in reasons), row
    assert len(left) == len(side.old) - len(side.edition.organisations)


def test_each_siren_is_the_key_of_a_line_and_each_change_is_said(side: Side) -> None:
    assert unsaid(side, "siren", lambda _r, _s, cell: cell in side.bodies) == []


@pytest.mark.parametrize("champ", ["nom", "type"])
def test_names_and_types_are_kept(side: Side, champ: str) -> None:
    lost = unsaid(side, champ, lambda _r, siren, cell: side.bodies[siren][champ] == clean(cell))
    assert lost == []


def test_a_region_follows_from_the_departement(
    side: Side, references: list[lookup.Reference]
) -> None:
    def found(_row: Row, siren: str, cell: str) -> bool:
        code = REGIONS.get(cell, cell.rpartition("-")[2])
        return references[1].region_of(side.bodies[siren]["departement"]) == code

    assert unsaid(side, "regcode", found) == []


def test_a_departement_is_kept(side: Side) -> None:
    champ = side.columns["place"]
    assert unsaid(side, champ, lambda _r, s, cell: side.bodies[s]["departement"] == cell) == []


@pytest.mark.parametrize(("champ", "ours"), [("lat", "latitude"), ("long", "longitude")])
def test_a_coordinate_is_kept(side: Side, champ: str, ours: str) -> None:
    def found(_row: Row, siren: str, cell: str) -> bool:
        kept = side.bodies[siren][ours]
        return kept != "" and float(kept) == float(cell)

    assert unsaid(side, champ, found) == []


def test_a_population_is_that_of_the_reference_or_is_kept(
    side: Side, references: list[lookup.Reference]
) -> None:
    def found(_row: Row, siren: str, cell: str) -> bool:
        served = side.bodies[siren]["population_desservie"]
        body = references[0].bodies.get(siren)
        official = body.population if body and body.population else 0
        return served == str(int(float(cell))) or abs(float(cell) - official) <= CLOSE * official

    assert unsaid(side, "pop-insee", found) == []


@pytest.mark.parametrize(
    ("champ", "local", "ours"),
    [("nb-ptf", True, "nb_jeux"), ("nb-datagouv", False, "nb_jeux")],
)
def test_a_count_is_that_of_a_publication(side: Side, champ: str, local: bool, ours: str) -> None:
    def found(_row: Row, siren: str, cell: str) -> bool:
        there = [p for p in side.publications(siren) if (p["plateforme"] != HUB) == local]
        return any(p[ours] == str(int(float(cell))) for p in there)

    lost = [(s, c) for s, c in unsaid(side, champ, found) if not _moved(side, s)]
    assert lost == []


def _moved(side: Side, siren: str) -> bool:
    """The local column held an account of data.gouv.fr, and the journal says so."""
    return any(
        c["cle"] == siren and "rangée parmi les portails locaux" in c["regle"]
        for c in side.edition.corrections
    )


def test_an_address_of_a_portal_is_that_of_a_publication(side: Side) -> None:
    def found(_row: Row, siren: str, cell: str) -> bool:
        return any(p["url"] == cell.strip() for p in side.publications(siren))

    assert unsaid(side, "url-ptf", found) == []


def test_an_address_of_datagouv_shows_the_same_account(side: Side) -> None:
    def found(_row: Row, siren: str, cell: str) -> bool:
        asked = re.search(r"[?&]organization=([^&#]+)|/organizations/([^/?#]+)", cell)
        account = (asked[1] or asked[2]) if asked else None
        return any(
            p["url"] == f"https://www.data.gouv.fr/organizations/{account}/"
            for p in side.publications(siren)
        )

    assert unsaid(side, "url-datagouv", found) == []


@pytest.mark.parametrize("champ", ["id-datagouv", "id-ods"])
def test_an_id_is_that_of_a_publication(side: Side, champ: str) -> None:
    def found(_row: Row, siren: str, cell: str) -> bool:
        return any(p["identifiant"] == clean(cell) for p in side.publications(siren))

    assert unsaid(side, champ, found) == []


def test_merge_follows_from_the_publications(side: Side) -> None:
    def found(_row: Row, siren: str, cell: str) -> bool:
        where = {p["plateforme"] for p in side.publications(siren)}
        return cell == "+".join(["ptf"] * bool(where - {HUB}) + ["datagouv"] * (HUB in where))

    assert unsaid(side, "merge", found) == []


def test_a_platform_name_is_that_of_a_platform_used(side: Side) -> None:
    def lost(row: Row) -> list[str]:
        siren = clean(row["siren"])
        used = {side.platforms[p["plateforme"]]["nom"] for p in side.publications(siren)}
        used |= {"DataGouv"} & {"DataGouv" for n in used if n == "data.gouv.fr"}
        names = [n for n in parts(row["ptf"]) if n not in used]
        return [n for n in names if not said(side, siren, "ptf", n)]

    missing = {r["siren"]: lost(r) for r in side.old if not said(side, r["siren"], "ptf", r["ptf"])}
    assert {s: n for s, n in missing.items() if n} == {}


def test_a_software_is_that_of_a_platform_used(side: Side) -> None:
    champ = "Techno (from Plateformes)"
    lost = []
    for row in side.old:
        siren = clean(row["siren"])
        used = {side.platforms[p["plateforme"]]["techno"] for p in side.publications(siren)}
        for techno in parts(row[champ]):
            if key(techno) not in map(key, used) and not said(side, siren, champ, techno):
                lost.append((siren, techno))
    assert lost == []


def test_a_theme_is_kept(side: Side) -> None:
    champ = side.columns["themes"]
    lost = [
        (row["siren"], theme)
        for row in side.old
        for theme in parts(row[champ])
        if theme not in side.bodies[clean(row["siren"])]["thematiques"].split("|")
        and not said(side, clean(row["siren"]), champ, theme)
        and not said(side, clean(row["siren"]), champ, row[champ])
    ]
    assert lost == []


def test_programmes_and_flags_of_the_export_are_kept_or_said(
    old: sources.Sources, rebuilt: assemble.Rebuilt
) -> None:
    bodies = {o["siren"]: o for o in rebuilt.past.organisations}
    present = {o["siren"]: o for o in rebuilt.present.organisations}
    side = Side(old.export, rebuilt.past, {})
    for row in old.export:
        siren = clean(row["siren"])
        programme = "Action cœur de ville" if row["ACV"] else ""
        assert bodies[siren]["programmes"] == present[siren]["programmes"] == programme
        assert not row["A vériifier"] or said(side, siren, "A vériifier", row["A vériifier"])
