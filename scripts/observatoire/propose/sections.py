"""The tables of a request, one per kind of change: before → after, with links to check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from observatoire.french import counted
from observatoire.model import Key
from observatoire.plan import Addition, Edit, Plan
from observatoire.propose.kinds import Kinds, joining, sort
from observatoire.propose.markdown import row, text
from observatoire.propose.proposal import Names
from observatoire.propose.shown import Shown
from observatoire.propose.words import BODIES, whole
from observatoire.settle import GRACE_DAYS

COUNT_HEADS = {
    "nb_jeux": "Jeux de données",
    "nb_reutilisations": "Réutilisations",
    "derniere_mise_a_jour": "Dernière mise à jour",
}


MANY = 3
"""Bodies that a cell names."""
ABSENT = (
    "La réponse complète de la source n'a plus ces comptes. Fusionner en note seulement la date :"
    f" sans retour en {GRACE_DAYS} jours, une demande proposera le statut « disparu »."
)
DEAD = (
    "Ces liens du registre ne mènent plus à rien. Fusionner les note dans `data/liens_morts.csv` :"
    " le lien se corrige dans `data/publications.csv`."
)
HEIRS = "`data/redirections.csv` dit que ces organismes sont remplacés : leurs pages suivent."
KNOWN = (
    "Le registre avait déjà ces pages. Il note l'identifiant du compte sur le portail, pour le"
    " suivre sans se fier à son nom."
)
BACK = "La source donne de nouveau ces comptes : leur absence est oubliée."


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines, ready to be shown; ``total`` is how many there are in all.

    ``head`` are the lines that come before each group of lines (the head of a table); ``folded``
    hides them all until the reader opens them. ``asks``: a body must have all its lines.
    """

    title: str
    intro: str
    head: tuple[str, ...]
    lines: tuple[str, ...]
    total: int
    folded: bool = False
    asks: bool = False


def sections(plan: Plan, names: Names, most: int) -> list[Section]:
    """The tables that have lines, each with at most ``most`` of them."""
    tables = Tables(plan, sort(plan), Shown(names), most)
    return [s for s in tables.all() if s.total]


@dataclass(frozen=True)
class Tables:
    """The writer of the tables of one plan."""

    plan: Plan
    kinds: Kinds
    shown: Shown
    most: int

    def all(self) -> Iterator[Section]:
        """Every table, the most important first; some are empty."""
        yield self._entries()
        yield self._accounts()
        yield self._portals()
        yield self._others()
        yield self._heirs()
        yield self._statuses()
        yield self._dead()
        yield self._links()
        yield self._ids()
        yield self._cells()
        yield self._counts()
        yield self._keys("Absents", ABSENT, self.plan.absents)
        yield self._keys("Revenus", BACK, self.plan.revenus)

    @cached_property
    def _recognised(self) -> Mapping[Key, str]:
        """The accounts that lines get, by the key that these have still."""
        return {edit.key: edit.after for edit in self.kinds.ids}

    def _line(self, edit: Edit) -> str:
        """Which line of the register an edit is about."""
        return self.shown.line(edit.table, edit.key, self._recognised.get(edit.key, ""))

    def _section(
        self,
        title: str,
        heads: Sequence[str],
        rows: Iterator[Sequence[str]],
        total: int,
        intro: str = "",
    ) -> Section:
        head = (row(heads), "|" + " --- |" * len(heads))
        lines = (row(cells) for cells, _ in zip(rows, range(self.most), strict=False))
        return Section(title, intro, head, tuple(lines), total)

    def _keys(self, title: str, intro: str, keys: Sequence[Key]) -> Section:
        """Lines of publications where no cell changes, with where to look."""
        rows = (
            (
                self.shown.body(key[0]),
                self.shown.siren(key[0]),
                self.shown.portal(key[1], self.shown.names.pages.get((key[1], key[2]), "")),
                text(key[2]),
            )
            for key in keys
        )
        heads = ("Organisme", "SIREN", "Portail", "Compte")
        return self._section(title, heads, rows, len(keys), intro)

    def _entries(self) -> Section:
        pages: dict[str, list[Addition]] = {}
        for account in self.kinds.accounts:
            pages.setdefault(account.key[0], []).append(account)
        found = self.kinds.entries
        heads = ("Organisme", "SIREN", "Type", "Où il publie", "Comment on le sait")
        rows = (
            (
                self.shown.body(a.key[0], a.row.get("nom", "")),
                self.shown.siren(a.key[0]),
                self._type(a),
                " ; ".join(self._page(p) for p in pages.get(a.key[0], ())[:3]) or "—",
                text(a.why, 160),
            )
            for a in found
        )
        return self._section("Organismes qui entrent au registre", heads, rows, len(found))

    def _type(self, entry: Addition) -> str:
        kind = entry.row.get("type", "")
        words = BODIES[kind][0] if kind in BODIES else text(kind)
        departement = entry.row.get("departement", "")
        return f"{words}, {text(departement, 4)}" if departement else words

    def _page(self, account: Addition) -> str:
        portal = self.shown.portal(account.key[1], account.row.get("url", ""))
        datasets = account.row.get("nb_jeux", "")
        return f"{portal} ({text(datasets, 12)})" if datasets else portal

    def _accounts(self) -> Section:
        found = joining(self.kinds)
        heads = ("Organisme", "SIREN", "Page (jeux de données)", "Comment on le sait")
        rows = (
            (
                self.shown.body(a.key[0]),
                self.shown.siren(a.key[0]),
                self._page(a),
                text(a.why, 160),
            )
            for a in found
        )
        return self._section("Comptes nouveaux d'organismes connus", heads, rows, len(found))

    def _portals(self) -> Section:
        found = self.kinds.portals
        rows = (
            (
                text(a.row.get("nom", "")),
                text(a.key[0]),
                text(a.row.get("url", ""), 100),
                text(a.why, 160),
            )
            for a in found
        )
        heads = ("Portail", "Identifiant", "Adresse", "Comment on le sait")
        return self._section("Portails nouveaux", heads, rows, len(found))

    def _others(self) -> Section:
        found = self.kinds.others
        rows = ((text(a.table), text(" ".join(a.key)), text(a.why, 160)) for a in found)
        return self._section("Autres lignes", ("Table", "Ligne", "Pourquoi"), rows, len(found))

    def _heirs(self) -> Section:
        def cells(edit: Edit) -> tuple[str, ...]:
            page = self.shown.names.pages.get((edit.key[1], edit.key[2]), "")
            ends = (edit.before, edit.after)
            new = {a.key[0]: a.row.get("nom", "") for a in self.kinds.entries}
            said = (f"{self.shown.body(s, new.get(s, ''))} {self.shown.siren(s)}" for s in ends)
            return self.shown.portal(edit.key[1], page), text(edit.key[2]), *said

        found = self.kinds.heirs
        heads = ("Portail", "Compte", "Avant", "Après")
        title = "Pages qui changent d'organisme"
        return self._section(title, heads, map(cells, found), len(found), HEIRS)

    def _statuses(self) -> Section:
        found = self.kinds.statuses
        heads = ["Avant → après"]
        if any(e.key in self._datasets for e in found):
            heads.append(COUNT_HEADS["nb_jeux"])
        if any(e.why for e in found):
            heads.append("Pourquoi")
        return self._edits("Changements de statut", found, heads)

    @cached_property
    def _datasets(self) -> Mapping[Key, str]:
        """The number of datasets before and after, by key of line: why a page is empty."""
        moved = (e for line in self.kinds.counts for e in line if e.field == "nb_jeux")
        return {e.key: self.shown.moved(e.before, e.after) for e in moved}

    def _dead(self) -> Section:
        found = self.kinds.dead
        heads = ("Adresse", "Organismes", "Pourquoi")
        rows = ((*self._dead_link(a), text(a.why, 160)) for a in found)
        return self._section("Liens morts", heads, rows, len(found), DEAD)

    def _dead_link(self, dead: Addition) -> tuple[str, str]:
        """An address, and the bodies that have it; their number when nobody knows them."""
        owners = self.shown.names.owners.get(dead.key[0], ())
        if not owners:
            return text(dead.key[0], 100), text(dead.row.get("publications", ""))
        bodies = list(dict.fromkeys(self.shown.body(siren) for siren, _ in owners))
        rest = len(bodies) - MANY
        more = f" et {counted(rest, 'autre')}" if rest > 0 else ""
        return self.shown.address(dead.key[0], owners[0][1]), ", ".join(bodies[:MANY]) + more

    def _ids(self) -> Section:
        def cells(edit: Edit) -> tuple[str, ...]:
            return self._line(edit), self.shown.siren(edit.key[0]), self.shown.value(edit.after)

        found = self.kinds.ids
        heads = ("Organisme", "SIREN", "Identifiant sur le portail")
        return self._section("Comptes reconnus", heads, map(cells, found), len(found), KNOWN)

    def _cells(self) -> Section:
        return self._edits("Autres corrections", self.kinds.cells, ("Colonne", "Avant → après"))

    def _edits(self, title: str, edits: Sequence[Edit], heads: Sequence[str]) -> Section:
        def cells(edit: Edit) -> tuple[str, ...]:
            moved = self.shown.moved(edit.before, edit.after)
            field = (self.shown.field(edit.field),) if heads[0] == "Colonne" else ()
            counted = COUNT_HEADS["nb_jeux"] in heads
            datasets = (self._datasets.get(edit.key, ""),) if counted else ()
            why = (text(edit.why, 160),) if heads[-1] == "Pourquoi" else ()
            return (
                self._line(edit),
                self.shown.siren(edit.key[0]),
                *field,
                moved,
                *datasets,
                *why,
            )

        return self._section(title, ("Ligne", "Clé", *heads), map(cells, edits), len(edits))

    def _links(self) -> Section:
        def cells(edit: Edit) -> tuple[str, ...]:
            portal = edit.key[1] if edit.table == "publications" else edit.key[0]
            return (
                self._line(edit),
                self.shown.siren(edit.key[0]),
                self.shown.address(edit.before, portal),
                self.shown.address(edit.after, portal),
            )

        heads = ("Organisme", "SIREN", "Avant", "Après")
        found = self.kinds.links
        return self._section("Liens corrigés", heads, map(cells, found), len(found))

    def _counts(self) -> Section:
        found = sorted(self.kinds.counts, key=_gap)
        moved = {e.field for line in found for e in line}
        fields = {f: head for f, head in COUNT_HEADS.items() if f in moved}

        def cells(line: tuple[Edit, ...]) -> tuple[str, ...]:
            by_field = {e.field: self.shown.moved(e.before, e.after) for e in line}
            return (self._line(line[0]), *(by_field.get(f, "") for f in fields))

        heads = ("Organisme", *fields.values())
        return self._section("Comptes à jour", heads, map(cells, found), len(found))


def _gap(line: Sequence[Edit]) -> int:
    """Minus the change of the number of datasets: the greatest first."""
    edits = (e for e in line if e.field == "nb_jeux")
    return min((-abs(whole(e.after) - whole(e.before)) for e in edits), default=1)
