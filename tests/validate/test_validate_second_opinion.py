"""Where no check explains what a schema refuses, frictionless is asked and cited."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import pytest
import specimen

from observatoire.files import Memory
from observatoire.model import Finding
from observatoire.register import Register
from observatoire.validate import engine, second_opinion

TODAY = date(2026, 11, 23)
ORGANISATIONS = specimen.TABLES["organisations"]


def found(files: Memory) -> list[Finding]:
    report = engine.run(Register(files), TODAY)
    return [f for t in report.tallies for f in t.first]


def without(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    kept = [c for c in engine.discover() if code != c.CODE]
    monkeypatch.setattr(engine, "discover", lambda: kept)


WRONG = {
    "valeur-permise": (",moisson,", ",robot,", "origine", 'constraint "enum" is'),
    "forme-attendue": ("https://data.r", "ftp://data.r", "url", 'constraint "pattern" is'),
    "type-de-valeur": ("2022-11-23", "hier", "derniere_mise_a_jour", 'type is "date'),
    "bornes": (",57,", ",-3,", "nb_jeux", 'constraint "minimum" is'),
    "valeur-obligatoire": (",moisson,", ",,", "origine", 'constraint "required" is'),
}


@pytest.mark.parametrize("code", WRONG)
def test_a_mistake_whose_check_is_missing_is_still_found_and_worded(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, wrong, field, note = WRONG[code]
    head, _, last = specimen.TABLES["publications"].rpartition("243500139")
    files = specimen.files(publications=f"{head}243500139{last.replace(right, wrong)}")
    assert {f.code for f in found(files) if f.field == field} == {code}
    without(monkeypatch, code)
    (said,) = [f for f in found(files) if f.code == second_opinion.CODE]
    assert (said.line, said.field, said.key) == (
        3,
        field,
        ("243500139", "rennes-metropole", "Rennes Métropole"),
    )
    assert "frictionless dit : « " + note in said.message
    assert "frictionless says: « " + note in said.english


@pytest.mark.parametrize(
    ("rules", "cell"),
    [
        ({"constraints": {"minLength": 40}}, "35200 Rennes"),
        ({"format": "uri"}, "35200 Rennes"),
        ({"type": "boolean"}, "35200 Rennes"),
        ({"type": "number", "decimalChar": ","}, "35.2"),
    ],
)
def test_a_rule_that_no_check_knows_is_left_to_frictionless(
    rules: dict[str, object], cell: str
) -> None:
    files = specimen.files(organisations=ORGANISATIONS.replace("35200 Rennes", cell))
    schema = json.loads(files["schemas/organisations.json"])
    field = next(f for f in schema["fields"] if f["name"] == "adresse")
    del field["example"]
    field.update(rules)
    files["schemas/organisations.json"] = json.dumps(schema).encode()
    said = [f for f in found(files) if f.code == second_opinion.CODE]
    assert [(f.line, f.field) for f in said] == [(5, "adresse")]
    assert quoted_cell(said[0].message) == cell


def quoted_cell(message: str) -> str:
    return message.partition(" »")[0].removeprefix("« ")


def test_a_schema_that_frictionless_refuses_is_a_finding() -> None:
    files = specimen.files()
    schema = json.loads(files["schemas/organisations.json"])
    schema["fields"][4] |= {"type": "boolean", "example": "peut-être"}
    files["schemas/organisations.json"] = json.dumps(schema).encode()
    (said,) = found(files)
    assert (said.code, said.file) == (second_opinion.CODE, "schemas/organisations.json")
    assert "peut-être" in said.message


def test_what_a_check_explains_is_not_said_twice() -> None:
    wrong = ORGANISATIONS.replace(",MET,", ",NEB,").replace("48.1147", "nord")
    codes = [f.code for f in found(specimen.files(organisations=wrong))]
    assert second_opinion.CODE not in codes
    assert {"valeur-permise", "type-de-valeur"} <= {*codes}


def test_the_schemas_of_the_register_have_no_rule_that_our_checks_do_not_know() -> None:
    register = specimen.register()
    names = [n for n in register.names() if not second_opinion.known(register.schema(n).raw)]
    assert names == []


def test_frictionless_is_not_imported_for_what_the_checks_explain() -> None:
    program = (
        "import sys, specimen; from datetime import date; from observatoire.validate import engine;"
        "text = specimen.TABLES['organisations'].replace(',MET,', ',NEB,');"
        "report = engine.run(specimen.register(organisations=text), date(2026, 11, 23));"
        "sys.exit(report.errors != 1 or 'frictionless' in sys.modules)"
    )
    folder = str(specimen.ROOT / "tests" / "validate")
    assert subprocess.run([sys.executable, "-c", program], cwd=folder, check=False).returncode == 0
