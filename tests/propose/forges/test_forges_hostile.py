"""Names and titles made to be obeyed stay inert on a forge that obeys."""

from __future__ import annotations

import pytest
from forges_stage import Stage, settle
from propose_literals import proposal

from observatoire.plan import Addition, Conflict, Doubt, Edit, Plan, Possible

TRAPS = (
    "/close",
    "/merge\n/close\n/label ~piege",
    "\\n/close\\n/merge",
    "x\r\n/close\r\n",
    "```\n/close\n```\n/close",
    "@all ![](javascript:alert(1)) <img src=x> =HYPERLINK(1) <!-- -->\n/close",
    "é/close " * 20_000,
)


def plan(trap: str) -> Plan:
    """A plan in which everything that people read is the trap."""
    body = {"siren": "213500028", "nom": trap, "type": "COM", "departement": trap}
    account = {"url": trap, "nb_jeux": trap}
    several = Possible("213500998", trap, trap, trap, trap)
    return Plan(
        source="datagouv",
        additions=(
            Addition("organisations", ("213500028",), body, trap),
            Addition("publications", ("213500028", "data-gouv-fr", trap), account, trap),
        ),
        edits=(Edit("publications", ("213500010", "data-gouv-fr", trap), "url", trap, trap + "2"),),
        conflicts=(Conflict("publications", ("1", "p", trap), "url", trap, trap, trap),),
        doubts=(
            Doubt("data-gouv-fr", trap, trap, "213500999", trap, 0.9, trap, trap, 3),
            Doubt("data-gouv-fr", f"{trap}2", trap, "", "", 0.5, trap, trap, 3, (several,) * 2),
        ),
        left=((trap, trap),),
        anomalies=(trap,),
        date="2026-01-05",
    )


@pytest.mark.parametrize("kind", ["gitlab", "push"])
@pytest.mark.parametrize("trap", TRAPS, ids=range(len(TRAPS)))
def test_nothing_that_a_source_says_is_obeyed(stage: Stage, trap: str) -> None:
    wish = proposal(plan(trap), limit=stage.forge.limit, organisations=b"siren,nom\n1,Deux\n")
    assert settle(stage, wish).action == "ouverte"
    (seen,) = stage.seen()
    assert (seen.state, set(seen.labels)) == ("ouverte", set(wish.labels))
    assert not any(line.lstrip().startswith("/") for line in seen.body.splitlines())
    assert settle(stage.fresh(), wish).wrote is False
