"""Faults of lists read page by page, whatever the technology of the portal."""

from __future__ import annotations

import json
from dataclasses import replace
from http import HTTPStatus
from itertools import count
from typing import Any

from observatoire.demo.faces import Answer, Ask, Fault

TOTALS = frozenset({"count", "numberMatched", "total", "total_count"})


def repeated(path: str = "") -> Fault:
    """Every page of a list is its first one that has items."""
    first: list[bytes] = []

    def spoil(_: Ask, answer: Answer) -> Answer:
        if not first and _items(answer):
            first.append(answer.body)
        return replace(answer, body=first[0]) if first else answer

    return Fault(spoil, path)


def growing(path: str = "", times: int | None = None) -> Fault:
    """The list announces one more item at each page: it never ends, or it moves."""
    numbers = count(1)

    def spoil(_: Ask, answer: Answer) -> Answer:
        if answer.status != HTTPStatus.OK or answer.type != "application/json":
            return answer
        page = _raised(json.loads(answer.body), next(numbers))
        return replace(answer, body=json.dumps(page).encode())

    return Fault(spoil, path, times)


def emptied(path: str = "", times: int | None = None) -> Fault:
    """Pages lose their items and still announce them."""

    def spoil(_: Ask, answer: Answer) -> Answer:
        if answer.status != HTTPStatus.OK or answer.type != "application/json":
            return answer
        page = _without_items(json.loads(answer.body))
        return replace(answer, body=json.dumps(page).encode())

    return Fault(spoil, path, times)


def _raised(value: Any, more: int) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {k: _raised(v, more) if k == "result" else v for k, v in value.items()}
    return {k: v + more if k in TOTALS and isinstance(v, int) else v for k, v in inner.items()}


def _without_items(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {k: _without_items(v) if k == "result" else v for k, v in value.items()}
    return {k: [] if k in {"results", "features", "data"} else v for k, v in inner.items()}


def _items(answer: Answer) -> bool:
    if answer.status != HTTPStatus.OK or answer.type != "application/json":
        return False
    page = json.loads(answer.body)
    page = page.get("result", page) if isinstance(page, dict) else page
    if not isinstance(page, dict):
        return bool(page)
    return any(page.get(key) for key in ("results", "features", "data", "dataset"))
