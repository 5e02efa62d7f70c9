"""What moved for each organisation between two states of the register, in French sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from observatoire import french
from observatoire.history.model import Difference
from observatoire.model import Row
from observatoire.publish.differences import difference
from observatoire.publish.labels import labels
from observatoire.register import Register

READ = ("organisations", "publications", "plateformes")

Kind = Literal["entree", "sortie", "modification", "publication"]


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that happened to an organisation; ``sentence`` does not name it."""

    siren: str
    nom: str
    type: str
    departement: str
    kind: Kind
    sentence: str


def moves(old: Register, new: Register) -> list[Move]:
    """Every move, by organisation; none when columns changed in between. Raises Malformed."""
    if any(old.schema(n).columns != new.schema(n).columns for n in READ):
        return []
    bodies = difference(old, new, "organisations")
    titles = {f.name: f.title for f in new.schema("organisations").fields}
    words = labels(new.schema("organisations"), "type")
    found = [*_bodies(bodies, titles), *_publications(old, new)]
    known = _known(new, bodies, {siren for siren, _, _ in found})
    out = [
        Move(
            siren,
            row["nom"],
            words.get(row["type"], row["type"]),
            row["departement"],
            kind,
            sentence,
        )
        for siren, kind, sentence in found
        if (row := known.get(siren))
    ]
    return sorted(out, key=lambda m: (m.siren, m.kind, m.sentence))


def _known(new: Register, bodies: Difference, wanted: set[str]) -> Mapping[str, Row]:
    """The lines of some organisations: as they stand, or as they were when they left."""
    table = new.table("organisations")
    at = table.position("siren")
    here = {r[at]: dict(zip(table.columns, r, strict=True)) for r in table.rows if r[at] in wanted}
    return {line.key[0]: line.row for line in bodies.removed} | here


Told = tuple[str, Kind, str]


def _bodies(moved: Difference, titles: Mapping[str, str]) -> Iterator[Told]:
    for line in moved.added:
        yield line.key[0], "entree", "entre dans le registre"
    for line in moved.removed:
        yield line.key[0], "sortie", "sort du registre"
    for edited in moved.edited:
        changed = (titles[cell.champ].lower() for cell in edited.cells)
        yield edited.key[0], "modification", f"fiche modifiée : {', '.join(changed)}"


def _publications(old: Register, new: Register) -> Iterator[Told]:
    moved = difference(old, new, "publications")
    names = {r["id"]: r["nom"] for r in _both(old, new, "plateformes")}
    pairs: list[tuple[Row | None, Row | None]] = [
        *((line.row, None) for line in moved.removed),
        *((None, line.row) for line in moved.added),
        *((edited.before, edited.row) for edited in moved.edited),
    ]
    for was, now in pairs:
        row = now or was or {}
        place = f"« {names.get(row['plateforme'], row['plateforme'])} »"
        sentence = _sentence(was, now, place)
        if sentence:
            yield row["siren"], "publication", sentence


def _both(old: Register, new: Register, name: str) -> Iterable[Row]:
    return [*old.table(name).records(), *new.table(name).records()]


def _sentence(was: Row | None, now: Row | None, place: str) -> str:
    """What happened to a publication; "" for what readers do not see (dates, origin)."""
    if now is None:
        return f"plus de publication connue sur {place}"
    if was is None:
        count = f" ({_datasets(now)})" if now["nb_jeux"] else ""
        return f"publie sur {place}{count}"
    if was["statut"] != now["statut"] and now["statut"] == "disparu":
        return f"a disparu de {place}"
    if was["nb_jeux"] != now["nb_jeux"]:
        previous = f" au lieu de {french.number(was['nb_jeux'])}" if was["nb_jeux"] else ""
        return f"{_datasets(now) or 'nombre de jeux inconnu'} sur {place}{previous}"
    return f"autre adresse sur {place}" if was["url"] != now["url"] else ""


def _datasets(row: Row) -> str:
    if not row["nb_jeux"]:
        return ""
    count = int(row["nb_jeux"])
    return f"{french.number(count)} {'jeu' if count < french.PLURAL else 'jeux'}"
