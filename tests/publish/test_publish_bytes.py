"""The same commit gives the same bytes: in any folder, time zone, locale, order of hashes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_register import files

from observatoire.git import Person, init_bare

SOMEONE = Person("Une personne", "personne@example.org")
PROJECT = "https://gitlab.com/groupe/observatoire"

SCRIPT = """
import hashlib, sys
from pathlib import Path
from observatoire.git import Repo
from observatoire.publish import history, publisher
repo = Repo(Path(sys.argv[1]))
commit = publisher.publish(repo, publisher.prepare(repo, "", sys.argv[2]))
files = publisher.downloads(repo, "v1.0.0")
if len(sys.argv) > 3:
    from observatoire.site.build import build
    from observatoire.site.content import Content
    files |= build(Content(history.load(repo, commit), "v1.0.0", "2026-11-23", files))
sums = [hashlib.sha256(c).hexdigest() + n for n, c in sorted(files.items())]
print(commit, repo.line("rev-parse", "refs/tags/v1.0.0"), *sums)
"""


def elsewhere(folder: Path, *words: str, **variables: str) -> str:
    """What a release gives in another folder, under another environment; with its site if asked."""
    made = init_bare(folder / "registre.git")
    tree = made.write_tree("", files())
    commit = made.commit(tree, [], "Données", SOMEONE, "2026-11-23T10:00:00+01:00")
    made.update_ref("refs/heads/main", commit, "")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(made.path), PROJECT, *words],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("words", [(), ("site",)], ids=["release", "with its site"])
def test_the_same_commit_gives_the_same_bytes_anywhere(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    here = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Noumea", "LC_ALL": "C"}
    there = {"PYTHONHASHSEED": "77", "TZ": "America/Cayenne", "LC_ALL": "C.UTF-8"}
    one = elsewhere(tmp_path / "a", *words, **here)
    other = elsewhere(tmp_path / "b", *words, **there)

    assert len(one.split()) > 10
    assert one == other
