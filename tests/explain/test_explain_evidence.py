"""`observatoire explain` tells each kind of evidence, on a small register with a real Git."""

from __future__ import annotations

import pytest
from explain_desk import ORGANISATIONS, commit, explain, write
from propose_register import ACIGNE, AMANLIS, Desk, account

from observatoire.register import path_of

ACCOUNT = {
    "siren": ACIGNE,
    "plateforme": "data-gouv-fr",
    "identifiant": "aaa",
    "url": "https://www.data.gouv.fr/organizations/aaa/",
    "nb_jeux": "9",
    "derniere_mise_a_jour": "2025-01-01",
    "origine": "moisson",
    "statut": "publie",
}


def test_a_harvest_that_was_merged_is_told_from_portal_to_request(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.harvest(account("aaa", "Acigné"), account("bbb", "Mairie d'Amanlis", 4, AMANLIS))
    desk.repo.run("config", "user.name", "Zoé")
    desk.propose()
    desk.observatoire("requests", "merge", "1")
    desk.repo.run("stash", "push", "-u", "--quiet", "--", "data/moissons")
    desk.repo.run("pull", "--quiet", desk.forge.remote, "main")
    said = explain(desk, capsys, "Ville d'Amanlis", "nb_jeux")
    assert said.startswith(f"Amanlis ({AMANLIS})\n\nPublication sur data.gouv.fr, compte bbb — ")
    assert "\n  rapproché sans question : le SIREN déclaré et le nom concordent\n" in said
    assert (
        f"  data.gouv.fr appelle ce compte « Mairie d'Amanlis », qui déclare le SIREN {AMANLIS}"
        " (dernière moisson le 5 janvier 2026)\n"
    ) in said
    assert "\n  Nombre de jeux de données : 4 — data.gouv.fr le dit (moisson du 5 " in said
    assert "5 janvier 2026 : (vide) → 4 (demande n° 1, fusion par Zoé le " in said
    assert "« moisson(datagouv) : 2 ajouts », Robot de l'Observatoire, " in said


def test_a_person_s_value_is_set_beside_the_source_s(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.harvest(account("aaa", "Acigné", 12))
    names = ("moissons/datagouv", "moissons/journal")
    paths = [path_of(name) for name in names]
    commit(desk, {p: (desk.root / p).read_bytes() for p in paths}, "moisson")
    desk.harvest(account("aaa", "Acigné", 77))
    said = explain(desk, capsys, ACIGNE, "nb_jeux")
    # The harvest that no commit has yet is no evidence.
    assert "9 — data.gouv.fr dit « 12 » (moisson du 5 janvier 2026) : le registre garde" in said
    assert "saisie à la main" not in said
    url = explain(desk, capsys, ACIGNE, "url")
    assert "data.gouv.fr le dit" in url


def test_what_the_bot_writes_is_not_called_hand_made(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.harvest(account("aaa", "Acigné", 9))
    paths = [path_of(name) for name in ("moissons/datagouv", "moissons/journal")]
    commit(desk, {p: (desk.root / p).read_bytes() for p in paths}, "moisson")
    said = explain(desk, capsys, ACIGNE)
    assert "  Statut : actif — il est dans la référence 2026\n" in said
    assert "  Origine : moisson\n" in said
    assert "saisie à la main" not in said


def test_locks_refusals_and_absence_are_told(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    key = f"{ACIGNE} data-gouv-fr aaa"
    lock = {
        "table": "publications",
        "cle": key,
        "champ": "url",
        "motif": "page d'accueil voulue",
        "auteur": "Rennes Métropole",
        "echeance": "2026-12-31",
        "statut": "actif",
    }
    over = {**lock, "champ": "nb_jeux", "echeance": "2026-02-28"}
    refusal = {
        "table": "publications",
        "cle": key,
        "champ": "nb_jeux",
        "valeur": "12",
        "motif": "compte en double",
        "ou": "demande n° 4",
        "date": "2026-02-01",
    }
    write(desk, "verrous", [lock, over])
    write(desk, "refus", [refusal])
    gone = {**account("aaa", "Acigné"), "absent_depuis": "2026-02-20"}
    write(desk, "moissons/datagouv", [gone])
    said = explain(desk, capsys, ACIGNE)
    assert (
        "/organizations/aaa/ — verrouillé par Rennes Métropole jusqu'au 31 décembre 2026"
        " (page d'accueil voulue) : aucun robot n'y touche" in said
    )
    assert "9 — « 12 » a été refusé dans la demande n° 4 le 1er février 2026 (compte en" in said
    assert said.count("verrouillé") == 1
    assert "data.gouv.fr ne donne plus ce compte depuis le 20 février 2026" in said


def test_the_reference_and_the_old_editions_are_told(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    old = {**ORGANISATIONS[0], "nom": "ACIGNE"}
    for year in ("2021", "2022"):
        write(desk, f"editions/{year}/organisations", [old])
        made = [
            correction("organisations", ACIGNE, "depcode", "22 > 35", "corrige"),
            correction("organisations", f"{ACIGNE}␠", "siren", f"{ACIGNE}␠ > {ACIGNE}", "corrige"),
            correction("publications", f"{ACIGNE}␠", "nb-ptf", "0 > 0", "doute"),
            correction("organisations", AMANLIS, "depcode", "1 > 2", "corrige"),
        ]
        write(desk, f"editions/{year}/corrections", made)
    write(desk, "publications", [{**ACCOUNT, "origine": "reprise"}])
    said = explain(desk, capsys, ACIGNE)
    assert "  référence 2026 : Acigné, commune, département 35\n" in said
    assert "  présent dans les éditions 2021 et 2022\n" in said
    assert "  Nom : Acigné — la référence 2026 dit la même chose\n" in said
    assert "  Type : COM — la référence 2026 dit la même chose ; même valeur dans les éd" in said
    assert "ligne reprise des anciennes éditions, qu'aucune moisson n'a encore changée" in said
    assert "  depcode : 22 → 35, corrigé (éditions 2021 et 2022) : la règle\n" in said
    assert "  nb-ptf : 0, à vérifier (éditions 2021 et 2022) : la règle\n" in said
    assert "1 → 2" not in said
    only = explain(desk, capsys, ACIGNE, "departement")
    assert "depcode" in only
    assert "nb-ptf" not in only


def correction(table: str, cle: str, champ: str, values: str, action: str) -> dict[str, str]:
    before, after = values.split(" > ")
    line = {"table": table, "cle": cle, "champ": champ, "avant": before, "apres": after}
    return {**line, "action": action, "regle": "la règle"}


def test_all_the_accounts_of_a_body_are_told(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    hand = {**ACCOUNT, "identifiant": "", "url": "https://acigne.example", "origine": "manuel"}
    write(desk, "publications", [ACCOUNT, hand])
    said = explain(desk, capsys, f"{ACIGNE}00012")
    assert "Publication sur data.gouv.fr, compte aaa — data/publications.csv" in said
    assert "Publication sur data.gouv.fr, compte sans identifiant — data/publi" in said
    assert "ligne saisie à la main" in said
    assert "https://acigne.example — aucune source ni ancienne édition ne donne" in said
    assert "    3 février 2026 : ajout — « écrit publications », Anne, " in said
