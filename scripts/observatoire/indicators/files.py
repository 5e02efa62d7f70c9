"""The files that indicators give: the tidy table, one readable table each, the lists, the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from observatoire.indicators import absence, readable, report, tidy, vocabulary
from observatoire.indicators.model import Indicator, Snapshot
from observatoire.model import Row
from observatoire.register import Register
from observatoire.table import Table, serialize


@dataclass(frozen=True)
class Made:
    """The figures, the published ones beside, the list of the obliged bodies that are silent.

    ``now`` is the last snapshot: the register itself.
    """

    figures: Table
    compared: Table
    absent: Table
    words: vocabulary.Vocabulary
    now: Snapshot

    def report(self) -> str:
        """The figures in a few Markdown tables."""
        return report.markdown(self.figures, self.compared, self.words)

    def tables(self) -> Mapping[str, Table]:
        """Every table by name."""
        return {
            "indicateurs": self.figures,
            "comparaison": self.compared,
            absence.NAME: self.absent,
            **readable.tables(self.figures, self.words),
        }

    def files(self) -> Mapping[str, bytes]:
        """Every file by path: the tables and the report."""
        tables = {f"{name}.csv": serialize(table) for name, table in self.tables().items()}
        return tables | {"indicateurs.md": f"{self.report()}\n".encode()}


def make(
    register: Register, snapshots: Iterable[Snapshot], indicators: Sequence[Indicator] = ()
) -> Made:
    """Measure snapshots of a register, one at a time; the last is the register itself."""
    kept: list[Snapshot] = []

    def passing() -> Iterator[Snapshot]:
        for snapshot in snapshots:
            kept[:] = [snapshot]
            yield snapshot

    figures = tidy.tabulate(passing(), indicators)
    (now,) = kept
    published = register.table("chiffres_publies").records()
    return Made(
        figures,
        tidy.compare(figures, (r for r in published if _measured(r, indicators))),
        absence.listed(now),
        vocabulary.load(register, now.reference),
        now,
    )


def _measured(published: Row, indicators: Sequence[Indicator]) -> bool:
    return not indicators or published["indicateur"] in {i.HEADER.id for i in indicators}
