"""`observatoire liveness` from end to end, on a small register and simulated sites."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from observatoire.cli import main
from observatoire.demo import faces, line_faults
from observatoire.demo.faces import Answer, Ask, Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.liveness import ALIVE, REFUSES, SILENT, Sight, watch

PLATFORMS = (
    "id,nom,url,type,gouvernance,techno,porteur,thematique,region,grappe,url_api,"
    "url_reutilisations,url_demandes,nb_structures_declare,perimetre,statut"
)
PUBLICATIONS = (
    "siren,plateforme,identifiant,url,nb_jeux,nb_reutilisations,derniere_mise_a_jour,origine,statut"
)


@dataclass
class Home:
    """A home page at /, nothing elsewhere."""

    def answer(self, ask: Ask) -> Answer:
        found = ask.path == "/"
        return Answer(200 if found else 404, b"<title>Accueil</title>", "text/html")


@pytest.fixture
def portals() -> Iterator[list[Portal]]:
    portals = [Portal(Home()), Portal(Home())]
    with Simulator(*portals):
        yield portals


@pytest.fixture
def depot(root: Path, tmp_path: Path, portals: list[Portal]) -> Path:
    shutil.copytree(root / "schemas", tmp_path / "schemas")
    (tmp_path / "datapackage.json").write_text("{}")
    (tmp_path / "data").mkdir()
    lines = [
        f"p{i},Portail {i},https://p{i}.exemple.fr,portail,,ckan,,,,,,,,,territorial,inconnue"
        for i in range(len(portals))
    ]
    (tmp_path / "data/plateformes.csv").write_text("\n".join([PLATFORMS, *lines, ""]))
    (tmp_path / "data/publications.csv").write_text(
        "\n".join(
            [
                PUBLICATIONS,
                f"213500010,p0,a,{portals[0].url}/,1,,,manuel,publie",
                f"213500010,p0,b,{portals[0].url}/parti,1,,,manuel,publie",
                f"213500010,p1,c,{portals[1].url}/parti,1,,,manuel,publie",
                "",
            ]
        )
    )
    return tmp_path


def liveness(depot: Path, portals: Sequence[Portal], day: str, *options: str) -> int:
    bases = [f"--base=p{i}={portal.url}" for i, portal in enumerate(portals)]
    return main(["liveness", "--depot", str(depot), "--date", day, *bases, *options])


def rows(depot: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((depot / f"data/{name}.csv").read_text())))


def test_platforms_that_answer_are_active_and_a_second_run_changes_no_byte(
    depot: Path, portals: list[Portal], capsys: pytest.CaptureFixture[str]
) -> None:
    assert liveness(depot, portals, "2026-11-23") == 0
    out = capsys.readouterr().out
    assert "2 plateformes : 2 actives, 0 inactive, 0 incertaine." in out
    assert "2 statuts à changer" in out
    assert [r["etat"] for r in rows(depot, "vivacite")] == ["active", "active"]
    before = (depot / "data/vivacite.csv").read_bytes()
    assert liveness(depot, portals, "2026-11-30") == 0
    assert "Rien n'a changé." in capsys.readouterr().out
    assert (depot / "data/vivacite.csv").read_bytes() == before


def test_a_silent_platform_becomes_inactive_and_comes_back(
    depot: Path, portals: list[Portal], capsys: pytest.CaptureFixture[str]
) -> None:
    liveness(depot, portals, "2026-11-01")
    portals[1].faults = [faces.status(404)]
    for day in ("2026-11-02", "2026-11-09", "2026-11-16"):
        assert liveness(depot, portals, day) == 0
    row = rows(depot, "vivacite")[1]
    assert (row["etat"], row["depuis"], row["echecs"]) == ("inactive", "2026-11-16", "3")
    assert row["cause"] == "cette page n'existe pas (code 404)"
    assert "p1 : inactive depuis le 16 novembre 2026, cette page" in capsys.readouterr().out
    portals[1].faults = []
    liveness(depot, portals, "2026-11-23")
    assert rows(depot, "vivacite")[1]["etat"] == "active"


def test_sure_states_can_be_written_in_the_register(depot: Path, portals: list[Portal]) -> None:
    (depot / "data/verrous.csv").write_text(
        "table,cle,champ,motif,auteur,echeance,statut\nplateformes,p1,statut,gelé,,,actif\n"
    )
    assert liveness(depot, portals, "2026-11-23", "--statuts") == 0
    assert [r["statut"] for r in rows(depot, "plateformes")] == ["active", "inconnue"]


def test_dead_links_are_listed_but_those_of_a_silent_platform(
    depot: Path, portals: list[Portal], capsys: pytest.CaptureFixture[str]
) -> None:
    portals[1].faults = [faces.status(500)]
    assert liveness(depot, portals, "2026-11-23", "--liens") == 0
    assert "2 liens vérifiés : 0 mort, 1 à confirmer." in capsys.readouterr().out
    [row] = rows(depot, "liens_morts")
    assert row["url"] == f"{portals[0].url}/parti"
    assert (row["publications"], row["etat"]) == ("1", "a_confirmer")


def test_a_dry_run_writes_nothing(
    depot: Path, portals: list[Portal], capsys: pytest.CaptureFixture[str]
) -> None:
    assert liveness(depot, portals, "2026-11-23", "--a-blanc", "--liens", "--statuts") == 0
    assert "Ce qui changerait : data/liens_morts.csv, data/plateformes.csv, data/vivacite.csv." in (
        capsys.readouterr().out
    )
    assert not (depot / "data/vivacite.csv").exists()


def test_when_our_own_network_is_down_nothing_is_written(
    depot: Path, portals: list[Portal], capsys: pytest.CaptureFixture[str]
) -> None:
    line = "p{0},Portail,https://p{0}.exemple.fr,portail,,ckan,,,,,,,,,territorial,active\n"
    with (depot / "data/plateformes.csv").open("a") as file:
        file.writelines(line.format(f"b{i:02}") for i in range(10))
    bases = [f"--base=pb{i:02}={portals[0].url}" for i in range(10)]
    assert liveness(depot, portals, "2026-11-23", *bases) == 0
    before = (depot / "data/vivacite.csv").read_bytes()
    portals[0].faults = [faces.cut()]
    assert liveness(depot, portals, "2026-11-24", *bases) == 2
    assert "c'est sans doute le réseau d'ici" in capsys.readouterr().err
    assert (depot / "data/vivacite.csv").read_bytes() == before


def test_an_unknown_platform_is_told(depot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["liveness", "--depot", str(depot), "--base", "px=http://127.0.0.1:1"]) == 2
    assert "plateforme inconnue : « px »" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fault", "kind", "cause"),
    [
        (None, ALIVE, ""),
        (faces.status(401), REFUSES, "l'accès demande un mot de passe (code 401)"),
        (faces.status(403), REFUSES, "l'accès est refusé (code 403)"),
        (faces.busy(), REFUSES, "le serveur reçoit trop de requêtes (code 429)"),
        (faces.status(404), SILENT, "cette page n'existe pas (code 404)"),
        (faces.status(503), SILENT, "le serveur est en panne (code 503)"),
        (faces.cut(), SILENT, "la réponse s'est interrompue en route"),
        (line_faults.loop(), REFUSES, "les redirections n'en finissent pas"),
        (line_faults.huge(2**24), ALIVE, ""),
    ],
)
def test_what_an_answer_tells(fault: Fault | None, kind: str, cause: str) -> None:
    portal = Portal(Home(), faults=[fault] if fault else [])
    with Simulator(portal):
        assert watch([portal.url], allowed=[portal.url]) == {portal.url: Sight(kind, cause)}


def test_nobody_there_is_silent_and_a_private_address_is_never_asked(portals: list[Portal]) -> None:
    url = portals[0].url
    with Simulator(gone := Portal(Home())):
        pass
    found = watch([url, gone.url], allowed=[gone.url])
    assert found[gone.url] == Sight(SILENT, "la connexion au serveur échoue")
    assert found[url].kind == REFUSES
    assert portals[0].asked == []


def test_many_links_of_one_site_are_looked_at_one_at_a_time() -> None:
    portals = [Portal(Home(), latency=0.02) for _ in range(2)]
    with Simulator(*portals) as simulator:
        urls = [f"{p.url}/{n}" for p in portals for n in range(4)]
        assert len(watch(urls, allowed=[p.url for p in portals])) == 8
    assert [p.most for p in portals] == [1, 1]
    assert simulator.most == 2


def test_another_site_is_remembered() -> None:
    new = Portal(Home())
    with Simulator(new):
        named = f"http://localhost:{new.port}"
        old = Portal(Home(), faults=[faces.redirect(f"{named}/accueil;jsessionid=1?x=2")])
        with Simulator(old):
            found = watch([old.url], allowed=[old.url, named])
    assert found[old.url].site == named
