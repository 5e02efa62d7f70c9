"""Git over HTTP: `git http-backend` on the bare repository, and what came with each push."""

from __future__ import annotations

import base64
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from observatoire import git
from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Call
from observatoire.demo.forge.records import Token
from observatoire.demo.forge.store import HEADS, Store
from observatoire.git import Repo

# The hook writes down what git gives it: the moved references, the push options.
HOOK = """\
#!/bin/sh
{
  sed 's/^/ref /'
  i=0
  while [ "$i" -lt "${GIT_PUSH_OPTION_COUNT:-0}" ]; do
    eval "printf 'option %s\\n' \\"\\$GIT_PUSH_OPTION_$i\\""
    i=$((i + 1))
  done
} >>"$(pwd)/pushed"
"""
SETTINGS = (
    ("http.receivepack", "true"),
    ("receive.advertisePushOptions", "true"),
    ("receive.autogc", "false"),
    ("uploadpack.allowAnySHA1InWant", "true"),
    ("gc.auto", "0"),
)
WRITERS = frozenset(("api", "write_repository", "repo"))


@dataclass(frozen=True, slots=True)
class Push:
    """What one push moved, branch to its new commit ("" when deleted), and its options."""

    branches: Mapping[str, str]
    options: tuple[str, ...]


def make(folder: Path, main: str) -> Repo:
    """A bare repository ready to be pushed to."""
    repo = git.init_bare(folder, main)
    for name, value in SETTINGS:
        repo.run("config", name, value)
    hook = folder / "hooks" / "post-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(HOOK, "utf-8")
    hook.chmod(0o755)
    return repo


def token_of(call: Call) -> str:
    """The token in a call from Git; "" without any."""
    scheme, _, sent = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(sent, validate=True).decode().partition(":")[2]
    except ValueError:
        return ""


def writes(call: Call) -> bool:
    """Whether a call is part of a push."""
    return "git-receive-pack" in (call.path.rsplit("/", 1)[-1], call.query.get("service"))


def refused(store: Store, call: Call, token: Token | None) -> Answer | None:
    """The answer to a call that the repository is closed to, if it is."""
    if "," in call.headers.get("authorization", ""):
        return _plain(400, "Duplicate header: Authorization")
    if token is None and (call.headers.get("authorization") or store.hidden or writes(call)):
        demand = {"WWW-Authenticate": 'Basic realm="Forge"'}
        return _plain(401, "HTTP Basic: Access denied", demand)
    if store.hidden and token and not token.account.member:
        return _plain(404, "The project you were looking for could not be found")
    may = token and token.account.member and WRITERS & token.scopes and not token.job
    if writes(call) and not may:
        return _plain(403, "You are not allowed to push code to this project.")
    return None


def _plain(status: int, said: str, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(status, f"{said}\n".encode(), "text/plain", headers or {})


def backend(store: Store, call: Call, inner: str) -> Answer:
    """What `git http-backend` answers; ``inner`` is the path inside the repository."""
    done = subprocess.run(
        ["git", "http-backend"],
        input=call.body,
        capture_output=True,
        env=_environment(store, call, inner),
        check=False,
        timeout=60,
    )
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
    status = int(fields.pop("Status", "200").split()[0])
    kind = fields.pop("Content-Type", "text/plain")
    return Answer(status, body, kind, fields)


def _environment(store: Store, call: Call, inner: str) -> dict[str, str]:
    query = urlsplit(call.base + call.path).query
    service = call.query.get("service", "")
    return {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_HTTP_EXPORT_ALL": "1",
        "GIT_PROJECT_ROOT": str(store.repo.path),
        "PATH_INFO": inner,
        "REQUEST_METHOD": call.method,
        "QUERY_STRING": query or (f"service={service}" if service else ""),
        "CONTENT_TYPE": call.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(call.body)),
        "HTTP_CONTENT_ENCODING": call.headers.get("content-encoding", ""),
        "GIT_PROTOCOL": call.headers.get("git-protocol", ""),
        "REMOTE_USER": "someone",
        "REMOTE_ADDR": "127.0.0.1",
    }


def pushed(repo: Repo) -> Push:
    """What the last push moved, once."""
    path = repo.path / "pushed"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    path.unlink(missing_ok=True)
    moved = [line.split(" ")[2:] for line in lines if line.startswith("ref ")]
    branches = {
        ref.removeprefix(HEADS): "" if set(new) == {"0"} else new
        for new, ref in moved
        if ref.startswith(HEADS)
    }
    options = [line.removeprefix("option ") for line in lines if line.startswith("option ")]
    return Push(branches, tuple(options))
