"""Does the name of an account agree with that of a body?"""

from __future__ import annotations

import pytest

from observatoire.reconcile.agreement import agreement
from observatoire.reconcile.vocabulary import associated_type, state, territory


@pytest.mark.parametrize(
    ("label", "nom", "type"),
    [
        ("Mairie d'Acigné", "ACIGNE", "COM"),
        ("Commune de Sixt-sur-Aff", "Sixt-sur-Aff", "COM"),
        ("Mairie de Montluel (IRVE)", "Montluel", "COM"),
        ("Aspremont (05)", "ASPREMONT", "COM"),
        ("Aspremont 05140", "Aspremont", "COM"),
        ("Ville de Saint Malo - Open data", "Saint-Malo", "COM"),
        ("Région Auvergne-Rhône-Alpes", "Auvergne-Rhône-Alpes", "REG"),
        ("Conseil départemental de l'Ain", "Ain", "DEP"),
        ("Grand Annecy", "CA du Grand Annecy", "CA"),
        ("Limoges Métropole", "CU Limoges Métropole", "CU"),
        ("SDIS du Gard", "SDIS 30 GARD", "OACT"),
        ("Mairie de Montbéliar", "Montbéliard", "COM"),
    ],
)
def test_a_name_written_otherwise_agrees(label, nom, type):
    departement = {"Aspremont": "05", "ASPREMONT": "05"}.get(nom, "")
    assert agreement(label, nom, type, departement).certain


@pytest.mark.parametrize(
    ("label", "nom", "type"),
    [
        ("SGAR Auvergne-Rhône-Alpes", "Auvergne-Rhône-Alpes", "REG"),
        ("DREAL Bretagne", "Bretagne", "REG"),
        ("Préfecture de l'Ain", "Ain", "DEP"),
        ("Rennes Métropole", "Rennes", "COM"),
        ("Mairie d'Albi", "CA de l'Albigeois", "CA"),
        ("Département de la Loire", "Loiret", "DEP"),
        ("Office de tourisme de Dinan", "Dinan", "COM"),
        ("CCAS de Châteauneuf-sur-Loire", "Châteauneuf-sur-Loire", "COM"),
        ("Montluel (CCAS)", "Montluel", "COM"),
        ("Orange Business", "Orange", "COM"),
        ("Aspremont (06)", "Aspremont", "COM"),
        ("Mairie de Vienne", "Vienne", "DEP"),
        ("", "Vienne", "DEP"),
    ],
)
def test_another_body_with_a_like_name_does_not_agree(label, nom, type):
    assert not agreement(label, nom, type, "05" if nom == "Aspremont" else "").certain


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("Aspremont (05)", "05"),
        ("Mairie de X - 35250", "35"),
        ("Saint-Denis (974)", "974"),
        ("Saint-Denis 97400", "974"),
        ("Bastia (2b)", "2B"),
        ("Objectif 2030", ""),
        ("Paris 5", ""),
    ],
)
def test_a_name_may_state_its_departement(label, place):
    assert territory(label) == place


def test_a_name_suggests_the_type_of_an_associated_body():
    assert associated_type("Syndicat mixte des mobilités") == "AGCT"
    assert associated_type("Office de tourisme de Dinan") == "OACT"
    assert associated_type("Montélibus") == "DSPT"
    assert associated_type("Mairie d'Ars") == ""
    assert state("DDT de Tarn-et-Garonne") == {"ddt"}
