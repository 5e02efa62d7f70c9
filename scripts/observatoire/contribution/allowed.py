"""What a visitor may not change here, and where to: computed or frozen cells, personal data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from observatoire.contribution.model import Rules
from observatoire.contribution.words import called
from observatoire.model import Finding, Key
from observatoire.plan import Addition, Edit
from observatoire.words import quote

EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
PERSONAL = (
    "une adresse électronique est une donnée personnelle : elle n'est pas reprise. Indiquez plutôt"
    " l'adresse d'une page web."
)
EVERY = "*"


def sort_edits(edits: Iterable[Edit], rules: Rules) -> tuple[list[Edit], list[Finding]]:
    """The edits that may be made here, and what is said of the others."""
    kept: list[Edit] = []
    findings: list[Finding] = []
    for edit in edits:
        refusal = _refusal(edit, rules)
        if refusal is None:
            kept.append(edit)
        else:
            findings.append(refusal)
    return kept, findings


def sort_additions(
    additions: Iterable[Addition], rules: Rules
) -> tuple[list[Addition], list[Finding]]:
    """The new rows, without the cells that may not be kept, and what is said of these."""
    kept: list[Addition] = []
    findings: list[Finding] = []
    for addition in additions:
        if rules.generated:
            findings.append(_said("fichier-produit", rules.generated, addition.key, rules))
            continue
        mails = [f for f, cell in addition.row.items() if EMAIL.search(cell)]
        findings += [_said("donnee-personnelle", PERSONAL, addition.key, rules, f) for f in mails]
        if not set(mails) & set(rules.schema.primary_key):
            row = {f: "" if f in mails else cell for f, cell in addition.row.items()}
            kept.append(replace(addition, row=row))
    return kept, findings


def _refusal(edit: Edit, rules: Rules) -> Finding | None:
    moved = f"{quote(edit.before)} → {quote(edit.after)}"
    where = rules.locked.get(edit.field, "") or rules.generated
    if EMAIL.search(edit.after):
        return _said("donnee-personnelle", PERSONAL, edit.key, rules, edit.field)
    if where:
        code = "fichier-produit" if rules.generated else "colonne-calculee"
        message = f"{moved} n'est pas repris ici. {where}"
        return _said(code, message, edit.key, rules, edit.field)
    motive = rules.frozen.get((edit.key, edit.field)) or rules.frozen.get((edit.key, EVERY))
    if motive is None:
        return None
    message = (
        f"{moved} n'est pas repris : cette cellule est figée ({quote(motive)}). Si elle est fausse,"
        " ouvrez un ticket qui dit pourquoi."
    )
    return _said("cellule-figee", message, edit.key, rules, edit.field)


def _said(code: str, message: str, key: Key, rules: Rules, field: str = "") -> Finding:
    return Finding(
        code,
        message,
        file=rules.file,
        key=key,
        field=field,
        label=hidden(called(key, rules)),
    )


def hidden(text: str) -> str:
    """The text without its e-mail addresses: what is written in public."""
    return EMAIL.sub("[adresse électronique]", text)
