"""`observatoire release`: publish a version of the register."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.arguments import place
from observatoire.screen import Screen

if TYPE_CHECKING:
    from observatoire.git import Repo
    from observatoire.publish.publisher import Release

HELP = "publier une version : branche publie, étiquette vX.Y.Z, fichiers à télécharger"
EPILOG = """\
Le numéro se déduit de ce qui a changé depuis la dernière version : colonnes (premier chiffre),
lignes (deuxième), valeurs (troisième). Un commit déjà publié ne l'est pas deux fois.

Exemples :
  observatoire release --a-blanc                 dire ce qui serait publié, sans rien écrire
  observatoire release                           publier la branche main
  observatoire release --forge                   publier aussi sur la forge, fichiers compris
  observatoire release --verifier                les fichiers publiés sont-ils toujours les mêmes ?
  observatoire release --version 2.0.0           choisir un numéro plus haut que celui calculé

La forge est celle que disent les variables d'environnement (OBSERVATOIRE_JETON, CI_PROJECT_PATH,
GITHUB_REPOSITORY...), sinon la forge locale. L'étiquette est signée quand git a une clé SSH pour
cela (gpg.format=ssh et user.signingkey)."""

ASSETS = ".observatoire/releases"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("--ref", default="", help="branche ou commit à publier (par défaut : main)")
    parser.add_argument("--version", metavar="X.Y.Z", default="", help="choisir le numéro")
    parser.add_argument(
        "--projet",
        type=place,
        metavar="ADRESSE",
        default="",
        help="adresse publique du dépôt, que lit Datami (par défaut : « repository » de"
        " datapackage.json)",
    )
    parser.add_argument(
        "--pousser",
        metavar="DÉPÔT",
        nargs="?",
        const="origin",
        action="append",
        default=[],
        help="envoyer aussi la branche et l'étiquette à ce dépôt (par défaut : origin) ; à répéter"
        " pour un miroir, par exemple sur gitlab.com pour Datami",
    )
    parser.add_argument(
        "--forge",
        action="store_true",
        help="publier aussi sur la forge : branche, étiquette, version et ses fichiers",
    )
    parser.add_argument("--a-blanc", action="store_true", help="tout calculer, sans rien écrire")
    parser.add_argument(
        "--verifier",
        action="store_true",
        help="ne rien publier : vérifier que les fichiers de la dernière version, sur la forge,"
        " sont toujours ceux de son étiquette",
    )


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Work out the version, then publish it unless it is a dry run."""
    from observatoire import package
    from observatoire.files import Folder
    from observatoire.git import Repo, redact
    from observatoire.publish import publisher
    from observatoire.register import find_root

    root = find_root(args.depot or Path.cwd())
    repo = Repo(root)
    if args.verifier:
        return _verify(screen, repo, root)
    project = args.projet or package.address(Folder(root))
    _warn(screen, project)
    release = publisher.prepare(repo, args.ref, project, args.version)
    if release is None:
        screen.say("Rien à publier : aucune donnée n'a changé depuis la dernière version.")
        return 0
    _tell(screen, release)
    if args.a_blanc:
        screen.say("À blanc : rien n'est écrit.")
        return 0
    publisher.publish(repo, release)
    release.contents.clear()
    assets = _finish(screen, repo, root, release)
    if args.forge:
        _post(screen, root, release.tag, assets)
    for remote in args.pousser:
        publisher.push(repo, remote, release.tag)
        screen.say(f"Branche publie et étiquette {release.tag} envoyées à {redact(remote)}.")
    return 0


def _warn(screen: Screen, project: str) -> None:
    """Say what Datami will not show; an address is never guessed, so that all copies agree."""
    from observatoire.publish.datami import urls

    if not project:
        example = os.environ.get("CI_PROJECT_URL") or urls.EXAMPLE
        screen.error(urls.UNKNOWN.format(example=example))
    elif not urls.readable(project):
        screen.error(urls.UNREADABLE.format(project=project))


def _tell(screen: Screen, release: Release) -> None:
    if release.done:
        screen.say(f"Ce commit est déjà publié : version {release.tag}.")
        return
    screen.say(release.message.rstrip("\n"))
    screen.say(f"\n{len(release.contents)} fichiers dans publication/.")


def _finish(screen: Screen, repo: Repo, root: Path, release: Release) -> Mapping[str, bytes]:
    """Make the files to download, one after the other."""
    from observatoire.publish import publisher
    from observatoire.publish.kept import Kept

    folder = root / ASSETS / release.tag
    assets = Kept(folder, publisher.each_download(repo, release.tag))
    if not release.done:
        screen.say(f"Version {release.tag} publiée : branche publie, étiquette {release.tag}.")
    screen.say(f"Fichiers à télécharger : {folder}")
    return assets


def _verify(screen: Screen, repo: Repo, root: Path) -> int:
    """Compare what people download with what the tag gives; 1 when a file is not the same."""
    from observatoire.french import counted
    from observatoire.propose import forges
    from observatoire.propose.forges.shelf import shelf_of
    from observatoire.publish import history, posting, publisher

    known = history.versions(repo)
    shelf = shelf_of(forges.connect(root, os.environ))
    if not known or shelf is None:
        screen.say("Rien à vérifier : aucune version n'est publiée ici.")
        return 0
    tag = known[-1].tag
    contents = publisher.downloads(repo, tag)
    wrong = posting.astray(shelf, tag, contents)
    for name in wrong:
        screen.error(
            f"{name} : ce que l'on télécharge n'est pas le fichier de l'étiquette {tag}. Quelqu'un"
            " l'a remplacé ou retiré : voir docs/securite.md."
        )
    if not wrong:
        screen.say(f"Version {tag}, {shelf.title} : {counted(len(contents), 'fichier')}, intacts.")
    return 1 if wrong else 0


def _post(screen: Screen, root: Path, tag: str, assets: Mapping[str, bytes]) -> None:
    """Send the version to the forge, then show it there."""
    from observatoire.git import Repo
    from observatoire.propose import forges
    from observatoire.propose.forges.shelf import shelf_of
    from observatoire.publish import posting, publisher

    forge = forges.connect(root, os.environ)
    repo = Repo(root, forge.variables)
    forge.prepare(repo)
    publisher.push(repo, forge.remote, tag)
    shelf = shelf_of(forge)
    if shelf is None:
        screen.say(f"Branche publie et étiquette {tag} envoyées ({forge.title}).")
        return
    posted = posting.post(shelf, publisher.announcement(repo, tag), assets)
    screen.say(f"Version {tag}, {forge.title} : {posted.place}")
    screen.say(f"La dernière version, toujours : {posted.latest}")
