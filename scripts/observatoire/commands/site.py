"""`observatoire site`: write the public page of a version."""

from __future__ import annotations

import argparse
from pathlib import Path

from observatoire.screen import Screen

HELP = "écrire la page publique d'une version"
EPILOG = """\
Tout vient de l'étiquette de la version : la page ne calcule rien et n'appelle personne.

Exemples :
  observatoire site                         la dernière version, dans public/
  observatoire site --version v1.0.0 --sortie /tmp/page"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "--sortie",
        type=Path,
        metavar="DOSSIER",
        help="où écrire (par défaut : public/ dans le registre)",
    )
    parser.add_argument(
        "--version",
        metavar="vX.Y.Z",
        default="",
        help="la version à montrer (par défaut : la dernière)",
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Build the site of a tag and write what changed."""
    from observatoire.files import Folder, write
    from observatoire.git import Repo
    from observatoire.publish import history, publisher
    from observatoire.register import find_root
    from observatoire.site.build import build
    from observatoire.site.content import Content
    from observatoire.site.pages.fichiers import DOWNLOADS

    root = find_root(args.depot or Path.cwd())
    repo = Repo(root)
    tag = history.chosen(repo, args.version)
    commit = repo.resolve(f"refs/tags/{tag}") or ""
    content = Content(
        history.load(repo, commit),
        tag,
        history.day(repo, commit)[:10],
        publisher.downloads(repo, tag),
    )
    files = dict(build(content))
    out = args.sortie or root / "public"
    out.mkdir(parents=True, exist_ok=True)
    stale = {n: None for n in Folder(out).names(DOWNLOADS) if n not in files}
    written = write(out, {**files, **stale})
    screen.say(
        f"Page de la version {tag} : {out / 'index.html'} ({len(written)} fichier(s) écrits)."
    )
    return 0
