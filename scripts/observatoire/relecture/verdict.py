"""What is said of a contribution: one note in its discussion, one line beside its last commit.

Names of files are hostile, like cells: each is shown as a code span.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from observatoire.french import counted
from observatoire.model import Finding
from observatoire.propose.markdown import details
from observatoire.validate.report import Report
from observatoire.validate.reports import markdown

CONTEXT = "observatoire/relecture"
"""The name of the check, beside those of the pipeline."""
SHOWN = 20
CREDIT = (
    "<sub>Relecture faite par le programme, les schémas et le référentiel de `{main}`, au commit"
    " {commit} de la demande. Rien de la demande n'a été exécuté.</sub>"
)


@dataclass(frozen=True)
class Verdict:
    """What was read of a contribution; ``report`` is None when no table could be examined."""

    commit: str
    main: str
    report: Report | None = None
    refused: tuple[Finding, ...] = ()
    outside: tuple[tuple[str, str], ...] = field(default=())

    @property
    def errors(self) -> int:
        """How many things block."""
        return len(self.refused) + (self.report.errors if self.report else 0)

    @property
    def line(self) -> str:
        """The verdict in a few words: forges show 140 characters."""
        said = counted(self.errors, "erreur") + " à corriger" if self.errors else ""
        if not said:
            said = "données vérifiées, rien à corriger" if self.report else "aucune donnée changée"
        if self.outside:
            said += f" ; {counted(len(self.outside), 'fichier')} hors des données, à relire"
        return said

    @property
    def note(self) -> str:
        """The note, in Markdown."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        if self.refused:
            yield from (f"### ❌ {self._refused}", "")
            yield from _listed([f"- {_name(f.file)}{f.message}" for f in self.refused])
            yield ""
        if self.report:
            yield markdown.render(self.report).removeprefix(f"{markdown.MARK}\n")
        elif not self.refused:
            yield from ("### Aucune table changée : il n'y a pas de données à vérifier.", "")
        if self.outside:
            yield from (*self._outside(), "")
        yield CREDIT.format(main=self.main, commit=self.commit[:8])

    @property
    def _refused(self) -> str:
        files = sum(bool(f.file) for f in self.refused)
        return f"{counted(files, 'fichier')} à retirer ou à refaire" if files else "À refaire"

    def _outside(self) -> Iterator[str]:
        """The files that a person reads, folded: their names are all that was looked at."""
        lines = []
        for name, group in groupby(self.outside, key=lambda pair: pair[0]):
            paths = [path for _, path in group]
            lines.append(f"- {name} : {', '.join(map(markdown.code, paths[:SHOWN]))}{_more(paths)}")
        title = (
            f"À relire par une personne : {counted(len(self.outside), 'fichier')} hors des données"
        )
        yield f"**{title}**"
        yield ""
        yield (
            "Ce ne sont pas des tables, ou ils changent les règles : rien n'en a été lu ni appliqué"
            " ici. La personne qui fusionne les relit un par un."
        )
        yield from ("", *details("Lesquels", lines))


def _name(path: str) -> str:
    return f"{markdown.code(path)} : " if path else ""


def _listed(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield f"- … et {counted(len(lines) - SHOWN, 'autre')}."


def _more(paths: Sequence[str]) -> str:
    return f" et {counted(len(paths) - SHOWN, 'autre')}" if len(paths) > SHOWN else ""
