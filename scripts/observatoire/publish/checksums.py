"""SHA256SUMS: the fingerprint of each file, as `sha256sum --check` reads it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

NAME = "SHA256SUMS"


def digest(content: bytes) -> str:
    """The SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sums(contents: Mapping[str, bytes]) -> bytes:
    """One line per file, by name."""
    return "".join(f"{digest(contents[n])}  {n}\n" for n in sorted(contents)).encode()
