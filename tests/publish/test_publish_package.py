"""What is published describes itself: a data package that other tools accept."""

from __future__ import annotations

import json
from pathlib import Path

import frictionless
from small_register import files

from observatoire.publish import checksums
from observatoire.publish.assemble import assemble
from observatoire.publish.draft import Draft


def made() -> dict[str, bytes]:
    return assemble(Draft(files(), "v1.0.0", "2026-11-23", "https://gitlab.com/a/b"), {})


def test_frictionless_accepts_the_published_package(tmp_path: Path) -> None:
    for name, content in made().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    report = frictionless.validate(str(tmp_path / "publication/datapackage.json"))

    assert report.valid, report.flatten()
    assert len(report.tasks) == 8


def test_sums_and_sizes_are_those_of_the_files() -> None:
    contents = {n.removeprefix("publication/"): c for n, c in made().items()}
    sums = contents.pop("SHA256SUMS")

    assert sums == checksums.sums(contents)
    for resource in json.loads(contents["datapackage.json"])["resources"]:
        content = contents[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{checksums.digest(content)}"
