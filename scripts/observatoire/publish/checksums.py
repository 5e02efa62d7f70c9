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
    return written({name: digest(content) for name, content in contents.items()})


def written(digests: Mapping[str, str]) -> bytes:
    """The same, of files whose fingerprints are known."""
    return "".join(f"{digests[n]}  {n}\n" for n in sorted(digests)).encode()
