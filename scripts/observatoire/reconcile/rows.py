"""The line of `publications` that an account has, should take over, or lacks.

The old register often noted an account's slug, or nothing, where the harvest has its id. Such a
line is the same publication: it is taken over by an edit of `identifiant`, a key column, which
``apply`` turns into the removal of one key and the addition of the other, other cells untouched. So
is the line of a body that another replaced (``redirections``), by an edit of `siren`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from observatoire.model import Key, Row
from observatoire.plan import Addition, Edit
from observatoire.reconcile.known import Known, fold
from observatoire.reconcile.links import handle
from observatoire.reconcile.verdicts import Publisher

TABLE = "publications"
KEY_COLUMNS = ("siren", "plateforme", "identifiant")


def key_of(row: Row) -> Key:
    """The key of a line of publications."""
    return row["siren"], row["plateforme"], row["identifiant"]


def recorded(match: Row | None) -> str:
    """The SIREN of a match that the bot made and recorded with its line; "" without one."""
    return match["siren"] if match and match["decision"] == "automatique" else ""


def assign(matched: Iterable[tuple[Publisher, str]], known: Known) -> Mapping[Key, Row]:
    """The existing line of each matched account, by the account's key; none when it lacks one.

    A line goes to one account at most: its own id first, even under a body that another replaced,
    then its link. A line without an identifiant, or of an old edition under an id that the source
    no longer gives, then goes to the account of that body with the most datasets: it would be
    counted twice otherwise.
    """
    pairs = list(matched)
    own = [(p.key, siren, r) for p, siren in pairs for r in known.accounts.get(p.key, ())]
    out = {key: r for key, siren, r in own if known.current(r["siren"]) == siren}
    out |= {key: r for key, siren, r in own if r["siren"] == siren}
    rest = [m for m in pairs if m[0].key not in out]
    rest.sort(key=lambda m: (-m[0].nb_jeux, m[0].key))
    taken = {key_of(row) for row in out.values()}
    for fits in (_linked, _nameless, _inherited):
        for p, siren in rest:
            lines = known.of_body.get((siren, p.plateforme), ()) if p.key not in out else ()
            row = next(
                (r for r in lines if known.free(r) and fits(p, r) and key_of(r) not in taken), None
            )
            if row is not None:
                out[p.key] = row
                taken.add(key_of(row))
    return out


def keys_after(
    before: Iterable[Key], additions: Iterable[Addition], edits: Iterable[Edit]
) -> set[Key]:
    """The keys of publications once additions and edits are applied."""
    kept = {key: key for key in before}
    for edit in edits:
        if edit.table == TABLE and edit.field in KEY_COLUMNS:
            at = KEY_COLUMNS.index(edit.field)
            key = kept[edit.key]
            kept[edit.key] = (*key[:at], edit.after, *key[at + 1 :])
    return {*kept.values(), *(a.key for a in additions if a.table == TABLE)}


def _linked(p: Publisher, row: Row) -> bool:
    names = {row["identifiant"], handle(row["url"])} - {""}
    return bool(names & {p.identifiant, handle(p.url)}) or fold(p.label) in map(fold, names)


def _nameless(_: Publisher, row: Row) -> bool:
    return not row["identifiant"] and not handle(row["url"])


def _inherited(_: Publisher, row: Row) -> bool:
    return row["origine"] == "reprise"
