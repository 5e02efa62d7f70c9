"""`observatoire explain`: where a value comes from, and which commits and requests wrote it."""

from __future__ import annotations

import argparse
import gc
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.arguments import dated
from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.explain.explanation import Explainer
    from observatoire.explain.model import Explanation
    from observatoire.explain.search import Lost, Search

HELP = "dire d'où vient une valeur : source, date, rapprochement, verrou, refus, commits"
EPILOG = """\
L'organisme se donne par son SIREN, un de ses SIRET ou son nom. Tous ses comptes sont expliqués.

Exemples :
  observatoire explain 213500010               tout ce que l'on sait de cet organisme
  observatoire explain 213500010 nb_jeux       l'histoire entière d'une colonne
  observatoire explain "Rennes Métropole"      par le nom
  observatoire explain --table plateformes --cle data-sud techno
  observatoire explain 213500010 --json        pour un programme"""

TABLES = ("organisations", "plateformes", "publications", "thematiques")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "mots", nargs="*", metavar="SIREN [CHAMP]", help="l'organisme, puis une colonne"
    )
    parser.add_argument("--table", choices=TABLES, help="expliquer une ligne de cette table")
    parser.add_argument("--cle", metavar="CLE", help="la clé de cette ligne (ou son nom)")
    parser.add_argument("--json", action="store_true", help="écrire l'explication en JSON")
    dated(parser)


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Explain a body, or a line of a table."""
    from observatoire.explain.search import Lost, Search
    from observatoire.register import find_root

    if (args.table is None) != (args.cle is None):
        screen.error("--table et --cle vont ensemble : --table plateformes --cle data-sud.")
        return 2
    words: list[str] = [*([args.cle] if args.table else []), *args.mots]
    if not 0 < len(words) <= len(("organisme", "champ")):
        screen.error(
            "donnez un organisme et au plus une colonne ; un nom de plusieurs mots se met entre"
            " guillemets (voir « explain --help »)."
        )
        return 2
    about, champ = words[0], "".join(words[1:])
    gc.disable()  # large tables and no cycle: looking for some takes a tenth of the time
    root = find_root(args.depot or Path.cwd())
    explainer = _explainer(root, champ, (args.date or date.today()).isoformat())
    if not _column(explainer, args.table, champ, screen):
        return 2
    search = Search(explainer.evidence)
    found = _find(explainer, search, args.table, about)
    if isinstance(found, Lost):
        return _lost(found, screen)
    _say(found, champ, screen, as_json=args.json)
    return 0


def _explainer(root: Path, champ: str, today: str) -> Explainer:
    from observatoire.explain.evidence import Evidence
    from observatoire.explain.explanation import Explainer
    from observatoire.files import Folder
    from observatoire.git import Repo, Tree
    from observatoire.register import Register

    repo = Repo(root)
    register = Register(Folder(root))
    head = repo.resolve("HEAD")
    committed = Register(Tree(repo, head)) if head else register
    return Explainer(Evidence(register, committed, today), repo, champ)


def _find(
    explainer: Explainer, search: Search, table: str | None, about: str
) -> Explanation | Lost:
    from observatoire.explain.search import Lost

    if table:
        key = search.line(table, about)
        return key if isinstance(key, Lost) else explainer.line(table, key)
    siren = search.body(about)
    return siren if isinstance(siren, Lost) else explainer.body(siren)


def _column(explainer: Explainer, table: str | None, champ: str, screen: Screen) -> bool:
    """Whether the column exists, if one is asked for."""
    from observatoire.explain.explanation import OF_BODY

    tables = (table,) if table else OF_BODY
    schemas = [explainer.evidence.register.schema(name) for name in tables]
    known = list(dict.fromkeys(c for schema in schemas for c in schema.columns))
    if champ and champ not in known:
        screen.error(f"aucune colonne ne s'appelle « {champ} ». Colonnes : {', '.join(known)}.")
        return False
    return True


def _lost(found: Lost, screen: Screen) -> int:
    screen.error(f"{found.why.rstrip('.')}.")
    if found.near:
        screen.error("Vouliez-vous dire :")
        for key, name in found.near:
            screen.error(f"  {key}  {name}".rstrip())
    return 1


def _say(found: Explanation, champ: str, screen: Screen, *, as_json: bool) -> None:
    if as_json:
        import json
        from dataclasses import asdict

        screen.say(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return
    from observatoire.explain.text import lines

    for line in lines(found, champ):
        screen.say(line)
