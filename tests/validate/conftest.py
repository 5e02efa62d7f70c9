"""The specimen on the disk, and `validate` run on it as a person does."""

from __future__ import annotations

from pathlib import Path

import pytest
import specimen
from specimen import Run

from observatoire import cli
from observatoire.files import write


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    write(tmp_path, specimen.files())
    return tmp_path


@pytest.fixture
def validate(depot: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*args: str) -> tuple[int, str]:
        status = cli.main(["validate", "--depot", str(depot), *args])
        seen = capsys.readouterr()
        return status, seen.out + seen.err

    return run
