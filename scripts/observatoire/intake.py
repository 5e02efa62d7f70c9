"""Reading a table that somebody sent: every way it can be unreadable has its French sentence.

``parse`` refuses what cannot be read as a table (encoding, separator, missing cells...); it does
not judge values, which is the work of ``validate``.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Sequence
from typing import BinaryIO

from observatoire.model import Finding, Malformed
from observatoire.table import Table, reorder

MAX_LINE = 100_000
"""Characters. A longer line is no table line, and the standard reader stops at 131,072."""

SEPARATORS = (
    ("le point-virgule", "semicolons", ";"),
    ("la tabulation", "tabs", "\t"),
    ("la barre |", "bars |", "|"),
)
HEAD = 10
"""First lines among which the names of the columns are looked for."""
MANY = 20
"""Lines of another width that are told of at once."""
CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")

_SIGNATURES = (
    (
        b"PK\x03\x04",
        "c'est un classeur (XLSX, ODS) ou une archive",
        "it is a workbook (XLSX, ODS) or an archive",
    ),
    (b"\xff\xfe", "il est en UTF-16 (« Texte Unicode »)", "it is in UTF-16"),
    (b"\xfe\xff", "il est en UTF-16 (« Texte Unicode »)", "it is in UTF-16"),
    (b"%PDF", "c'est un PDF", "it is a PDF"),
    (b"\xd0\xcf\x11\xe0", "c'est un ancien classeur (XLS)", "it is an old workbook (XLS)"),
)


CONVERTIBLE = (b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff")
_CONVERTED = (
    ", ou lancez « observatoire format » qui le convertit",
    ", or run « observatoire format », which converts it",
)


def parse(data: bytes, file: str, columns: Sequence[str] = ()) -> Table:
    """Read a comma-separated UTF-8 table; a byte order mark, CRLF and quotes are tolerated.

    ``file`` names the table in messages. When ``columns`` is given, the header must hold exactly
    these, in any order, and the rows come back in that order. Raises Malformed.
    """
    lines = _lines(decode(data, file), file)
    header = _cells(lines[0], 1, file)
    _check_header(header, lines, file, columns)
    width = len(header)
    rows, odd = [], []
    for number, line in enumerate(lines[1:], 2):
        cells = tuple(_cells(line, number, file) if '"' in line else line.split(","))
        if len(cells) != width:
            odd.append((number, cells))
        rows.append(cells)
    whole = data.endswith(b"\n")
    if odd:
        raise _wrong_widths(file, header, odd, 0 if whole else len(lines))
    if not whole:
        raise _malformed(
            "fichier-tronque",
            file,
            len(lines),
            "le fichier s'arrête sans retour à la ligne : s'il a été coupé pendant l'envoi,"
            " reprenez-le en entier ; si cette ligne est entière, lancez « observatoire format »,"
            " qui ajoute ce qui manque.",
            "the file stops without a line end: if it was cut while it was sent, take the whole of"
            " it again; if this line is whole, run « observatoire format », which adds what is"
            " missing.",
        )
    table = Table(tuple(header), rows)
    return reorder(table, columns) if columns else table


def decode(data: bytes, file: str) -> str:
    """The text of a UTF-8 file, without its byte order mark; raises Malformed."""
    if not data.strip():
        raise _malformed("fichier-vide", file, 0, "le fichier est vide.", "the file is empty.")
    what, thing = next((w for start, *w in _SIGNATURES if data.startswith(start)), ("", ""))
    known = data.startswith(CONVERTIBLE)
    if what or b"\x00" in data:
        raise _malformed(
            "fichier-binaire",
            file,
            0 if what else data[: data.index(b"\x00")].count(b"\n") + 1,
            f"ce n'est pas un fichier CSV ({what or 'il contient un octet nul'}) :"
            f" enregistrez le tableau au format « CSV UTF-8 »{_CONVERTED[0] if known else ''}.",
            f"it is not a CSV file ({thing or 'it holds a NUL byte'}): save the table as"
            f" « CSV UTF-8 »{_CONVERTED[1] if known else ''}.",
        )
    _check_lines(data, file)
    try:
        return data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        raise _malformed(
            "encodage",
            file,
            data[: error.start].count(b"\n") + 1,
            "le fichier n'est pas en UTF-8 (un accent est illisible) : enregistrez-le au format"
            " « CSV UTF-8 », ou lancez « observatoire format » qui le convertit.",
            "the file is not in UTF-8 (an accent cannot be read): save it as « CSV UTF-8 », or run"
            " « observatoire format », which converts it.",
        ) from None


def _check_lines(data: bytes, file: str) -> None:
    """Refuse a line of megabytes before anything is made of it: a character has four bytes at most.

    Such a line holds a whole window without any line end.
    """
    window = 4 * MAX_LINE
    for at in range(0, len(data) - window, window):
        if data.find(b"\n", at, at + window) < 0 and data.find(b"\r", at, at + window) < 0:
            raise _too_long(file, data.count(b"\n", 0, at) + 1)


def refuse_endless(stream: BinaryIO, file: str) -> None:
    """The same on a file that is read a part at a time: it may be of hundreds of megabytes."""
    window, number = 4 * MAX_LINE, 1
    while data := stream.read(window):
        if len(data) == window and b"\n" not in data and b"\r" not in data:
            raise _too_long(file, number)
        number += data.count(b"\n")


def _lines(text: str, file: str) -> list[str]:
    text = text.replace("\r\n", "\n")
    start = text[:200].lstrip()
    if start.startswith("<") and not start.startswith(CONFLICT):
        raise _malformed(
            "fichier-html",
            file,
            1,
            "c'est une page HTML ou XML, pas un tableau CSV.",
            "it is an HTML or XML page, not a CSV table.",
        )
    if start.startswith(("{", "[")):
        raise _malformed(
            "fichier-json",
            file,
            1,
            "c'est du JSON, pas un tableau CSV.",
            "it is JSON, not a CSV table.",
        )
    if "\r" in text:
        raise _malformed(
            "retour-chariot",
            file,
            text[: text.index("\r")].count("\n") + 1,
            "cette ligne contient un retour chariot isolé : lancez « observatoire format » qui le"
            " remplace, ou enregistrez le tableau au format « CSV UTF-8 ».",
            "this line holds a lone carriage return: run « observatoire format », which replaces"
            " it, or save the table as « CSV UTF-8 ».",
        )
    lines = text.removesuffix("\n").split("\n")
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise _too_long(file, number)
    return lines


def _cells(line: str, number: int, file: str) -> list[str]:
    if '"' not in line:
        return line.split(",")
    if line.count('"') % 2:
        raise _malformed(
            "guillemet-ouvert",
            file,
            number,
            "un guillemet droit n'est pas refermé, ou une cellule contient un retour à la ligne :"
            " écrivez la cellule sur une ligne, et une citation entre « et ».",
            "a straight quotation mark is not closed, or a cell holds a line end: write the cell on"
            " one line, without straight quotation marks.",
        )
    import csv  # only for a quoted cell: start-up counts

    return next(csv.reader([line]))


def _check_header(header: list[str], lines: list[str], file: str, columns: Sequence[str]) -> None:
    line = lines[0]
    if line.startswith(CONFLICT):
        raise _conflict(file, 1, line)
    for name, english, mark in SEPARATORS:
        parts = line.split(mark)
        if len(header) < len(parts) and (len(header) == 1 or len({*parts} & {*columns}) > 1):
            raise _malformed(
                "separateur",
                file,
                1,
                f"les colonnes sont séparées par {name} au lieu de la virgule :"
                " lancez « observatoire format » qui convertit le fichier, ou enregistrez-le"
                " avec la virgule comme séparateur.",
                f"the columns are separated by {english} instead of commas: run"
                " « observatoire format », which converts the file, or save it with the comma as"
                " separator.",
            )
    if columns and not {*header} & {*columns}:
        from observatoire.header import refuse_title  # only for a wrong line: start-up counts

        refuse_title((text.split(",") for text in lines[:HEAD]), file, columns)
    check_names(header, file, columns)


def check_names(header: Sequence[str], file: str, columns: Sequence[str]) -> None:
    """Refuse column names that stand twice, or are not exactly those expected, in any order."""
    repeated = sorted({h for h in header if (h or not columns) and header.count(h) > 1})
    if repeated and (not columns or {*columns} & {*header}):
        from observatoire.header import repeated_names  # only for a wrong line: start-up counts

        raise Malformed(repeated_names(file, repeated))
    if columns and sorted(header) != sorted(columns):
        from observatoire.header import wrong_names

        raise Malformed(wrong_names(file, header, columns))


def _wrong_widths(
    file: str, header: Sequence[str], odd: Sequence[tuple[int, tuple[str, ...]]], cut: int
) -> Malformed:
    """The refusal of lines of another width; ``cut`` is the last line of a file that was cut."""
    from observatoire.width import wrong_width  # only for a wrong line: start-up counts

    for number, cells in odd:
        if cells[0].startswith(CONFLICT):
            return _conflict(file, number, cells[0])
    return Malformed(
        *(
            wrong_width(file, number, header, cells, cut=number == cut)
            for number, cells in odd[:MANY]
        )
    )


def _conflict(file: str, number: int, line: str) -> Malformed:
    return _malformed(
        "conflit-git",
        file,
        number,
        f"la marque de conflit « {line[:7]} » est restée dans le fichier : gardez la bonne"
        " version des lignes et supprimez les marques.",
        f"the conflict mark « {line[:7]} » was left in the file: keep the right version of the"
        " lines and delete the marks.",
    )


def _too_long(file: str, number: int) -> Malformed:
    return _malformed(
        "ligne-trop-longue",
        file,
        number,
        f"cette ligne dépasse {MAX_LINE} caractères : ce n'est pas une ligne de tableau.",
        f"this line exceeds {MAX_LINE} characters: it is not a line of a table.",
    )


def _malformed(code: str, file: str, line: int, message: str, english: str) -> Malformed:
    return Malformed(Finding(code, message, file=file, line=line, english=english))
