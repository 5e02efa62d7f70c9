"""A contribution in one line, as a person would say it: the title of its merge request."""

from __future__ import annotations

from collections.abc import Sequence

from observatoire.contribution.model import Contribution, Rules
from observatoire.contribution.words import called, noun, title_of
from observatoire.french import counted
from observatoire.model import Key
from observatoire.plan import Addition, Edit
from observatoire.propose.markdown import flat

WIDTH = 240
"""GitLab refuses a title past 255 characters."""
NAMED = 3
VALUE = 40
EMPTY = "(vide)"


def title(contribution: Contribution, rules: Rules) -> str:
    """« Rennes Métropole : nombre de jeux 57 → 61 », « 3 corrections sur 2 organismes (…) »."""
    return flat(_title(contribution, rules), WIDTH)


def _title(contribution: Contribution, rules: Rules) -> str:
    edits, additions = contribution.edits, contribution.additions
    if not contribution.changes:
        return _nothing(contribution, rules)
    if len(edits) == 1 and not additions:
        return _one(edits[0], rules)
    if len(additions) == 1 and not edits:
        return f"Ajout : {flat(name_of(additions[0], rules), 2 * VALUE)}"
    keys = list(dict.fromkeys([*(e.key for e in edits), *(a.key for a in additions)]))
    if len(keys) == 1:
        fields = ", ".join(title_of(rules.schema, e.field, inside=True) for e in edits)
        return f"{_name(keys[0], rules)} : {counted(len(edits), 'correction')} ({fields})"
    said = [counted(len(edits), "correction")] if edits else []
    said += [counted(len(additions), "ajout")] if additions else []
    names = {a.key: name_of(a, rules) for a in additions}
    where = _names([names.get(k) or called(k, rules) for k in keys])
    return f"{' et '.join(said)} sur {noun(rules.table, len(keys))} ({where})"


def _one(edit: Edit, rules: Rules) -> str:
    field = title_of(rules.schema, edit.field, inside=True)
    before, after = (flat(c, VALUE) or EMPTY for c in (edit.before, edit.after))
    return f"{_name(edit.key, rules)} : {field} {before} → {after}"


def _nothing(contribution: Contribution, rules: Rules) -> str:
    """Nothing can be applied: only questions, only refusals, or a page sent as it was."""
    asked = len(contribution.conflicts) + len(contribution.deletions)
    if asked:
        keys = dict.fromkeys([*(c.key for c in contribution.conflicts), *contribution.deletions])
        where = _names([called(k, rules) for k in keys])
        return f"{counted(asked, 'question')} sur {noun(rules.table, len(keys))} ({where})"
    if contribution.findings:
        return "Contribution à reprendre : rien n'a pu être appliqué"
    return "Contribution sans changement"


def name_of(addition: Addition, rules: Rules) -> str:
    """What a new row is called."""
    return addition.row.get("nom", "") or called(addition.key, rules)


def _name(key: Key, rules: Rules) -> str:
    return flat(called(key, rules), 2 * VALUE)


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(flat(n, VALUE) for n in names[:NAMED])
    return shown + ("…" if len(names) > NAMED else "")
