"""The portals found become lines to add: not those that the register has, and so many at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from observatoire.detection import plan
from observatoire.detection.plan import Portals
from observatoire.files import Memory
from observatoire.model import Row
from observatoire.register import Register

DAY = date(2026, 11, 23)
ROOT = Path(__file__).parents[2]


def register(*lines: str) -> Register:
    """A register of these platforms: an id and an address each."""
    names = ("plateformes", "verrous", "refus")
    memory = Memory({f"schemas/{n}.json": (ROOT / f"schemas/{n}.json").read_bytes() for n in names})
    columns = Register(memory).schema("plateformes").columns
    rows = [dict(zip(("id", "nom", "url"), line.split(), strict=True)) for line in lines]
    text = [",".join(row.get(c, "") for c in columns) for row in rows]
    memory["data/plateformes.csv"] = "\n".join([",".join(columns), *text, ""]).encode()
    return Register(memory)


def found(number: int) -> Portals:
    """Portals, each with its line and its evidence."""

    def line(i: int) -> tuple[Row, str]:
        return {"id": f"portail-{i:02}", "url": f"https://www.a{i:02}.fr/", "url_api": ""}, "preuve"

    return Portals(DAY, tuple(line(i) for i in range(number)))


def keys(portals: Portals, known: Register) -> list[str]:
    return [a.key[0] for a in portals.plan(known).additions]


def test_a_request_has_as_many_portals_as_a_person_opens_in_an_hour() -> None:
    assert len(keys(found(plan.MOST), register())) == plan.MOST
    assert keys(found(plan.MOST + 1), register())[-1] == f"portail-{plan.MOST - 1:02}"


def test_a_portal_that_the_register_has_by_its_site_or_by_its_id_is_not_added() -> None:
    known = register("ailleurs A https://a00.fr/accueil", "portail-01 B https://b.fr")
    assert keys(found(3), known) == ["portail-02"]


def test_a_note_of_a_search_is_read_again() -> None:
    assert plan.read(Memory({plan.PATH: plan.write(found(2))})) == found(2)
    for damaged in (b"", b"[]", b"{}", plan.write(found(2))[:-9]):
        assert plan.read(Memory({plan.PATH: damaged})) is None
