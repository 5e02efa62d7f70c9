"""The pipelines of this repository, each run once for all the tests of this folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))

from pipeline_yard import ANNE, PUSH, REQUEST, Ran, Yard, build, edited, schedule, tag

from observatoire.demo.datagouv import DataGouv
from observatoire.demo.opendatasoft import Opendatasoft
from observatoire.demo.replay import accounts
from observatoire.demo.simulator import Portal, Simulator

WRONG = ("213502388", "213502389")


@pytest.fixture(scope="session")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Yard]:
    made = build(tmp_path_factory.mktemp("chantier"))
    with made.fictive:
        yield made


@pytest.fixture(scope="session")
def mistaken(yard: Yard) -> Ran:
    """The pipeline of a request with a mistake."""
    yard.commit(edited(yard, *WRONG))
    return yard.run(REQUEST)


@pytest.fixture(scope="session")
def corrected(yard: Yard) -> Ran:
    """The pipeline of a sound request."""
    yard.commit(edited(yard, "Rennes,COM", "Ville de Rennes,COM"))
    return yard.run(REQUEST)


@pytest.fixture(scope="session")
def night(yard: Yard) -> Ran:
    """A night: two portals, of which one has a new account."""
    known = {"identifiant": "534fff80a3a7292c64a77e41", "nom": "Rennes", "nb_jeux": "7"}
    new = {"nom": "Saint-Denis", "siren_declare": "219740115", "nb_jeux": "3"}
    ours = {"identifiant": "Ville de Rennes", "nom": "Ville de Rennes", "nb_jeux": "31"}
    one = Portal(DataGouv(accounts([known, new])))
    two = Portal(Opendatasoft(accounts([ours])))
    yard.check_out(yard.main, "main")
    with Simulator(one, two):
        where = f"--base data-gouv-fr={one.url} --base rennes-metropole={two.url}"
        return yard.run(schedule("nuit", OPTIONS_MOISSON=where))


@pytest.fixture(scope="session")
def hour(yard: Yard) -> tuple[Ran, str]:
    """An hour in which a fork has an open request with a mistake; the commit of this request."""
    sha = yard.commit(edited(yard, *WRONG))
    store = yard.fictive.store
    yard.clone.push(str(store.repo.path), sha, "refs/heads/passage", "")
    store.open_request(ANNE, "anne:passage", "main", "Une correction", "")
    yard.check_out(yard.main, "main")
    return yard.run(schedule("heure")), sha


@pytest.fixture(scope="session")
def version(yard: Yard) -> tuple[Ran, Ran, str]:
    """A version made by hand, then the pipeline of its tag."""
    yard.check_out(yard.main, "main")
    made = yard.run(PUSH, "release")
    name = yard.fictive.store.releases[0].tag
    yard.clone.run("fetch", "--quiet", "--tags", "origin")
    yard.check_out(yard.clone.resolve(f"refs/tags/{name}") or "")
    return made, yard.run(tag(name)), name
