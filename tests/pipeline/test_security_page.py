"""The page of security names tests: each exists, and each list that it gives is whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "securite.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+\.py)::(test_\w+)`", PAGE)))
THREATS = PAGE.partition("## Menaces")[2].partition("\n## ")[0]
RULES = (
    "scripts/",
    "schemas/",
    ".gitlab-ci.yml",
    "pyproject.toml",
    "requirements.lock",
    ".github/",
)


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[name for _, name in NAMED])
def test_a_named_proof_exists(file: str, name: str) -> None:
    assert f"\ndef {name}(" in (ROOT / file).read_text("utf-8")


def test_every_threat_has_a_proof() -> None:
    rows = [line for line in THREATS.splitlines() if line.startswith("| ")][1:]
    proofs = [row for row in rows if not row.startswith("| ---")]
    assert len(proofs) > 15
    assert [row for row in proofs if "::test_" not in row] == []


def test_the_rules_have_owners() -> None:
    """On GitLab a role owns them; GitHub wants the name of a team, which only its owner knows."""
    text = (ROOT / ".gitlab" / "CODEOWNERS").read_text("utf-8")
    assert set(RULES) <= set(re.findall(r"^/?(\S+) @@maintainer$", text, re.M))


def test_no_address_of_a_person_is_given_to_report_a_fault() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    assert "confidentiel" in text
    assert not re.search(r"[\w.]+@[\w.]+", text)
