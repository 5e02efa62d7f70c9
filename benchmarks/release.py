"""A whole release of a big register, step by step, then each format beside its usual writers.

Usage: python benchmarks/release.py [ROWS] [--formats]     (default: 60000 rows)

The register is that of benchmarks/validate.py: the real communes and EPCI, then invented bodies.
The second part takes the flat view of 36,000 organisations (performance.md, section 5); a writer
that is not installed is left out: pandas, polars, xlsxwriter and sqlite-utils are no dependencies
of the project.
"""

from __future__ import annotations

import contextlib
import functools
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import release_formats

from observatoire.files import Folder
from observatoire.git import Person, Repo, init_bare
from observatoire.publish import (
    archive,
    checksums,
    datapackage,
    exports,
    gate,
    history,
    news,
    preparation,
    publisher,
    sheets,
)
from observatoire.publish.datami import contract
from observatoire.publish.draft import Draft
from observatoire.publish.kept import Kept
from observatoire.screen import Screen

PROJECT = "https://gitlab.com/groupe/observatoire"
WHO = Person("Banc", "banc@example.org")
SCREEN = Screen(sys.stdout, sys.stderr)
PREPARE, FIRST, NEXT = "préparer", "première version", "version suivante"


class Clock:
    """Time spent in each step, without what the steps inside it took; peak memory after it."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.peak: dict[str, int] = {}
        self._inner: list[float] = []

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a block."""
        start = time.perf_counter()
        self._inner.append(0.0)
        yield
        whole = time.perf_counter() - start
        self.spent[name] = self.spent.get(name, 0.0) + whole - self._inner.pop()
        if self._inner:
            self._inner[-1] += whole
        self.peak[name] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

    def wrap(self, place: object, name: str, title: str) -> None:
        """Time every call of a function."""
        inner: Callable[..., Any] = getattr(place, name)

        @functools.wraps(inner)
        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.step(title):
                done = inner(*args, **kwargs)
                return list(done) if hasattr(done, "__next__") else done

        setattr(place, name, timed)


def whole(rows: int) -> None:
    """Release a register of that many organisations, then a change of it, each in a process."""
    with tempfile.TemporaryDirectory() as name:
        for title in (PREPARE, FIRST, NEXT):
            subprocess.run([sys.executable, __file__, title, name, str(rows)], check=True)


def prepared(folder: Path, rows: int) -> None:
    """A bare repository with the register of the first version."""
    release_formats.placed(folder / "registre", rows)
    _commit(init_bare(folder / "registre.git"), _content(folder))


def released(folder: Path, rows: int, title: str) -> None:
    """One version, step by step."""
    repo = init_bare(folder / "registre.git")
    if title == NEXT:
        _commit(repo, _changed(_content(folder)))
    clock = _clock()
    start = time.perf_counter(), time.process_time()
    _release(repo, clock, folder / "fichiers")
    wall, cpu = time.perf_counter() - start[0], time.process_time() - start[1]
    _report(clock, f"{rows} organismes, {title}", wall, cpu)


def _content(folder: Path) -> dict[str, bytes | None]:
    files = Folder(folder / "registre")
    content = {n: files.read(n) for top in ("data", "schemas") for n in files.names(top)}
    return content | {"datapackage.json": files.read("datapackage.json")}


def _clock() -> Clock:
    clock = Clock()
    for place, name, title in (
        (history, "load", "lire le commit"),
        (news, "since", "comparer à la version d'avant"),
        (gate, "refuse_errors", "valider le registre"),
        (contract, "check", "contrôler ce que lit Datami"),
        (checksums, "sums", "empreintes"),
        (datapackage, "describe", "décrire le paquet"),
        (archive, "zipped", "comprimer (zip)"),
        (Repo, "write_tree", "écrire dans Git"),
    ):
        clock.wrap(place, name, title)
    for module in exports.discover():
        clock.wrap(module, "export", f"publication : {_last(module)}")
    for made in exports.formats():
        clock.wrap(made, "assets", f"format : {_last(made)}")
    clock.wrap(sheets.Version, "_sheet", "lire les tables (une fois)")
    for name, title in (("made", "indicateurs"), ("view", "vue d'ensemble")):
        _wrap_property(clock, name, title)
    return clock


def _wrap_property(clock: Clock, name: str, title: str) -> None:
    inner = Draft.__dict__[name].func

    def timed(draft: Draft) -> Any:
        with clock.step(title):
            return inner(draft)

    made = functools.cached_property(timed)
    made.__set_name__(Draft, name)
    setattr(Draft, name, made)


def _last(module: object) -> str:
    return str(getattr(module, "__name__", module)).rpartition(".")[2]


def _release(repo: Repo, clock: Clock, folder: Path) -> None:
    with clock.step("le reste"):
        ready = preparation.prepare(repo, "", PROJECT)
        if ready is None:
            raise SystemExit("nothing to release")
        publisher.publish(repo, ready)
        published = {name: len(content) for name, content in ready.contents.items()}
        ready.contents.clear()
        made = Kept(folder / ready.tag, publisher.each_download(repo, ready.tag))
    SCREEN.say(
        f"\n{ready.tag} : {len(published)} fichiers publiés"
        f" ({sum(published.values()) / 1e6:.0f} Mo),"
        f" {len(made)} à télécharger ({sum(map(len, made.values())) / 1e6:.0f} Mo)"
    )


def _report(clock: Clock, title: str, wall: float, cpu: float) -> None:
    peak = max(clock.peak.values())
    SCREEN.say(f"{title} : {wall:.1f} s ({cpu:.1f} s de processeur), pic {peak} Mo")
    for name, seconds in sorted(clock.spent.items(), key=lambda pair: -pair[1]):
        SCREEN.say(f"  {name:<34} {seconds:>7.2f} s   pic {clock.peak[name]:>5} Mo")


def _commit(repo: Repo, content: Any) -> None:
    head = repo.resolve("refs/heads/main")
    commit = repo.commit(
        repo.write_tree("", content), [head] if head else [], "Données", WHO, "2026-11-23"
    )
    repo.update_ref("refs/heads/main", commit, head or "")


def _changed(content: dict[str, bytes | None]) -> dict[str, bytes | None]:
    """One publication in a hundred counts other datasets."""
    path = "data/publications.csv"
    lines = (content[path] or b"").decode().split("\n")
    at = lines[0].split(",").index("nb_jeux")
    for i in range(1, len(lines) - 1, 100):
        cells = lines[i].split(",")
        cells[at] = str(int(cells[at] or 0) + 1)
        lines[i] = ",".join(cells)
    return content | {path: "\n".join(lines).encode()}


def main(words: list[str]) -> None:
    """Both parts, or the second alone."""
    if words[:1] == [PREPARE]:
        prepared(Path(words[1]), int(words[2]))
        return
    if words[:1] in ([FIRST], [NEXT]):
        released(Path(words[1]), int(words[2]), words[0])
        return
    sizes = [int(w) for w in words if w.isdecimal()]
    if "--formats" not in words:
        whole(sizes[0] if sizes else 60_000)
    release_formats.compare(PROJECT, SCREEN)


if __name__ == "__main__":
    main(sys.argv[1:])
