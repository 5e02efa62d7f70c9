"""What looks offer to the register: sure states, those that close first, never a flood."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

from liveness_sights import DAY, RULES

from observatoire.files import Memory
from observatoire.liveness import ALIVE, Looks, Sight, plan
from observatoire.liveness.plan import statuses
from observatoire.model import Row
from observatoire.plan import Edit
from observatoire.reconcile.vetoes import Vetoes
from observatoire.register import Register
from observatoire.table import from_records

TABLES = ("plateformes", "verrous", "refus", "liens_morts")


def test_a_sure_state_is_offered_to_the_register_unless_a_person_said_no() -> None:
    platforms = [{"id": f"p{i}", "statut": "inconnue"} for i in range(5)]
    seen = ("active", "inactive", "incertaine", "active", "active")
    states = [
        {"plateforme": f"p{i}", "etat": e, "premier_echec": "2026-11-02", "cause": "en panne"}
        for i, e in enumerate(seen)
    ]
    vetoes = Vetoes(
        {("plateformes", "p3", "statut"): "gelé"},
        frozenset({("plateformes", "p4", "statut", "active")}),
    )
    found = statuses(platforms, states, vetoes)
    assert found == [
        Edit("plateformes", ("p0",), "statut", "inconnue", "active", "répond"),
        Edit(
            "plateformes",
            ("p1",),
            "statut",
            "inconnue",
            "inactive",
            "muette depuis le 2 novembre 2026 : en panne",
        ),
    ]
    assert statuses([{"id": "p0", "statut": "active"}], states, vetoes) == []


def register(platforms: int) -> Register:
    """A register of as many platforms, all active."""
    root = Path(__file__).parents[2]
    memory = Memory(
        {f"schemas/{n}.json": (root / f"schemas/{n}.json").read_bytes() for n in TABLES}
    )
    lines = [
        {"id": f"p{i:03}", "nom": "P", "perimetre": "territorial", "statut": s}
        for i, s in zip(range(platforms), cycle(("inconnue", "active")), strict=False)
    ]
    columns = Register(memory).schema("plateformes").columns
    content = from_records(columns, lines)
    memory["data/plateformes.csv"] = Register(memory).bytes_of("plateformes", content)
    return Register(memory)


def seen(platforms: int, gone: int) -> dict[str, list[Row]]:
    """The last platforms are inactive, the others active."""
    return {
        "vivacite": [
            {
                "plateforme": f"p{i:03}",
                "etat": "inactive" if i >= platforms - gone else "active",
                "premier_echec": "2026-11-02",
                "cause": "en panne",
            }
            for i in range(platforms)
        ]
    }


def test_what_closes_a_portal_comes_first() -> None:
    found = plan(register(40), seen(40, 3), "2026-11-23")
    assert [e.after for e in found.edits][:4] == ["inactive"] * 3 + ["active"]
    assert found.anomalies == ()


def test_many_portals_that_close_at_once_are_an_anomaly() -> None:
    for platforms, gone in ((90, 9), (120, 12)):
        assert plan(register(platforms), seen(platforms, gone), "2026-11-23").anomalies == ()
    assert plan(register(90), seen(90, 12), "2026-11-23").anomalies == (
        "12 plateformes sur 90 deviennent inactives d'un coup : peut-être est-ce le robot"
        " qu'elles refusent.",
    )


def test_a_dead_link_is_told_once() -> None:
    links = [
        {"url": f"https://{n}.fr", "etat": etat, "premier_echec": "2026-11-02", "cause": "404"}
        for n, etat in (("a", "mort"), ("b", "a_confirmer"), ("c", "a_confirmer"))
    ]
    main = register(1)
    content = from_records(main.schema("liens_morts").columns, links)
    files = Memory({**main.files, "data/liens_morts.csv": main.bytes_of("liens_morts", content)})
    now = {"vivacite": [], "liens_morts": [{**row, "etat": "mort"} for row in links]}
    found = plan(Register(files), now, "2026-11-23", {"https://c.fr"})
    assert [(a.key, a.why) for a in found.additions] == [
        (("https://b.fr",), "mort depuis le 2 novembre 2026 : 404")
    ]


def test_a_platform_that_left_the_register_has_no_state_any_more() -> None:
    schemas = Path(__file__).parents[2] / "schemas"
    memory = Memory({"schemas/vivacite.json": (schemas / "vivacite.json").read_bytes()})
    sights = {"p000": Sight(ALIVE), "partie": Sight(ALIVE)}
    rows = Looks(DAY, RULES, sights).tables(Register(memory), register(1))
    assert [row["plateforme"] for row in rows["vivacite"]] == ["p000"]
