"""`observatoire diff` on a register with editions, versions, a branch and a working folder."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from observatoire import cli
from observatoire.files import Folder, Memory, write
from observatoire.git import Person, Repo
from observatoire.git.objects import Objects
from observatoire.history import states
from observatoire.model import Malformed
from observatoire.register import Register

ROOT = Path(__file__).parents[2]
SOMEONE = Person("Une personne", "personne@example.org")

HEAD = "siren,nom,type,departement,adresse,latitude,longitude,population_desservie,thematiques"
ORGANISATIONS = f"""\
{HEAD},programmes,statut
213502388,Rennes,COM,35,,,,,,,actif
243500139,Rennes Métropole,MET,35,,,,,,,actif
"""
PLATEFORMES = """\
id,nom,url,type,gouvernance,techno,porteur,thematique,region,grappe,url_api,url_reutilisations,url_demandes,nb_structures_declare,perimetre,statut
data-gouv-fr,data.gouv.fr,https://www.data.gouv.fr,concentrateur,,udata,,,,,,,,,national,active
"""
PUBLICATIONS = """\
siren,plateforme,identifiant,url,nb_jeux,nb_reutilisations,derniere_mise_a_jour,origine,statut
213502388,data-gouv-fr,d-rennes,,12,,,reprise,publie
"""
LATER = ORGANISATIONS.replace("Rennes,COM", "Ville de Rennes,COM") + (
    "249900001,CC nouvelle,CC,22,,,,,,,a_verifier\n"
)


def content(**tables: str) -> Memory:
    """The files of a register; the two editions differ by one dataset number."""
    base = {
        "organisations": ORGANISATIONS,
        "plateformes": PLATEFORMES,
        "publications": PUBLICATIONS,
        "verrous": "table,cle,champ,motif,auteur,echeance,statut\n",
    }
    for year, number in (("2021", ",3,"), ("2022", ",12,")):
        base[f"editions/{year}/organisations"] = ORGANISATIONS
        base[f"editions/{year}/plateformes"] = PLATEFORMES
        base[f"editions/{year}/publications"] = PUBLICATIONS.replace(",12,", number)
    base |= tables
    out = Memory({f"data/{name}.csv": text.encode() for name, text in base.items()})
    for path in (ROOT / "schemas").glob("*.json"):
        out[f"schemas/{path.name}"] = path.read_bytes()
    out["datapackage.json"] = b"{}\n"
    return out


def commit(repo: Repo, files: Memory, tag: str) -> None:
    head = repo.resolve("refs/heads/main")
    made = repo.commit(
        repo.write_tree("", files), [head] if head else [], tag, SOMEONE, "2026-11-23T10:00:00Z"
    )
    repo.update_ref("refs/heads/main", made, head or "")
    repo.update_ref(f"refs/tags/{tag}", made, "")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions, and a working folder where a theme was added since."""
    folder = tmp_path_factory.mktemp("registre")
    repo = Repo(folder)
    repo.run("init", "--quiet", "--initial-branch=main", ".")
    commit(repo, content(), "v1.0.0")
    later = content(organisations=LATER)
    commit(repo, later, "v1.1.0")
    write(folder, {**later, "data/thematiques.csv": b"nom,etiquettes,statut\nCulture,,actif\n"})
    return folder


def call(root: Path, *words: str) -> int:
    return cli.main(["diff", *words, "--depot", str(root)])


def test_two_versions_are_told_in_words_with_names(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(root, "v1.0.0", "1.1.0") == 0
    assert capsys.readouterr().out == (
        "Entre la version v1.0.0 et la version v1.1.0\n"
        "\n"
        "Organisations (organisations) : 1 ligne ajoutée, 1 ligne modifiée\n"
        "  + « CC nouvelle » (249900001)\n"
        "  ~ « Ville de Rennes » (213502388) : Nom : « Ville de Rennes » au lieu de « Rennes »\n"
    )


def test_two_editions_are_compared_table_by_table(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(root, "2021", "2022") == 0
    assert capsys.readouterr().out == (
        "Entre l'édition 2021 et l'édition 2022\n"
        "\n"
        "Publications (publications) : 1 ligne modifiée\n"
        "  ~ « Rennes, data.gouv.fr » (213502388 / data-gouv-fr / d-rennes) : Nombre de jeux de"
        " données : « 12 » au lieu de « 3 »\n"
    )


def test_an_edition_is_compared_with_a_version(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(root, "2022", "v1.0.0") == 0
    assert (
        capsys.readouterr().out
        == "Entre l'édition 2022 et la version v1.0.0 : aucune différence.\n"
    )


def test_the_working_folder_is_the_second_state_by_default(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(root, "main") == 0
    out = capsys.readouterr().out
    assert out.startswith("Entre « main » et le dossier de travail\n")
    assert "Thématiques (thematiques) : table nouvelle, 1 ligne ajoutée\n  + « Culture »" in out


def test_csv_has_a_line_per_line_and_per_cell(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(root, "v1.0.0", "v1.1.0", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))

    assert [(r["changement"], r["cle"], r["champ"], r["avant"], r["apres"]) for r in rows] == [
        ("ligne ajoutée", "249900001", "", "", ""),
        ("cellule modifiée", "213502388", "nom", "Rennes", "Ville de Rennes"),
    ]


def test_json_has_everything(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(root, "v1.0.0", "v1.1.0", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    (table,) = found["tables"]

    assert (found["de"], found["a"]) == ("la version v1.0.0", "la version v1.1.0")
    assert table["ajouts"][0]["ligne"]["statut"] == "a_verifier"
    assert table["modifications"] == [
        {
            "cle": ["213502388"],
            "nom": "Ville de Rennes",
            "champs": {"nom": {"avant": "Rennes", "apres": "Ville de Rennes"}},
        }
    ]
    assert table["complet"] is True


def test_what_is_shown_is_bounded_and_what_is_left_is_counted(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = "".join(f"{n},Commune {n},COM,35,,,,,,,actif\n" for n in range(210000000, 210000030))
    repo = Repo(root)
    files = content(organisations=ORGANISATIONS + many)
    tree = repo.write_tree("", files)
    repo.update_ref("refs/tags/v9.0.0", repo.commit(tree, [], "x", SOMEONE, "2026-11-24"), "")

    assert call(root, "v1.0.0", "v9.0.0") == 0
    assert "  + … et 10 autres ajoutées\n" in capsys.readouterr().out
    assert call(root, "v1.0.0", "v9.0.0", "--limite", "0") == 0
    assert capsys.readouterr().out.count("  + « Commune") == 30
    assert call(root, "v1.0.0", "v9.0.0", "--format", "json", "--limite", "1") == 0
    (table,) = json.loads(capsys.readouterr().out)["tables"]
    assert (table["nb_ajouts"], len(table["ajouts"]), table["complet"]) == (30, 1, False)


def test_tables_that_readers_do_not_use_are_compared_when_asked(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    locked = content(verrous="table,cle,champ,motif,auteur,echeance,statut\no,1,nom,m,a,,actif\n")
    repo = Repo(root)
    tree = repo.write_tree("", locked)
    repo.update_ref("refs/tags/v8.0.0", repo.commit(tree, [], "x", SOMEONE, "2026-11-24"), "")

    assert call(root, "v1.0.0", "v8.0.0") == 0
    assert "aucune différence" in capsys.readouterr().out
    assert call(root, "v1.0.0", "v8.0.0", "--table", "data/verrous.csv") == 0
    assert "1 ligne ajoutée" in capsys.readouterr().out


def test_the_result_may_go_to_a_file(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "d.csv"

    assert call(root, "2021", "2022", "--format", "csv", "--sortie", str(out)) == 0
    assert out.read_text("utf-8").count("\n") == 2
    assert "entre l'édition 2021 et l'édition 2022 écrites dans" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("2019", "2022"), "« 2019 » n'est ni une édition, ni une version"),
        (("../..", "2022"), "éditions : 2021, 2022"),
        (("v1.0.0", "v3"), "versions : v1.0.0, v1.1.0"),
        (("v1.0.0", "v1.1.0", "--table", "organisation"), "vouliez-vous écrire « organisations »"),
    ],
)
def test_what_does_not_exist_is_one_sentence(
    root: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    assert call(root, *words) == 1
    assert message in capsys.readouterr().err


def test_a_wrong_limit_is_wrong_usage(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        call(root, "2021", "2022", "--limite", "beaucoup")
    assert stop.value.code == 2
    assert "« beaucoup » n'est pas un nombre entier" in capsys.readouterr().err


def test_a_table_that_cannot_be_read_is_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = Repo(root)
    broken = content(organisations=ORGANISATIONS + "243500139,Encore,MET,35,,,,,,,actif\n")
    tree = repo.write_tree("", broken)
    repo.update_ref("refs/tags/v7.0.0", repo.commit(tree, [], "x", SOMEONE, "2026-11-24"), "")

    assert call(root, "v1.0.0", "v7.0.0") == 1
    assert "data/organisations.csv, ligne 4 : la clé « 243500139 »" in capsys.readouterr().err


HOSTILE = "=SUM(A1)\u202e\x1b[31m"


def test_hostile_cells_are_visible_in_words_and_inert_in_csv(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = Repo(root)
    tree = repo.write_tree(
        "", content(organisations=ORGANISATIONS.replace("Rennes,COM", f"{HOSTILE},COM"))
    )
    repo.update_ref("refs/tags/v6.0.0", repo.commit(tree, [], "x", SOMEONE, "2026-11-24"), "")

    assert call(root, "v1.0.0", "v6.0.0") == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[U+202E]" in shown
    assert call(root, "v1.0.0", "v6.0.0", "--format", "csv") == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["apres"] == "'=SUM(A1)\ufffd\ufffd[31m"


def test_a_file_on_disk_has_the_name_that_git_gives_it(root: Path) -> None:
    repo = Repo(root)
    data = (root / "data/organisations.csv").read_bytes()

    assert states.fingerprint(data) == repo.entries("refs/tags/v1.1.0")["data/organisations.csv"][1]


def test_an_edition_that_is_not_there_is_not_a_folder_to_look_into(root: Path) -> None:
    with Objects(Repo(root)) as objects, pytest.raises(Malformed):
        states.find("2022/../2022", root, objects)


def test_the_real_editions_differ_by_169_bodies(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["diff", "2021", "2022", "--depot", str(ROOT), "--format", "json"]) == 0
    tables = {t["table"]: t for t in json.loads(capsys.readouterr().out)["tables"]}
    before, after = (
        Register(Folder(ROOT)).table(f"editions/{year}/organisations").by("siren")
        for year in ("2021", "2022")
    )

    assert tables["organisations"]["nb_ajouts"] == len(after.keys() - before.keys()) == 169
    assert tables["organisations"]["nb_modifications"] == sum(
        before[s] != after[s] for s in before.keys() & after.keys()
    )
