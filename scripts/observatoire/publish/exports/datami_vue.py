"""The flat view and the settings with which Datami shows it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from observatoire.publish.datami import settings
from observatoire.publish.draft import Draft
from observatoire.table import serialize


def export(draft: Draft) -> Mapping[str, bytes]:
    """``vue-datami.csv``, and ``datami/*.json``."""
    files = settings.files(draft)
    return {"vue-datami.csv": serialize(draft.view)} | {n: dump(c) for n, c in files.items()}


def dump(content: Mapping[str, Any]) -> bytes:
    """JSON as a person reads it; the order of keys is that of the code."""
    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n".encode()
