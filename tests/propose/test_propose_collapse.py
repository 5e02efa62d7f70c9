"""A portal that loses most datasets is refused; if it lasts, a draft. Whatever the software."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from propose_register import ACIGNE, TABLES, Desk, make

from observatoire.demo.accounts import account
from observatoire.demo.simulator import Portal, Simulator
from observatoire.demo.technologies import FACES
from observatoire.files import Folder
from observatoire.model import Row
from observatoire.register import Register
from observatoire.sources import discover

FIRST, NEXT, LATER = "2026-03-01", "2026-03-02", "2026-03-16"
MANY = 120
FULL, FALLEN = [account("Acigné", nb_jeux=MANY)], [account("Acigné", nb_jeux=3)]
SOURCES = {c.SOURCE.id for c in discover().values() if set(c.SOURCE.technos) & FACES.keys()}


def platform(techno: str) -> dict[str, str]:
    return {
        "id": techno,
        "nom": f"Portail {techno}",
        "url": f"https://{techno}.example",
        "type": "portail",
        "techno": techno,
        "region": "53",
        "perimetre": "territorial",
        "statut": "active",
    }


def harvested(desk: Desk) -> Iterator[Row]:
    """Every line of the last harvest."""
    register = Register(Folder(desk.root))
    for source in sorted(SOURCES):
        yield from register.table(f"moissons/{source}").records()


def published(line: Row) -> Row:
    """What the register says of an account once its harvest is merged."""
    columns = ("plateforme", "identifiant", "url", "nb_jeux", "derniere_mise_a_jour", "statut")
    return {"siren": ACIGNE, "origine": "moisson", **{c: line[c] for c in columns}}


def harvest(desk: Desk, portals: dict[str, Portal], day: str) -> int:
    bases = [f"--base={id_}={portal.url}" for id_, portal in portals.items()]
    chosen = [f"--plateforme={id_}" for id_ in portals]
    return desk.observatoire("harvest", "--date", day, "--sans-cache", *chosen, *bases)


def test_a_collapse_is_an_anomaly_whatever_the_software(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = make(tmp_path)
    desk.holds("plateformes", [*TABLES["plateformes"], *map(platform, sorted(FACES))])
    portals = {techno: Portal(face(FULL)) for techno, face in FACES.items()}
    with Simulator(*portals.values()):
        assert harvest(desk, portals, FIRST) == 0
        files = sorted((desk.root / "data/moissons").glob("*.csv"))
        desk.writes({str(p.relative_to(desk.root)): p.read_bytes() for p in files})
        desk.holds("publications", map(published, harvested(desk)))
        for techno, portal in portals.items():
            portal.face = FACES[techno](FALLEN)
        capsys.readouterr()
        assert harvest(desk, portals, NEXT) == 1
        refused = capsys.readouterr().err.splitlines()
        assert len(
            [line for line in refused if f"3 jeux de données au lieu de {MANY}" in line]
        ) == len(FACES)
        assert harvest(desk, portals, LATER) == 0
    assert desk.propose(day=LATER) == 0
    drafts = {r.branch: r for r in desk.forge.all()}
    assert drafts.keys() == {f"bot-moisson-{source}" for source in SOURCES}
    for request in drafts.values():
        assert request.draft
        assert "anomalie" in request.labels
        assert f"3 jeux de données au lieu de {MANY}" in request.body
