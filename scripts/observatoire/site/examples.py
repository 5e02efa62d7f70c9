"""Ways to use the files, each of which a test runs on the files of a version."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A few lines to copy: what they do, what runs them, the files that they need beside them."""

    name: str
    title: str
    how: str
    text: str
    files: tuple[str, ...] = ()


ELSEWHERE = "https://adresse-de-ce-site/donnees/"
"""Stands for the address of the downloads while nobody gave it."""

SOURCE = "{adresse}"

EXAMPLES = (
    Example(
        "verifier",
        "Vérifier un fichier téléchargé",
        "Dans un terminal, à côté du fichier et de SHA256SUMS.",
        "sha256sum --ignore-missing --check SHA256SUMS\n",
        ("SHA256SUMS", "registre.zip"),
    ),
    Example(
        "python",
        "Lire un chiffre en Python, sans bibliothèque",
        "Le fichier est lu à l'adresse de la dernière version.",
        """\
import csv
import urllib.request

ADRESSE = "{adresse}"

with urllib.request.urlopen(ADRESSE + "indicateurs.csv") as reponse:
    lignes = list(csv.DictReader(ligne.decode() for ligne in reponse))

for ligne in lignes:
    if ligne["indicateur"] == "I3" and ligne["dimension"] == "ensemble":
        taux, date = ligne["valeur"], ligne["date"]
        print(f"{date} : {taux} % ({ligne['numerateur']} sur {ligne['denominateur']})")
""",
    ),
    Example(
        "duckdb",
        "Compter les organismes et les jeux de données, avec DuckDB",
        "Les fichiers Parquet sont dans le dossier courant.",
        """\
SELECT o.type,
       count(DISTINCT o.siren) AS organismes,
       sum(p.nb_jeux) AS jeux_de_donnees
FROM 'organisations.parquet' AS o
JOIN 'publications.parquet' AS p ON p.siren = o.siren
WHERE p.statut = 'publie' AND coalesce(p.nb_jeux, 1) > 0
GROUP BY o.type
ORDER BY organismes DESC, o.type;
""",
        ("organisations.parquet", "publications.parquet"),
    ),
    Example(
        "sqlite",
        "Chercher un organisme et ce qu'il publie, avec SQLite",
        "sqlite3 registre.sqlite, puis :",
        """\
SELECT o.nom, o.siren, p.plateforme, p.nb_jeux, p.url
FROM recherche AS r
JOIN organisations AS o ON r."table" = 'organisations' AND o.siren = r.cle
LEFT JOIN publications AS p ON p.siren = o.siren
WHERE r.nom MATCH 'rennes'
ORDER BY o.nom, p.plateforme;
""",
        ("registre.sqlite",),
    ),
)


def placed(address: str) -> list[Example]:
    """The examples, with the address of the downloads in their text."""
    return [
        Example(e.name, e.title, e.how, e.text.replace(SOURCE, address or ELSEWHERE), e.files)
        for e in EXAMPLES
    ]
