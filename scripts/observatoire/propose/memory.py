"""What the bot saw of the platforms, kept on a branch of its own that nobody has to read.

A series of failures lasts for weeks: it must outlive a request that waits, is refused, or is not
needed yet. Without this branch, main's tables are the memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from observatoire.files import Changes, Memory
from observatoire.git import Repo, StaleRef, Tree
from observatoire.liveness.looks import LINKS, STATES
from observatoire.model import Malformed
from observatoire.propose.forges import Forge
from observatoire.register import Register, path_of

BRANCH = "bot-constats"
REF = f"refs/heads/{BRANCH}"
MESSAGE = """\
constat : ce que le robot a vu des plateformes

Cette branche est sa mémoire d'une semaine à l'autre ; il n'y a rien à relire ni à fusionner.
"""


@dataclass(frozen=True)
class Remembered:
    """The memory of a bot at work from ``repo`` on a forge, where main is at ``base``."""

    repo: Repo
    forge: Forge
    base: str

    @cached_property
    def tip(self) -> str:
        """The commit that holds it; "" when there is none."""
        tip = self.repo.remote_ref(self.forge.remote, REF) or ""
        if tip and self.repo.resolve(tip) is None:
            self.repo.fetch(self.forge.remote, REF)
        return tip

    def register(self, main: Register) -> Register:
        """The tables of the looks before, under main's schemas."""
        if not self.tip:
            return main
        tree = Tree(self.repo, self.tip)
        schemas = {f"schemas/{n}.json": main.files.read(f"schemas/{n}.json") for n in _TABLES}
        tables = {path_of(n): tree.read(path_of(n)) for n in _TABLES}
        found = Memory({p: c for p, c in {**schemas, **tables}.items() if c is not None})
        kept = Register(found)
        try:
            for name in _TABLES:
                kept.keyed(name)
        except Malformed:
            # A person wrote there: the series of failures starts again from main.
            return main
        return kept

    def keep(self, tables: Changes, date: str) -> None:
        """Remember new tables; nothing is written when they say what is there."""
        if self.tip and all(Tree(self.repo, self.tip).read(p) == c for p, c in tables.items()):
            return
        tree = self.repo.write_tree(self.base, tables)
        commit = self.repo.commit(tree, [self.base], MESSAGE, self.forge.whoami(), date)
        try:
            self.repo.push(self.forge.remote, commit, REF, self.tip)
        except StaleRef:
            # Another round of looks got there first: its memory is as good.
            return


_TABLES = (STATES, LINKS)
