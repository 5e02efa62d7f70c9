"""A line that a change removes, or whose key it changes, without a redirection."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.validate.change import changes
from observatoire.validate.context import Context
from observatoire.validate.model import Example
from observatoire.validate.words import quote

CODE = "cle-disparue"
TITLE = "Ligne supprimée sans redirection"
TITLE_EN = "Line removed without a redirection"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "la ligne « 215601212 » a disparu : rétablissez-la avec le statut « cesse » ou « fusionne »"
        " ; si son SIREN était faux, ajoutez à data/redirections.csv l'ancien et le nouveau.",
        key=("215601212",),
        bad=None,
        good={"nom": "Lorient", "statut": "cesse"},
        before={"nom": "Lorient"},
    ),
)
HOW = {
    "organisations": (
        "rétablissez-la avec le statut « cesse » ou « fusionne » ; si son SIREN était faux, ajoutez"
        " à data/redirections.csv l'ancien et le nouveau",
        "put it back with the status « cesse » or « fusionne »; if its SIREN was wrong, add the old"
        " and the new one to data/redirections.csv",
    ),
    "plateformes": (
        "rétablissez-la avec le statut « inactive » ; si l'identifiant a changé, ajoutez à"
        " data/redirections.csv l'ancien et le nouveau",
        "put it back with the status « inactive »; if its identifier changed, add the old and the"
        " new one to data/redirections.csv",
    ),
}
"""The tables whose keys others cite, and what to do instead of removing a line."""


def check(context: Context) -> Iterator[Finding]:
    """Keys that a change takes away, when no redirection tells where they went."""
    for change in changes(context, tuple(HOW)):
        name = change.after.name
        told = _redirected(context, name)
        for key in change.removed:
            if " ".join(key) not in told:
                label = change.before.label(change.before.by_key[key])
                yield Finding(
                    CODE,
                    f"la ligne {quote(' '.join(key))} a disparu : {HOW[name][0]}.",
                    SEVERITY,
                    change.after.path,
                    key=key,
                    label=label,
                    english=f"the line {quote(' '.join(key))} is gone: {HOW[name][1]}.",
                )


def _redirected(context: Context, table: str) -> set[str]:
    """The retired keys of a table."""
    sheet = context.sheet("redirections")
    if sheet is None:
        return set()
    pairs = zip(sheet.column("table"), sheet.column("cle"), strict=True)
    return {key for name, key in pairs if name == table}
