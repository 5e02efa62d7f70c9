"""A merge request made to harm whoever checks it out, runs it, or follows its names.

Each file, if it were executed, would write a file in a folder of canaries: an empty folder after a
run proves that nothing was.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from observatoire.git import Person, Repo

MALLORY = Person("Mallory `$(touch x)`", "mallory@example.org")
HUGE = 500 * 2**20
FOLDER = "40000"


@dataclass(frozen=True)
class Canaries:
    """Where what is executed leaves a trace."""

    folder: Path

    def shell(self, name: str) -> str:
        """A command that sings."""
        return f"touch '{self.folder / name}'"

    def python(self, name: str) -> bytes:
        """A program that sings."""
        return f"open({str(self.folder / name)!r}, 'w').close()\n".encode()

    @property
    def heard(self) -> list[str]:
        """The canaries that sang."""
        return sorted(p.name for p in self.folder.iterdir())

    @property
    def settings(self) -> dict[str, str]:
        """A Git that would obey the attributes of a repository: filters, drivers, text forms."""
        names = {
            "filter.evil.smudge": "filtre-smudge",
            "filter.evil.clean": "filtre-clean",
            "diff.evil.textconv": "textconv",
            "diff.evil.command": "diff-externe",
            "merge.evil.driver": "pilote-de-fusion",
        }
        pairs = [(k, f"{self.shell(v)}; cat") for k, v in names.items()]
        out = {"GIT_CONFIG_COUNT": str(len(pairs))}
        for number, (key, value) in enumerate(pairs):
            out |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        return out


def programs(sing: Canaries) -> dict[str, bytes | None]:
    """Files that tools run by themselves when they meet them."""
    hook = f"#!/bin/sh\n{sing.shell('hook')}\n".encode()
    job = {"piege": {"script": [sing.shell("gitlab-ci"), "env"], "rules": [{"when": "always"}]}}
    return {
        ".gitlab-ci.yml": json.dumps(job).encode(),
        ".github/workflows/piege.yml": json.dumps({"on": "pull_request_target"}).encode(),
        "Makefile": f".venv/.ready:\n\t{sing.shell('makefile')}\n".encode(),
        "conftest.py": sing.python("conftest"),
        "tests/conftest.py": sing.python("tests-conftest"),
        "sitecustomize.py": sing.python("sitecustomize"),
        "usercustomize.py": sing.python("usercustomize"),
        "scripts/observatoire/__init__.py": sing.python("paquet"),
        "scripts/observatoire/validate/checks/aaa.py": sing.python("controle"),
        "scripts/sitecustomize.py": sing.python("sitecustomize-scripts"),
        "setup.py": sing.python("setup"),
        "pyproject.toml": b"[build-system]\nbuild-backend = 'piege'\nbackend-path = ['.']\n",
        "piege.py": sing.python("backend"),
        "csv.py": sing.python("module-csv"),
        "data/csv.py": sing.python("module-data"),
        ".gitattributes": b"*.csv filter=evil diff=evil merge=evil\n*.json filter=evil diff=evil\n",
        "data/.gitattributes": b"* filter=evil diff=evil merge=evil working-tree-encoding=UTF-16\n",
        ".gitmodules": b'[submodule "x"]\n\tpath = data/module\n\turl = ext::sh -c touch%20x\n'
        b"\tupdate = !sh -c 'touch x'\n",
        "hooks/post-checkout": hook,
        ".githooks/post-merge": hook,
        ".envrc": f"{sing.shell('envrc')}\n".encode(),
        "schemas/organisations.json": _schema(sing),
        "data/$(touch x);`touch y`.csv": b"siren\n1\n",
        "data/ACCENTUÉ.csv": b"siren\n1\n",
    }


def _schema(sing: Canaries) -> bytes:
    """A schema that names code to load, with a pattern that never ends."""
    field = {
        "name": "siren",
        "type": "string",
        "title": "<script>alert(1)</script>",
        "constraints": {"pattern": "(a+)+$", "rowConstraint": f"__import__('os').system({sing!r})"},
    }
    reference = {"$ref": f"file://{sing.folder}/../x.json", "fields": [field]}
    return json.dumps(reference).encode()


def commit(repo: Repo, base: str, sing: Canaries, data: Mapping[str, bytes]) -> str:
    """The hostile commit on top of ``base``; ``data`` are ordinary edits beside the traps."""
    tree = repo.write_tree(base, {**programs(sing), **data})
    evil = _blob(repo, sing.python("dotgit"))
    odd = [
        ("120000", "passwd.csv", _blob(repo, b"/etc/passwd")),
        ("120000", "boucle.csv", _blob(repo, b"boucle.csv")),
        ("100755", "programme.csv", _blob(repo, f"#!/bin/sh\n{sing.shell('csv')}\n".encode())),
        ("160000", "module", base),
        ("100644", "enorme.csv", huge(repo)),
        (FOLDER, "..", _tree(repo, [("100644", "evasion.csv", evil)])),
        (FOLDER, ".git", _tree(repo, [("100644", "config", evil)])),
        (FOLDER, ".GIT", _tree(repo, [("100644", "hooks.csv", evil)])),
        (FOLDER, "git~1", _tree(repo, [("100644", "config", evil)])),
        (FOLDER, ".g\u200cit", _tree(repo, [("100644", "config", evil)])),
        ("100644", "a\\..\\b.csv", evil),
        ("100644", "retour\nligne.csv", evil),
        ("100644", "\u202ecsv.secret.csv", evil),
        ("100644", "latin-\udce9.csv", evil),
    ]
    made = _added(repo, tree, "data", odd)
    return repo.commit(made, [base], "`$(touch x)`", MALLORY, "2026-01-05")


def huge(repo: Repo) -> str:
    """A blob of 500 MB that weighs half a megabyte in a pack."""
    program = ["sh", "-c", f'head -c {HUGE} /dev/zero | exec "$@"', "sh"]
    words = repo.command(["-c", "core.bigFileThreshold=1m", "hash-object", "-w", "--stdin"])
    done = subprocess.run([*program, *words], capture_output=True, check=True, text=True)
    return done.stdout.strip()


def bomb(repo: Repo, base: str) -> str:
    """A commit of ten billion files, that weighs a few hundred bytes."""
    at = _tree(repo, [("100644", str(n), _blob(repo, b"boum\n")) for n in range(10)])
    for _ in range(9):
        at = _tree(repo, [(FOLDER, str(n), at) for n in range(10)])
    tree = _added(repo, f"{base}^{{tree}}", "", [(FOLDER, "bombe", at)])
    return repo.commit(tree, [base], "boum", MALLORY, "2026-01-05")


def _blob(repo: Repo, content: bytes) -> str:
    return repo.line("hash-object", "-w", "--stdin", stdin=content)


def _tree(repo: Repo, entries: list[tuple[str, str, str]]) -> str:
    """A tree object byte by byte: git's own commands refuse these names."""
    names = sorted((os.fsencode(n) + b"/" * (m == FOLDER), m, n, sha) for m, n, sha in entries)
    raw = b"".join(
        mode.encode() + b" " + os.fsencode(name) + b"\0" + bytes.fromhex(sha)
        for _, mode, name, sha in names
    )
    return repo.line("hash-object", "-t", "tree", "-w", "--stdin", "--literally", stdin=raw)


def _added(repo: Repo, tree: str, folder: str, entries: list[tuple[str, str, str]]) -> str:
    """A tree with entries added to one of its folders, or at its root."""
    if not folder:
        return _tree(repo, [*_listed(repo, tree), *entries])
    made = _added(repo, f"{tree}:{folder}", "", entries)
    kept = [e for e in _listed(repo, tree) if e[1] != folder]
    return _tree(repo, [*kept, (FOLDER, folder, made)])


def _listed(repo: Repo, tree: str) -> list[tuple[str, str, str]]:
    """The entries of a tree: mode, name, object."""
    lines = repo.run("ls-tree", "-z", tree).decode("utf-8", "surrogateescape").split("\0")
    told = (line.split("\t", 1) for line in lines if line)
    words = ((meta.split(" "), name) for meta, name in told)
    return [(meta[0].lstrip("0"), name, meta[2]) for meta, name in words]
