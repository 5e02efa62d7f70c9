"""`observatoire explain`, on a small register with a real Git: each kind of evidence is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from propose_register import ACIGNE, AMANLIS, ANNE, BRECE, Desk, account, make

from observatoire import files
from observatoire.files import Folder
from observatoire.register import Register, path_of
from observatoire.table import from_records

Rows = Iterable[Mapping[str, str]]
ORGANISATIONS = [
    {"siren": ACIGNE, "nom": "Acigné", "type": "COM", "departement": "35", "statut": "actif"},
    {"siren": "130004658", "nom": "GIP Littoral", "type": "OACT", "statut": "actif"},
    {"siren": "213501331", "nom": "Saint-Aubin", "type": "COM", "departement": "35"},
    {"siren": "212100325", "nom": "SAINT AUBIN", "type": "COM", "departement": "21"},
]
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


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("registre")).root


@pytest.fixture
def desk(model: Path, tmp_path: Path) -> Desk:
    """A clone of its own, on main."""
    shutil.copytree(model, tmp_path / "registre")
    return Desk(tmp_path / "registre")


def write(desk: Desk, name: str, rows: Rows) -> None:
    """Give a table these lines, in the working folder and in a commit."""
    register = Register(Folder(desk.root))
    content = register.bytes_of(name, from_records(register.schema(name).columns, rows))
    commit(desk, {path_of(name): content}, f"écrit {name}")


def commit(desk: Desk, changes: Mapping[str, bytes], said: str) -> None:
    files.write(desk.root, changes)
    head = desk.repo.resolve("HEAD") or ""
    tree = desk.repo.write_tree(head, changes)
    made = desk.repo.commit(tree, [head], said, ANNE, "2026-02-03")
    desk.repo.update_ref("refs/heads/main", made, head)


def explain(desk: Desk, capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    """What the command says."""
    capsys.readouterr()
    assert desk.observatoire("explain", "--date", "2026-03-01", *words) == status
    said = capsys.readouterr()
    return said.err if status else said.out


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
    assert "\n  rapproché sans question : le SIREN déclaré et le nom concordent, score 1\n" in said
    assert (
        f"  data.gouv.fr appelle ce compte « Mairie d'Amanlis », qui déclare le SIREN {AMANLIS}"
        " (dernière moisson le 5 janvier 2026)\n"
    ) in said
    assert "\n  Nombre de jeux de données : 4 — data.gouv.fr le dit (moisson du 5 " in said
    assert "5 janvier 2026 : (vide) → 4 (demande n° 1, fusion par Zoé, 20" in said
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
    assert "  référence 2026 : Acigné, COM, département 35\n" in said
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


def test_a_platform_is_told_by_its_key_or_its_name(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.harvest(account("aaa", "Acigné"))
    path = path_of("moissons/journal")
    commit(desk, {path: (desk.root / path).read_bytes()}, "moisson")
    options = ("--table", "plateformes", "--cle")
    said = explain(desk, capsys, *options, "data-gouv-fr")
    assert said.startswith("data.gouv.fr (data-gouv-fr)\n")
    assert "  moissonnée par la source datagouv : 1 publicateur lu, le 5 janvier 2026\n" in said
    assert explain(desk, capsys, *options, "Data.gouv.fr") == said
    techno = explain(desk, capsys, *options, "data-gouv-fr", "techno")
    assert "  Technologie : udata — " in techno
    assert "Adresse" not in techno
    near = explain(desk, capsys, *options, "datagouv-fr", status=1)
    assert "aucune ligne de « plateformes » n'a la clé « datagouv-fr ».\nVouliez-vous" in near
    assert "  data-gouv-fr  data.gouv.fr\n" in near


def test_json_holds_the_same_for_programs(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(explain(desk, capsys, ACIGNE, "nb_jeux", "--json"))
    assert (found["cle"], found["titre"]) == (ACIGNE, "Acigné")
    [line] = found["lignes"]
    assert line["cle"] == [ACIGNE, "data-gouv-fr", "aaa"]
    [cell] = line["cellules"]
    assert (cell["champ"], cell["valeur"]) == ("nb_jeux", "9")
    [touch] = cell["historique"]
    assert (touch["acte"], touch["apres"], touch["auteur"]) == ("ajout", "9", "Anne")
    assert touch["commit"] == desk.repo.resolve("HEAD")


def test_an_unknown_name_gets_the_nearest_ones(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    said = explain(desk, capsys, "Acignée", status=1)
    assert said == (
        "aucun organisme du registre ne s'appelle « Acignée ».\n"
        f"Vouliez-vous dire :\n  {ACIGNE}  Acigné\n"
    )
    assert explain(desk, capsys, "Xyz", status=1).endswith("« Xyz ».\n")


def test_an_ambiguous_name_gets_a_list(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    write(desk, "organisations", ORGANISATIONS)
    assert explain(desk, capsys, "Mairie de Saint-Aubin", status=1) == (
        "plusieurs organismes s'appellent « Mairie de Saint-Aubin ».\nVouliez-vous dire :\n"
        "  212100325  SAINT AUBIN (COM, 21)\n  213501331  Saint-Aubin (COM, 35)\n"
    )
    assert "aucun organisme" in explain(desk, capsys, "Région Saint-Aubin", status=1)


def test_a_number_outside_the_register_says_what_is_known(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    said = explain(desk, capsys, AMANLIS, status=1)
    assert said == (
        f"Amanlis ({AMANLIS}) n'est pas au registre. Aucun compte moissonné ne déclare ce SIREN.\n"
    )
    desk.harvest(account("bbb", "Mairie d'Amanlis", 4, AMANLIS))
    said = explain(desk, capsys, AMANLIS, status=1)
    assert "est déclaré par « Mairie d'Amanlis » (data-gouv-fr) : voir les demandes." in said
    said = explain(desk, capsys, "213500011", status=1)
    assert "213500011 n'est pas au registre, ni dans la référence." in said
    assert f"  {ACIGNE}  Acigné\n" in said


def test_a_retired_number_leads_to_its_successor(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    retired = {"table": "organisations", "cle": BRECE, "successeur": ACIGNE, "motif": "fusion"}
    write(desk, "redirections", [retired])
    said = explain(desk, capsys, BRECE)
    assert said.startswith(f"Acigné ({ACIGNE})\n  remplace {BRECE} (fusion)\n")


def test_text_from_outside_cannot_drive_the_terminal(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(
        desk,
        {
            "data/organisations.csv": (desk.root / "data/organisations.csv")
            .read_bytes()
            .replace("Acigné".encode(), b"Acign\x1b[2J\xe2\x80\xaee")
        },
        "un \x1b]0;titre\x07 piégé",
    )
    said = explain(desk, capsys, ACIGNE)
    assert "\x1b" not in said
    assert "\x07" not in said
    assert "\u202e" not in said
    assert "« un ]0;titre piégé »" in said


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "donnez un organisme et au plus une colonne"),
        ((ACIGNE, "url", "nom"), "donnez un organisme et au plus une colonne"),
        ((ACIGNE, "lien"), "aucune colonne ne s'appelle « lien ». Colonnes : siren, nom,"),
        (("--table", "plateformes"), "--table et --cle vont ensemble"),
        (("--table", "plateformes", "--cle", "data-gouv-fr", "siren"), "aucune colonne"),
    ],
)
def test_wrong_words_are_named(
    desk: Desk, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    assert message in explain(desk, capsys, *words, status=2)


def test_a_folder_without_git_still_tells_what_files_say(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(desk.root / ".git")
    said = explain(desk, capsys, ACIGNE, "nb_jeux")
    assert "Nombre de jeux de données : 9" in said
    assert "modification que Git n'a pas encore enregistrée" in said
