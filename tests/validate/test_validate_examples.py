"""Every check, played on its own samples: the mistake is worded, the repair is sound."""

from __future__ import annotations

import importlib
import pkgutil
import re
from datetime import date

import pytest
import specimen

from observatoire.files import Memory
from observatoire.model import Finding, Key
from observatoire.register import Register
from observatoire.table import from_records, serialize
from observatoire.validate import checks, engine
from observatoire.validate.model import Example, written
from observatoire.validate.report import Collector

TODAY = date(2026, 11, 23)
CHECKS = engine.discover()
SAMPLES = [pytest.param(c, e, id=f"{c.CODE}-{i}") for c in CHECKS for i, e in enumerate(c.EXAMPLES)]


def edited(example: Example, cells: dict[str, str] | None) -> Memory:
    """The specimen with the sample's row edited, added, or removed."""
    register = specimen.register()
    rows: dict[Key, dict[str, str]] = dict(register.keyed(example.table))
    if cells is None:
        rows.pop(example.key, None)
    elif cells:
        key = dict(zip(register.schema(example.table).primary_key, example.key, strict=True))
        rows[example.key] = next(iter(rows.values())) | key | rows.get(example.key, {}) | cells
    content = from_records(register.schema(example.table).columns, rows.values())
    return specimen.files(**{example.table: serialize(content)})


def found(check: engine.Check, files: Memory, before: Memory | None) -> list[Finding]:
    register = Register(files)
    base = Register(before) if before is not None else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "OneByCell", Collector)
        report = engine.run(register, TODAY, before=base)
    return [f for t in report.tallies if t.code == check.CODE for f in t.first]


def base(example: Example) -> Memory | None:
    """The version before the change, for the checks that look at one."""
    if example.before_content:
        return specimen.files(**{example.table: example.before_content})
    return edited(example, example.before) if example.before is not None else None


@pytest.mark.parametrize(("check", "example"), SAMPLES)
def test_the_sample_mistake_is_found_and_worded(check: engine.Check, example: Example) -> None:
    if example.file:
        files = Memory(specimen.files() | {example.file: example.content.encode()})
    elif example.content:
        files = specimen.files(**{example.table: example.content})
    else:
        files = edited(example, example.bad)
    file = example.file or f"data/{example.found_in or example.table}.csv"
    findings = found(check, files, base(example))
    seen = {(f.file, f.message, f.fix == written(example.fix, f.field)) for f in findings}
    assert seen == {(file, example.message, True)}


@pytest.mark.parametrize(("check", "example"), SAMPLES)
def test_the_repaired_sample_is_sound(check: engine.Check, example: Example) -> None:
    files = specimen.files() if example.content else edited(example, example.good)
    before = specimen.files() if example.before_content else base(example)
    assert found(check, files, before) == []


def test_the_specimen_is_sound() -> None:
    assert engine.run(specimen.register(), TODAY).tallies == ()


def test_each_check_stands_in_a_file_named_after_its_code() -> None:
    names = [m.name for m in pkgutil.iter_modules(checks.__path__)]
    codes = [importlib.import_module(f"{checks.__name__}.{n}").CODE for n in names]
    assert [n.replace("_", "-") for n in names] == codes


def test_each_check_has_a_title_and_a_sample() -> None:
    assert [c.CODE for c in CHECKS if not (c.TITLE and c.EXAMPLES)] == []


@pytest.mark.parametrize(("check", "example"), SAMPLES)
def test_messages_are_rendered_french_sentences(check: engine.Check, example: Example) -> None:
    assert not re.search(r"[{}]|None|  ", example.message)
    assert example.message.endswith((".", "?"))
