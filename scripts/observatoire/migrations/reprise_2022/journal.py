"""The journal of a rebuilt edition: one line per value corrected, dropped or doubted."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import asdict, dataclass, replace

from observatoire.model import Row
from observatoire.table import Table, from_records

COLUMNS = ("table", "cle", "champ", "avant", "apres", "nom", "suggestion", "action", "regle")
CORRECTED, DROPPED, DOUBTED = "corrige", "retire", "doute"


@dataclass(frozen=True, slots=True)
class Correction:
    """What happened to one value of an old file; see schemas/corrections.json."""

    table: str
    cle: str
    champ: str
    avant: str
    apres: str
    nom: str
    suggestion: str
    action: str
    regle: str


class Journal:
    """The corrections of one edition, collected while its lines are converted."""

    def __init__(self) -> None:
        self.lines: list[Correction] = []

    def pen(self, table: str, cle: str, nom: str) -> Pen:
        """What writes about one line of an old file."""
        return Pen(self, table, visible(cle.strip()), visible(nom.strip()))

    def counts(self) -> Counter[str]:
        """How many lines each rule wrote."""
        return Counter(line.regle for line in self.lines)

    def records(self) -> list[Row]:
        """The lines as rows of the table ``corrections``, each once."""
        return [asdict(line) for line in dict.fromkeys(self.lines)]

    def table(self) -> Table:
        """The table ``corrections``."""
        return from_records(COLUMNS, self.records())


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes in a journal about one line of an old file."""

    journal: Journal
    table: str
    cle: str
    nom: str

    def into(self, table: str) -> Pen:
        """The same pen for cells of the line that go to another table."""
        return replace(self, table=table)

    def corrects(
        self, champ: str, avant: str, apres: str, regle: str, suggestion: str = ""
    ) -> None:
        """The value is replaced by ``apres``, which is certain."""
        self._write(CORRECTED, regle, champ=champ, avant=avant, apres=apres, suggestion=suggestion)

    def drops(self, champ: str, avant: str, regle: str, suggestion: str = "") -> None:
        """The value is not taken."""
        self._write(DROPPED, regle, champ=champ, avant=avant, apres="", suggestion=suggestion)

    def doubts(self, champ: str, avant: str, apres: str, regle: str, suggestion: str = "") -> None:
        """The value goes into the register as ``apres``; a person must look at it."""
        self._write(DOUBTED, regle, champ=champ, avant=avant, apres=apres, suggestion=suggestion)

    def _write(self, action: str, regle: str, **cells: str) -> None:
        shown = {name: visible(cell) for name, cell in cells.items()}
        self.journal.lines.append(
            Correction(
                table=self.table, cle=self.cle, nom=self.nom, action=action, regle=regle, **shown
            )
        )


def visible(cell: str) -> str:
    """The cell with what the eye misses or a table forbids written out.

    A blank at an end becomes ``␠``; quotes, ``<``, ``>``, control and invisible characters become
    ``[U+200E]``. Two different cells keep two different forms.
    """
    inner = cell.strip(" ")
    if not inner:
        return "␠" * len(cell)
    left = len(cell) - len(cell.lstrip(" "))
    right = len(cell) - len(cell.rstrip(" "))
    return "␠" * left + "".join(map(_shown, inner)) + "␠" * right


def _shown(char: str) -> str:
    hidden = char in '"<>' or (
        char != " " and unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp", "Zs", "Co"}
    )
    return f"[U+{ord(char):04X}]" if hidden else char
