"""A line that a change removes, or whose key it changes, without a redirection."""

from __future__ import annotations

import re
from collections.abc import Iterator

from observatoire.letters import fold
from observatoire.model import Finding, Key, Severity
from observatoire.validate.change import Change, changes
from observatoire.validate.checks.siren_cle import sound
from observatoire.validate.context import LARGE, Context
from observatoire.validate.model import Example, Remark
from observatoire.words import quote

CODE = "cle-disparue"
TITLE = "Ligne supprimée sans redirection"
TITLE_EN = "Line removed without a redirection"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "la ligne « 215601212 » a disparu : rétablissez-la, avec le statut « cesse » ou"
        " « fusionne » si l'organisme n'existe plus. Si son SIREN était faux, ajoutez à"
        " data/redirections.csv l'ancien et le nouveau.",
        key=("215601212",),
        bad=None,
        good={"nom": "Lorient", "statut": "cesse"},
        before={"nom": "Lorient"},
    ),
    Example(
        "publications",
        "la ligne « 219300662 / rennes-metropole / Saint-Denis » a disparu : rétablissez-la, avec"
        " le statut « disparu » si le compte n'existe plus, à moins qu'elle ait été là deux fois.",
        key=("219300662", "rennes-metropole", "Saint-Denis"),
        bad=None,
        good={"statut": "disparu"},
        before={"statut": "publie"},
    ),
    Example(
        "plateformes",
        "« rennes-metropole » est devenu « rennes-open-data » : remettez « rennes-metropole » ;"
        " s'il était faux, ajoutez à data/redirections.csv la ligne"
        " « plateformes,rennes-metropole,rennes-open-data, » suivie du motif.",
        content="id,nom,url,type,gouvernance,techno,porteur,thematique,region,grappe,url_api,"
        "url_reutilisations,url_demandes,nb_structures_declare,perimetre,statut\n"
        "data-gouv-fr,data.gouv.fr,https://www.data.gouv.fr,concentrateur,,udata,,Généraliste,,,,,,,"
        "national,active\n"
        "rennes-open-data,Rennes Métropole,https://data.rennesmetropole.fr,portail,mutualise,"
        "opendatasoft,MET,Généraliste,53,,,,,12,territorial,active\n",
        before_content="id,nom,url,type,gouvernance,techno,porteur,thematique,region,grappe,"
        "url_api,url_reutilisations,url_demandes,nb_structures_declare,perimetre,statut\n"
        "data-gouv-fr,data.gouv.fr,https://www.data.gouv.fr,concentrateur,,udata,,Généraliste,,,,,,,"
        "national,active\n"
        "rennes-metropole,Rennes Métropole,https://data.rennesmetropole.fr,portail,mutualise,"
        "opendatasoft,MET,Généraliste,53,,,,,12,territorial,active\n",
    ),
)
HOW: dict[str, tuple[str, str]] = {
    "organisations": (
        "rétablissez-la, avec le statut « cesse » ou « fusionne » si l'organisme n'existe plus. Si"
        " son SIREN était faux, ajoutez à data/redirections.csv l'ancien et le nouveau",
        "put it back, with the status « cesse » or « fusionne » if the organisation is no more. If"
        " its SIREN was wrong, add the old and the new one to data/redirections.csv",
    ),
    "plateformes": (
        "rétablissez-la, avec le statut « inactive » si la plateforme a fermé. Si l'identifiant a"
        " changé, ajoutez à data/redirections.csv l'ancien et le nouveau",
        "put it back, with the status « inactive » if the platform is closed. If its identifier"
        " changed, add the old and the new one to data/redirections.csv",
    ),
    "publications": (
        "rétablissez-la, avec le statut « disparu » si le compte n'existe plus, à moins qu'elle ait"
        " été là deux fois",
        "put it back, with the status « disparu » if the account is gone, unless it stood there"
        " twice",
    ),
}
"""The tables whose lines never leave, and what to do instead of removing one."""
CITED = ("organisations", "plateformes")
"""Those whose keys others cite: a redirection must tell where each went."""

SHARE = 0.2
"""Of the lines before; a harvest of a year touches less of a table that is looked after."""
REMOVED = 20
"""Lines: fewer are named one by one."""


def massive(removed: int, total: int) -> bool:
    """Whether a change removes so many of the lines that it is a slip."""
    return removed >= REMOVED and removed > SHARE * total


def check(context: Context) -> Iterator[Finding]:
    """Keys that a change takes away, when no redirection tells where they went."""
    for change in changes(context, tuple(HOW)):
        name = change.after.name
        told = _redirected(context, name)
        heirs = _heirs(change)
        removed = [key for key in change.removed if " ".join(key) not in told]
        gone = [key for key in removed if key not in heirs]
        for key in removed:
            if name in CITED and key in heirs:
                yield _renamed(change, key, heirs[key])
        if massive(len(gone), len(change.before)):
            yield _cut(change, len(gone))
        else:
            yield from (_gone(change, key) for key in gone)


def _cut(change: Change, gone: int) -> Finding:
    """So many lines at once are one slip: a filter, a copy of a part."""
    from observatoire.french import counted  # only for such a change: start-up counts

    total = len(change.before)
    said = Remark(
        f"{counted(gone, 'ligne')} sur {total} ont disparu : le tableau a sans doute été filtré ou"
        " coupé avant d'être enregistré. Reprenez-le en entier : une ligne ne se supprime pas, elle"
        " change de statut.",
        f"{gone:,} of {total:,} lines are gone: the table was probably filtered or cut before it"
        " was saved. Take the whole of it again: a line is not deleted, its status changes.",
        None,
        SEVERITY if change.after.name in CITED else "conseil",
    )
    return change.after.whole(CODE, said)


def _gone(change: Change, key: Key) -> Finding:
    name, shown = change.after.name, quote(" / ".join(key))
    return Finding(
        CODE,
        f"la ligne {shown} a disparu : {HOW[name][0]}.",
        SEVERITY if name in CITED else "conseil",
        change.after.path,
        key=key,
        label=change.before.label(change.before.by_key[key]),
        english=f"the line {shown} is gone: {HOW[name][1]}.",
    )


def _renamed(change: Change, key: Key, heir: Key) -> Finding:
    """A line that is still there, under another key: most often a slip of the keyboard."""
    old, new = " ".join(key), " ".join(heir)
    row, field = (
        change.after.by_key[heir],
        change.after.schema.field(change.after.schema.primary_key[0]),
    )
    said = f"{quote(old)} est devenu {quote(new)} : remettez {quote(old)}"
    english = f"{quote(old)} became {quote(new)}: put {quote(old)} back"
    if not sound(new) or (field.compiled and not field.compiled.fullmatch(new)):
        return change.after.finding(CODE, row, field.name, Remark(f"{said}.", f"{english}.", old))
    line = quote(f"{change.after.name},{old},{new},")
    said += f" ; s'il était faux, ajoutez à data/redirections.csv la ligne {line} suivie du motif."
    english += f"; if it was wrong, add to data/redirections.csv the line {line} and the reason."
    return change.after.finding(CODE, row, field.name, Remark(said, english))


def _heirs(change: Change) -> dict[Key, Key]:
    """The keys that took the place of others: the rest of the line, or most of its key, stayed."""
    after = {_rest(change, change.new[key]): key for key in change.added}
    parts = {part: key for key in change.added for part in _parts(key)}
    out: dict[Key, Key] = {}
    for key in change.removed:
        same = after.get(_rest(change, change.old[key]))
        near = same or next((parts[p] for p in _parts(key) if p in parts), None)
        if near is not None:
            out[key] = near
    return out


def _rest(change: Change, row: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of a row that are not its key."""
    keys = change.after.schema.primary_key
    return tuple(c for n, c in zip(change.after.schema.columns, row, strict=True) if n not in keys)


def _parts(key: Key) -> Iterator[tuple[int, Key]]:
    """A key of several cells, less one of them each time; the letters and digits of one alone."""
    if len(key) == 1 and fold(key[0]):
        yield 0, (fold(key[0]),)
    for at in range(len(key)) if len(key) > 1 else ():
        yield at, (*key[:at], *key[at + 1 :])


def _redirected(context: Context, table: str) -> set[str]:
    """The retired keys of a table, as far as its redirections can be made out.

    A slip in their table is told there: the line that stands in it is not asked for again.
    """
    return {key.strip() for name, key in _sayings(context) if name.strip() == table}


def _sayings(context: Context) -> Iterator[tuple[str, str]]:
    """Table and key of each redirection."""
    sheet = context.sheet("redirections")
    if sheet is not None:
        yield from zip(sheet.column("table"), sheet.column("cle"), strict=True)
    elif context.size("redirections") <= LARGE:
        yield from _loose(context.raw("redirections").decode(errors="replace"))


def _loose(text: str) -> Iterator[tuple[str, str]]:
    """The first two cells of each line of a table whose commas or quotes are wrong."""
    for line in text.splitlines():
        name, key = [c.strip('" ') for c in re.split("[,;\t]", f"{line},,")[:2]]
        yield name, key
