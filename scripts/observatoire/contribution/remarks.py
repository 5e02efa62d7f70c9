"""What is said to a visitor of rows that cannot be taken: nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from observatoire.contribution.allowed import hidden
from observatoire.contribution.cells import plain
from observatoire.contribution.difference import Difference, key_of
from observatoire.contribution.model import Rules
from observatoire.contribution.reading import SHOWN, Line
from observatoire.contribution.words import called, title_of
from observatoire.french import counted
from observatoire.model import Finding, Key
from observatoire.plan import Edit
from observatoire.words import listed, quote

CELLS = 8
"""Cells of a row that are quoted, so that a person can take them up."""

Item = TypeVar("Item")


def rows(difference: Difference, rules: Rules) -> list[Finding]:
    """What is said of keys that changed, and of rows that were added wrongly."""
    return [
        *_bounded(difference.renamed, lambda pair: _renamed(*pair, rules), rules),
        *_bounded(difference.repeated, lambda line: _repeated(line, rules), rules),
        *_bounded(difference.keyless, lambda line: _keyless(line, rules), rules),
        *_bounded(difference.partial, lambda line: _partial(line, rules), rules),
    ]


def deleted(keys: Sequence[Key], rules: Rules) -> list[Finding]:
    """What is said of rows that the visitor took out: nothing is deleted from a register."""
    return _bounded(keys, lambda key: _deleted(key, rules), rules)


def lost(edits: Sequence[Edit], rules: Rules) -> list[Finding]:
    """What is said of edits whose row is no longer in the register."""
    return _bounded(edits, lambda edit: _lost(edit, rules), rules)


def _bounded(items: Sequence[Item], say: Callable[[Item], Finding], rules: Rules) -> list[Finding]:
    """A finding for each of the first items, and one that counts the others."""
    said = [say(item) for item in items[:SHOWN]]
    more = len(items) - SHOWN
    if more > 0:
        rest = f"{counted(more, 'autre ligne', 'autres lignes')} dans le même cas."
        said.append(Finding(said[0].code, rest, said[0].severity, file=rules.file))
    return said


def _deleted(key: Key, rules: Rules) -> Finding:
    instead = (
        "changez plutôt sa colonne « Statut »"
        if "statut" in rules.schema.columns
        else "dites plutôt dans un ticket pourquoi elle doit partir"
    )
    message = f"vous avez retiré cette ligne : rien ne se supprime du registre, {instead}."
    return Finding(
        "ligne-retiree", message, "conseil", rules.file, key=key, label=called(key, rules)
    )


def _renamed(old: Key, new: Key, rules: Rules) -> Finding:
    pairs = zip(rules.schema.primary_key, old, new, strict=True)
    column, before, after = next(p for p in pairs if p[1] != p[2])
    title = title_of(rules.schema, column)
    message = (
        f"{quote(before)} → {quote(hidden(after))} n'est pas repris : la colonne {quote(title)}"
        " identifie la ligne, elle ne se modifie pas. Si un autre la remplace, ajoutez une ligne"
        " pour lui et changez le statut de celle-ci."
    )
    return Finding(
        "cle-modifiee", message, file=rules.file, key=old, field=column, label=called(old, rules)
    )


def _repeated(line: Line, rules: Rules) -> Finding:
    key = key_of(line, rules.schema)
    title = quote(title_of(rules.schema, rules.schema.primary_key[0]))
    message = (
        f"vous avez ajouté une ligne de plus pour « {' / '.join(key)} », qui y est déjà : corrigez"
        f" plutôt sa ligne ; si vous parliez d'un autre, vérifiez la colonne {title}. Vous aviez"
        f" écrit : {_content(line, rules)}."
    )
    return Finding(
        "cle-en-double", message, file=rules.file, line=line.number, label=called(key, rules)
    )


def _keyless(line: Line, rules: Rules) -> Finding:
    needed = [n for n in rules.schema.primary_key if rules.schema.field(n).required]
    titles = listed([title_of(rules.schema, n) for n in needed or rules.schema.primary_key], "et")
    message = (
        f"vous avez ajouté une ligne sans remplir {titles} : elle n'a pas pu être reprise."
        f" Vous aviez écrit : {_content(line, rules)}."
    )
    return Finding("cle-absente", message, file=rules.file, line=line.number)


def _partial(line: Line, rules: Rules) -> Finding:
    message = (
        "cette ligne nouvelle n'a pas toutes ses cellules : elle n'a pas été reprise."
        f" Elle disait : {_content(line, rules)}."
    )
    return Finding("nombre-de-cellules", message, file=rules.file, line=line.number)


def _lost(edit: Edit, rules: Rules) -> Finding:
    message = (
        f"{quote(edit.before)} → {quote(edit.after)} n'a pas pu être repris : cette ligne n'est"
        " plus dans le registre depuis que vous avez ouvert la page."
    )
    return Finding(
        "ligne-disparue",
        message,
        file=rules.file,
        key=edit.key,
        field=edit.field,
        label=called(edit.key, rules),
    )


def _content(line: Line, rules: Rules) -> str:
    """The cells of a row that say something, without personal addresses."""
    said = [
        f"{f.title or f.name} {quote(hidden(plain(cell)))}"
        for f, cell in zip(rules.schema.fields, line.cells, strict=True)
        if plain(cell)
    ]
    return ", ".join(said[:CELLS]) + ("…" if len(said) > CELLS else "")
