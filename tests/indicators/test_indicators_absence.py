"""The list of the obliged bodies that publish nothing: nobody is left out, nobody is accused."""

from __future__ import annotations

import pocket
import pytest
from pocket import DAY, register

from observatoire.indicators import absence, files
from observatoire.indicators.model import CURRENT
from observatoire.indicators.snapshot import snapshots


@pytest.fixture(scope="module")
def made() -> files.Made:
    return files.make(register(), snapshots(register(), DAY))


def test_silent_bodies_are_listed_the_most_populated_first(made: files.Made) -> None:
    rows = list(made.absent.records())
    people = [int(r["population"]) for r in rows]

    # 19 obliged bodies, of which 6 are open.
    assert len(rows) == 13
    assert people == sorted(people, reverse=True)
    assert [r["nom"] for r in rows[:2]] == ["Ille-et-Vilaine", "Métropole du Grand Paris"]
    assert not {r["siren"] for r in rows} & {"213502388", "219200409", "233500016", "213500028"}


def test_a_silent_body_comes_with_its_size_and_territory(made: files.Made) -> None:
    row = made.absent.by("siren")[("212202782",)]

    assert {k: row[k] for k in absence.COLUMNS if k != "siren"} == {
        "code_insee": "22278",
        "nom": "Saint-Brieuc",
        "type": "COM",
        "population": "44000",
        "tranche": "de 25 000 à 49 999 habitants",
        "departement": "22",
        "nom_departement": "Côtes-d'Armor",
        "region": "53",
        "nom_region": "Bretagne",
        "epci": "200069409",
        "nom_epci": "CA Saint-Brieuc",
        "epci_publie": "non",
        "situation": "compte vide",
        "autre_siren": "",
        "moisson": "2026-11-20",
        "referentiel": "2022",
        "date": DAY,
    }


@pytest.mark.parametrize(
    ("siren", "epci", "situation"),
    [
        ("213500010", "oui", "absent du registre"),
        ("219740115", "", "publication disparue"),
        ("200054781", "", "absent du registre"),
    ],
)
def test_what_the_register_knows_of_a_silent_body_is_said(
    made: files.Made, siren: str, epci: str, situation: str
) -> None:
    row = made.absent.by("siren")[(siren,)]

    assert (row["epci_publie"], row["situation"]) == (epci, situation)


def test_what_the_reference_does_not_know_of_a_silent_body_is_left_empty() -> None:
    communes = pocket.TABLES["reference/2022/communes"].replace(
        "Saint-Brieuc,22,200069409,,44000,53", "Saint-Brieuc,99,,,44000,"
    )
    epci = pocket.TABLES["reference/2022/epci"].replace("CC,35,1,1700,53", "CC,35,1,,53")
    (_, now) = pocket.states(reference__2022__communes=communes, reference__2022__epci=epci)
    found = absence.listed(now).by("siren")
    commune, group = found[("212202782",)], found[("243500618",)]

    assert [commune[k] for k in ("departement", "nom_departement", "region", "nom_region")] == [
        *("99", "", "", "")
    ]
    assert [commune[k] for k in ("epci", "nom_epci", "epci_publie")] == ["", "", ""]
    assert [group[k] for k in ("code_insee", "population", "tranche")] == ["", "", ""]


def test_a_body_that_is_tracked_without_account_is_said() -> None:
    rows = pocket.TABLES["publications"].replace(
        "212202782,data-gouv-fr,d-brieuc,,0,,,reprise,vide\n", ""
    )
    (_, now) = pocket.states(publications=rows)

    assert absence.listed(now).by("siren")[("212202782",)]["situation"] == "suivi, sans publication"


METROPOLE = "243500139,Rennes Métropole,MET,35,,,,,,,actif"


@pytest.mark.parametrize(
    ("line", "redirections", "silent"),
    [
        ("243500999,CA DE RENNES,CA,35,,,,,,,actif", "", "243500139"),
        ("222200999,Saint-Brieuc,COM,22,,,,,,,actif", "", "212202782"),
        # The SIREN of Amanlis, in Ille-et-Vilaine, on a line of Côtes-d'Armor.
        ("213500028,ST BRIEUC,COM,22,,,,,,,actif", "", "212202782"),
        (
            "243500999,Agglo d'autrefois,CA,35,,,,,,,actif",
            "organisations,243500999,243500139,remplacée\n",
            "243500139",
        ),
    ],
    ids=["other kind of EPCI", "unknown number", "number of another", "replaced"],
)
def test_a_body_that_may_publish_under_another_number_is_not_accused(
    line: str, redirections: str, silent: str
) -> None:
    siren = line.partition(",")[0]
    others = [r for r in pocket.TABLES["organisations"].splitlines() if not r.startswith(siren)]
    body = pocket.TABLES["publications"].replace("243500139,", f"{siren},")
    (_, now) = pocket.states(
        organisations="\n".join([*others, line, ""]).replace(f"{METROPOLE}\n", ""),
        publications=body,
        redirections=f"table,cle,successeur,motif\n{redirections}",
    )
    found = absence.listed(now).by("siren")[(silent,)]

    assert found["situation"] == "à vérifier : publie peut-être sous un autre SIREN"
    assert found["autre_siren"] == siren


def test_a_namesake_of_another_kind_or_place_changes_nothing() -> None:
    rows = pocket.TABLES["organisations"] + (
        "999999991,Saint-Brieuc,AGCT,22,,,,,,,actif\n999999992,Saint-Brieuc,COM,35,,,,,,,actif\n"
    )
    accounts = "".join(f"99999999{i},data-gouv-fr,{i},,5,,,manuel,publie\n" for i in (1, 2))
    (_, now) = pocket.states(
        organisations=rows, publications=pocket.TABLES["publications"] + accounts
    )

    assert absence.listed(now).by("siren")[("212202782",)]["autre_siren"] == ""


def test_a_ceased_body_that_the_reference_still_has_is_said() -> None:
    rows = pocket.TABLES["organisations"].replace("MET,35,,,,,,,actif", "MET,35,,,,,,,cesse")
    (_, now) = pocket.states(organisations=rows)

    found = absence.listed(now).by("siren")[("243500139",)]
    assert found["situation"] == "noté comme disparu, encore au référentiel"


def test_the_list_is_what_the_rate_leaves_out(made: files.Made) -> None:
    rate = made.figures.by("indicateur", "millesime", "dimension", "modalite")[
        "I3", CURRENT, "ensemble", "ensemble"
    ]

    assert len(made.absent) == int(rate["denominateur"]) - int(rate["numerateur"])
