"""Addresses that Datami can read: it only knows gitlab.com, github.com and http://localhost."""

from __future__ import annotations

from urllib.parse import quote

GITLAB = "https://gitlab.com/"
GITHUB = "https://github.com/"
LOCAL = "http://localhost"

UNREADABLE = (
    "Datami ne sait lire que gitlab.com, github.com et http://localhost : il n'affichera pas les"
    " données de « {project} ». Copiez le dépôt sur l'un d'eux (miroir), et donnez son adresse avec"
    " --projet, ou une fois pour toutes : observatoire package --adresse https://gitlab.com/..."
)
UNKNOWN = (
    "L'adresse publique du dépôt n'est pas connue : les réglages de Datami sont faits sans adresse,"
    " et il n'affichera rien de cette version. Donnez-la une fois pour toutes : observatoire"
    " package --adresse {example}, puis enregistrez datapackage.json."
)
EXAMPLE = "https://gitlab.com/groupe/projet"


def readable(project: str) -> bool:
    """Whether Datami recognises the address of a repository."""
    return project.startswith((GITLAB, GITHUB, LOCAL))


def raw(project: str, tag: str, path: str) -> str:
    """The address of a file of a version, as Datami cuts it (datami.md, section 1.1)."""
    project = project.rstrip("/")
    if project.startswith(GITHUB):
        return f"{project}/blob/{tag}/{path}"
    if project.startswith(LOCAL):
        return f"{project}/{path}"
    return f"{project}/-/raw/{tag}/{path}"


def shared(project: str, tag: str, path: str) -> str:
    """The address of the same file for a script of another site: /-/raw/ forbids it (CORS)."""
    project = project.rstrip("/")
    if project.startswith(GITHUB):
        return f"https://raw.githubusercontent.com/{project.removeprefix(GITHUB)}/{tag}/{path}"
    if project.startswith(LOCAL):
        return f"{project}/{path}"
    name = quote(project.removeprefix(GITLAB), safe="")
    return f"{GITLAB}api/v4/projects/{name}/repository/files/{quote(path, safe='')}/raw?ref={tag}"
