"""A model of Datami's CSV reader and writer: what a saved file becomes (datami.md, section 2).

Written after the behaviour of `src/utils/csvUtils.js` (Datami, June 2024): no RFC 4180 parser. The
law that a release must meet: ``save(text, ...) == text`` for an untouched file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from observatoire.publish.datami import javascript

QUOTES = "~~datami-quotes~~"
BREAK = "~~datami-br~~"
UNDEFINED = "undefined"

_QUOTED = re.compile('("[^\n\r\u2028\u2029]*?")')


def save(text: str, separator: str, types: Mapping[str, str]) -> str:
    """The file that Datami sends back after a visit without any edit.

    ``types`` are the column types of the schema that the widget was given.
    """
    labels = text.partition("\n")[0].strip(javascript.BLANKS).split(separator)
    records = read(text.removeprefix("\ufeff"), separator, types)
    lines = [separator.join(labels)]
    lines += [separator.join(_cell(r.get(n), separator) for n in labels) for r in records]
    return "".join(f"{line}\n" for line in lines)


def read(text: str, separator: str, types: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows by column name, as the widget holds them; a missing cell has no entry."""
    text = text.replace('""', QUOTES)
    parts = (p.replace("\n", BREAK, 1) if '"' in p else p for p in _QUOTED.split(text))
    lines = [line for line in "".join(parts).split("\n") if line]
    if not lines:
        return []
    cells = _splitter(separator)
    header = _match(cells, lines[0])
    return [_record(header, _match(cells, line), types) for line in lines[1:]]


def _record(
    header: Sequence[str], cells: Sequence[str], types: Mapping[str, str]
) -> dict[str, str]:
    return {
        name: javascript.convert(cell, types.get(name, "string"), _restore(cell))
        for name, cell in zip(header, cells, strict=False)
    }


def _restore(cell: str) -> str:
    return cell.replace(QUOTES, '"').replace(BREAK, "\n") or cell


def _cell(value: str | None, separator: str) -> str:
    if value is None:
        return UNDEFINED
    around = '"' if separator in value else ""
    return around + value.replace('"', '""') + around


def _splitter(separator: str) -> re.Pattern[str]:
    """Datami's pattern; a JavaScript back-reference to a group that took no part matches "" and
    Python's does not, hence two branches in place of one optional quote."""
    blank = f"[{re.escape(javascript.BLANKS)}]*"
    end = rf"{blank}(?:{separator}|\Z)"
    return re.compile(rf'{blank}(?:"(.*?)"{end}|(.*?){end})', re.DOTALL)


def _match(cells: re.Pattern[str], line: str) -> list[str]:
    found = [m[1] if m[1] is not None else m[2] for m in cells.finditer(line)]
    return found[:-1]
