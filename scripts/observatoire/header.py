"""What to say of a first line that does not hold the names of the columns, each once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from observatoire.french import counted, plural
from observatoire.letters import fold
from observatoire.model import Finding, Malformed
from observatoire.words import closest, english

LONGEST = 60
"""Characters of a name that are shown."""
SHOWN = 10
"""Names that are shown; a line of data in place of the names has as many as columns."""


def repeated_names(file: str, names: Sequence[str]) -> Finding:
    """The finding about names that stand twice."""
    return Finding(
        "colonne-en-double",
        f"{plural(len(names), 'colonne présente')} deux fois : {_quote(names)}.",
        file=file,
        line=1,
        english=f"{_nouns(names, 'column')} that {_stand(names)} twice: {_quote(names)}.",
    )


def _stand(names: Sequence[str]) -> str:
    return "stands" if len(names) == 1 else "stand"


def wrong_names(file: str, header: Sequence[str], columns: Sequence[str]) -> Finding:
    """The finding about names that are not those expected."""
    unknown = [h for h in header if h not in columns]
    missing = [c for c in columns if c not in header]
    if len(missing) == len(columns) and not _twins(unknown, missing):
        said = ["la première ligne ne donne pas le nom des colonnes"]
        told = ["the first line does not give the names of the columns"]
    else:
        said, told = _differences(unknown, missing)
        if {fold(name) for name in unknown} <= {"", *map(fold, missing)}:
            said[-1] += " (« observatoire format » le fait aussi)"
            told[-1] += " (« observatoire format » does it too)"
    line = ",".join(columns)
    return Finding(
        "colonnes",
        f"{' ; '.join(said)}. La première ligne doit être : {line}",
        file=file,
        line=1,
        english=f"{'; '.join(told)}. The first line must be: {line}",
    )


def refuse_title(top: Iterable[Sequence[str]], file: str, columns: Sequence[str]) -> None:
    """Raise Malformed when a line under the first holds the names of all the columns."""
    wanted = {*map(fold, columns)}
    for number, cells in enumerate(top, 1):
        if number > 1 and wanted <= {*map(fold, cells)}:
            said = (
                "les noms des colonnes sont sur cette ligne : supprimez celles qui sont au-dessus."
            )
            told = "the names of the columns are on this line: delete those above it."
            raise Malformed(Finding("colonnes", said, file=file, line=number, english=told))


def _differences(unknown: Sequence[str], missing: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names that are misspelt, empty, unknown, missing: in French, and in English."""
    twins = _twins(unknown, missing)
    said = [f"« {wrong[:LONGEST]} » s'écrit « {right} »" for wrong, right in twins.items()]
    told = [f"« {wrong[:LONGEST]} » is written « {right} »" for wrong, right in twins.items()]
    nameless = sum(not name for name in unknown)
    if nameless:
        said.append(f"{counted(nameless, 'colonne')} sans nom, à supprimer")
        told.append(f"{english(nameless, 'column')} without a name, to be deleted")
    strange = [name for name in unknown if name and name not in twins]
    if strange:
        said.append(f"{plural(len(strange), 'colonne inconnue')} : {_quote(strange)}")
        told.append(f"unknown {_nouns(strange, 'column')}: {_quote(strange)}")
    lacking = [name for name in missing if name not in twins.values()]
    if lacking:
        said.append(f"{plural(len(lacking), 'colonne manquante')} : {_quote(lacking)}")
        told.append(f"missing {_nouns(lacking, 'column')}: {_quote(lacking)}")
    return said, told


def _twins(unknown: Iterable[str], missing: Sequence[str]) -> dict[str, str]:
    """The column that each misspelt name stands for."""
    left, out = list(missing), {}
    for name in unknown:
        near = closest(name, left) if fold(name) else ""
        if near:
            out[name] = near
            left.remove(near)
    return out


def _nouns(names: Sequence[str], noun: str) -> str:
    return noun if len(names) == 1 else f"{noun}s"


def _quote(names: Sequence[str]) -> str:
    more = ", …" if len(names) > SHOWN else ""
    return ", ".join(f"« {name[:LONGEST]} »" for name in names[:SHOWN]) + more
