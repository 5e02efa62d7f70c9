"""What moved for each organisation between two states of the register, in French sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from observatoire import french
from observatoire.model import Key, Row
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
    before, after = old.keyed("organisations"), new.keyed("organisations")
    titles = {f.name: f.title for f in new.schema("organisations").fields}
    words = labels(new.schema("organisations"), "type")
    found = [*_bodies(before, after, titles), *_publications(old, new)]
    known = {**before, **after}
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
        if (row := known.get((siren,)))
    ]
    return sorted(out, key=lambda m: (m.siren, m.kind, m.sentence))


Told = tuple[str, Kind, str]


def _bodies(
    before: Mapping[Key, Row], after: Mapping[Key, Row], titles: Mapping[str, str]
) -> Iterator[Told]:
    for key in after.keys() - before.keys():
        yield key[0], "entree", "entre dans le registre"
    for key in before.keys() - after.keys():
        yield key[0], "sortie", "sort du registre"
    for key in before.keys() & after.keys():
        changed = [
            titles[n].lower() for n in titles if before[key].get(n, "") != after[key].get(n, "")
        ]
        if changed:
            yield key[0], "modification", f"fiche modifiée : {', '.join(changed)}"


def _publications(old: Register, new: Register) -> Iterator[Told]:
    names = {r["id"]: r["nom"] for r in _both(old, new, "plateformes")}
    before, after = old.keyed("publications"), new.keyed("publications")
    for key in before.keys() | after.keys():
        was, now = before.get(key), after.get(key)
        row = now or was
        if row is None or was == now:
            continue
        place = names.get(row["plateforme"], row["plateforme"])
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
