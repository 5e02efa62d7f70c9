"""What checks say of mistakes that are seldom made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import specimen

from observatoire.files import Folder, write
from observatoire.model import Finding
from observatoire.register import Register
from observatoire.schema import Field, Schema
from observatoire.validate import engine, remembered
from observatoire.validate.checks import adresse_web
from observatoire.validate.grammar import sound_lines
from observatoire.validate.squeeze import squeeze, squeezed
from observatoire.validate.start import Start
from observatoire.validate.watch import Values

TODAY = date(2026, 11, 23)
TABLES = specimen.TABLES
HEADER = TABLES["organisations"].splitlines()[0]


def told(code: str, after: Register, before: Register | None = None) -> list[Finding]:
    report = engine.run(after, TODAY, before=before)
    return [f for t in report.tallies if t.code == code for f in t.first]


def body(line: str, **tables: str) -> list[str]:
    """What is said of the SIREN of one more body, under the references given."""
    organisations = f"{TABLES['organisations']}{line}\n"
    after = specimen.register(organisations=organisations, **tables)
    return [
        f"{f.severity} : {f.message}" for f in told("siren-referentiel", after) if f.line == LAST
    ]


LAST = TABLES["organisations"].count("\n") + 1
EPCI = f"{TABLES['reference/2022/epci']}200040004,CC du Vieux Pays,CC,01,2,,84\n"
OLD = {
    "reference__2022__epci": EPCI,
    "reference__2022__communes": "".join(
        (
            TABLES["reference/2022/communes"].replace(",200069193,", ",200040004,"),
            "01002,210100020,L'Abergement-de-Varey,01,200040004,,263,84\n",
        )
    ),
}


def test_a_former_epci_is_led_to_the_one_of_most_of_its_communes() -> None:
    line = "200040004,CC du Vieux Pays,CC,01,,,,,,,actif"
    (said,) = body(line, **OLD)
    assert "« CC du Vieux Pays » n'existe plus dans la référence 2026 (elle y était en" in said
    assert "« CC de la Dombes » a pris sa place" in said
    (alone,) = body(line, reference__2022__epci=EPCI)
    assert alone.endswith("notez le statut « cesse ».")


def test_what_is_still_to_be_checked_is_reproached_gently() -> None:
    line = "200040004,CC du Vieux Pays,CC,01,,,,,,,{}"
    for status, severity in (("actif", "erreur"), ("a_verifier", "conseil")):
        (said,) = body(line.format(status), **OLD)
        assert said.startswith(severity)


def test_a_commune_under_an_unknown_siren_is_led_to_the_one_that_it_is_part_of() -> None:
    (said,) = body("200040004,Pierrefitte-sur-Seine,COM,93,,,,,,,actif")
    assert "« Pierrefitte-sur-Seine » fait maintenant partie de « Saint-Denis »." in said
    assert "une ligne vers son SIREN « 219300662 »" in said


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https:///explore/", "il manque le nom du site"),
        ("https://https://data.fr/", "commence deux fois par « https:// »"),
        ("https://[::zz]/", "est une adresse interne"),
        ("https://192.168.1.300/", "est une adresse interne"),
        ("https://[fd00::1]/", "est une adresse interne"),
    ],
)
def test_an_address_that_nobody_can_open_is_told(url: str, words: str) -> None:
    said = adresse_web.verdict(url)
    assert said is not None
    assert words in said.message


@pytest.mark.parametrize("url", ["https://", "https://mon site.fr", "https://[2001:4860::8888]/"])
def test_what_another_check_tells_is_not_told_twice(url: str) -> None:
    assert adresse_web.verdict(url) is None


def test_many_lines_edited_at_once_are_told_when_they_are_a_share_of_the_table() -> None:
    lines = [f"2499{i:05},Syndicat {i},AGCT,93,,,,,,,actif" for i in range(100)]

    def register(edited: int, more: int = 0) -> Register:
        new = [x.replace("Syndicat", "Pôle") for x in lines[:edited]] + lines[edited:]
        rest = [f"2498{i:05},Agence {i},AGCT,93,,,,,,,actif" for i in range(more)]
        return specimen.register(organisations="\n".join([HEADER, *sorted([*new, *rest]), ""]))

    (finding,) = told("changement-massif", register(50), register(0))
    assert finding.message.startswith("ce changement modifie 50 lignes sur 100 : vérifiez qu'un")
    assert finding.severity == "conseil"
    assert told("changement-massif", register(49), register(0)) == []
    assert told("changement-massif", register(50, 400), register(0, 400)) == []


def test_a_description_that_leaves_tables_out_is_told() -> None:
    files = specimen.files()
    files["datapackage.json"] = b'{"resources": [{"path": "data/organisations.csv"}]}'
    said = [f.message for f in told("description-du-registre", Register(files))]
    assert said[:1] == [
        "ce fichier ne décrit pas « data/editions/2022/thematiques.csv » : lancez « observatoire"
        " package », qui le réécrit."
    ]
    assert not any("organisations.csv" in message for message in said)
    del files["datapackage.json"]
    assert told("description-du-registre", Register(files)) == []


def test_a_register_without_locks_has_no_locked_cell() -> None:
    one, other = specimen.files(), specimen.files()
    other["data/organisations.csv"] = TABLES["organisations"].replace("L'Aber", "Aber").encode()
    (finding,) = told("cellule-verrouillee", Register(other), Register(one))
    assert finding.line == 2
    for files in (one, other):
        del files["data/verrous.csv"]
    assert told("cellule-verrouillee", Register(other), Register(one)) == []


@pytest.mark.parametrize(
    ("line", "strange"),
    [(",musée,", True), (",musée,bizarre", False), ("Sport,,", False)],
)
def test_a_note_in_a_narrow_table_fills_less_than_half_of_its_line(
    line: str, strange: bool
) -> None:
    table = f"nom,etiquettes,statut\nCulture,,actif\n{line}\n"
    assert bool(told("ligne-etrangere", specimen.register(thematiques=table))) == strange


@pytest.mark.parametrize(
    ("cells", "strange"),
    [
        ({"siren": "Total", "nom": "4"}, False),
        ({"siren": "Total", "adresse": "4", "latitude": "5"}, True),
        ({"siren": "Total", "type": "Syndicats", "adresse": "5"}, True),
        ({"siren": "Total", "type": "COM", "adresse": "5"}, False),
        ({"siren": "Total", "adresse": "4", "latitude": "5", "longitude": "6"}, False),
        ({name: name for name in HEADER.split(",")[:6]}, True),
        ({name: name for name in HEADER.split(",")[:5]}, False),
    ],
)
def test_a_line_of_totals_has_three_cells_and_a_repeated_header_most_of_its_names(
    cells: dict[str, str], strange: bool
) -> None:
    line = ",".join(cells.get(name, "") for name in HEADER.split(","))
    after = specimen.register(organisations=f"{TABLES['organisations']}{line}\n")
    assert bool(told("ligne-etrangere", after)) == strange


def test_what_a_portal_says_is_no_line_around_a_table() -> None:
    table = "nom,etiquettes,statut\nCulture,,actif\n,Total,\n"
    assert told("ligne-etrangere", specimen.register(editions__2022__thematiques=table)) == []


def test_a_line_whose_cells_took_each_others_place_breaks_a_list_of_values() -> None:
    one = TABLES["organisations"].replace("Culture|Social,,actif", "Culture|Social,Eau,actif")
    other = one.replace(",MET,", ",Eau,").replace("Social,Eau,", "Social,MET,")
    before, after = (specimen.register(organisations=text) for text in (one, other))
    (finding,) = told("cellules-deplacees", after, before)
    assert "« Eau » est dans la colonne « type »" in finding.message


@pytest.mark.parametrize(("cells", "said"), [(2, 0), (3, 1)])
def test_a_cell_over_three_others_is_a_drag_over_two_it_is_not(cells: int, said: int) -> None:
    lines = [f"2499{i:05},Syndicat {i},AGCT,93,{i} rue Haute,,,,,,actif" for i in range(5)]
    one = "\n".join([HEADER, *lines, ""])
    for at in range(cells):
        lines[at + 1] = lines[at + 1].replace(f"{at + 1} rue Haute", "0 rue Haute")
    before = specimen.register(organisations=one)
    after = specimen.register(organisations="\n".join([HEADER, *lines, ""]))
    assert len(told("cellules-deplacees", after, before)) == said


@pytest.mark.parametrize(("field", "words"), [("nom", "cherchez-la"), ("adresse", "laissez vide")])
def test_nothing_written_in_words_is_looked_for_where_it_is_needed(field: str, words: str) -> None:
    at = HEADER.split(",").index(field)
    cells = ["249900012", "Syndicat", "AGCT", "93", *[""] * 6, "actif"]
    cells[at] = "NC"
    after = specimen.register(organisations=f"{TABLES['organisations']}{','.join(cells)}\n")
    (finding,) = told("valeur-fantome", after)
    assert words in finding.message


def test_values_are_among_themselves() -> None:
    one, other = Values(), Values()
    one.add(["a", "b"])
    other.add(["b", "a", ""])
    assert one <= other
    other.add(["c"])
    assert one <= other
    assert not other <= one


def test_only_an_optional_cell_is_surely_sound_when_no_pattern_can_tell() -> None:
    for required in (True, False):
        fields = (Field("nom", pattern="a.*", required=required), Field("statut"))
        schema = Schema(name="t", title="", description="", fields=fields, primary_key=("nom",))
        for cell in ("", "ab"):
            found = sound_lines(schema, TODAY).match(f"{cell},actif\n")
            assert found is not None
            assert (found.end() > 0) == (not required and not cell)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("a,1\n", "a,1\nb,2\n", 0),
        ("a,1\n", "a,2\n", 1),
        ("a,1\nb,2\n", "a,1\n", 1),
        (None, "a,1\n", 1),
        ("a,1\n", None, 1),
    ],
)
def test_lines_that_a_harvest_brings_later_are_no_correction_of_it(
    before: str | None, after: str | None, said: int
) -> None:
    registers = []
    for text in (before, after):
        files = specimen.files()
        if text is not None:
            files["data/moissons/udata.csv"] = text.encode()
        registers.append(Register(files))
    found = told("fichier-produit", registers[1], registers[0])
    assert [f.severity for f in found] == ["conseil"] * said


def test_bodies_without_a_name_are_no_namesakes() -> None:
    lines = "249900012,,AGCT,93,,,,,,,actif\n249900020,,AGCT,93,,,,,,,actif\n"
    after = specimen.register(organisations=TABLES["organisations"] + lines)
    assert told("doublon-organisme", after) == []


class Repo:
    """A repository where a file was edited, one added, one removed, and one is not known to it."""

    def run(self, *args: str) -> bytes:
        if args[0] == "ls-files":
            return b"data/new.csv\0"
        lines = {
            "data/a.csv": ("1a", "M"),
            "data/b.csv": ("00", "A"),
            "schemas/c.json": ("1c", "D"),
        }
        return b"".join(
            f":100644 100644 {blob} 2f {sign}\0{path}\0".encode()
            for path, (blob, sign) in lines.items()
        )

    def blobs(self, names: list[str]) -> Iterator[bytes]:
        return iter([name.encode() for name in names])


def test_the_files_of_a_start_are_those_that_were_there(tmp_path: Path) -> None:
    write(tmp_path, {f"data/{name}.csv": b"now" for name in ("a", "b", "d", "new")})
    start = Start(Repo(), "HEAD", Folder(tmp_path))
    assert start.names("data") == ["data/a.csv", "data/d.csv"]
    assert start.names("schemas/") == ["schemas/c.json"]
    assert [start.read(f"data/{name}.csv") for name in ("a", "b", "d", "new")] == [
        b"1a",
        None,
        b"now",
        None,
    ]
    assert start.open("data/b.csv") is None


def test_a_blank_of_web_pages_is_a_blank() -> None:
    table = TABLES["organisations"].replace("Rennes Métropole", "Rennes&nbsp;Métropole")
    (finding,) = told("texte-abime", specimen.register(organisations=table))
    assert dict(finding.fix) == {"nom": "Rennes Métropole"}


def test_names_are_compared_without_their_marks_one_by_one_or_all_at_once() -> None:
    name, bare = "L'Eau, l’Air_(Nord)-Est/Sud. Œuf", "leaulairnordestsudœuf"
    assert squeeze(name) == bare
    assert squeezed([name, "Évry, Nord", ""]) == [bare, "evrynord", ""]


def test_what_is_remembered_holds_for_the_code_of_every_check_alone() -> None:
    lines = remembered.stamp("abc", "2026-11-23").splitlines()
    assert lines[:2] == ["abc", "2026-11-23"]
    for name in ("/intake.py", "validate/engine.py", "validate/checks/bornes.py"):
        assert [line for line in lines if line.startswith(f"{name} ")]
    assert [line for line in lines if line.startswith("reference/")]
