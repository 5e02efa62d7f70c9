"""The portals of the backtest, on the day of the published edition."""

from __future__ import annotations

from collections import defaultdict

from observatoire.demo import backtest, disguise
from observatoire.demo.accounts import Account, Dataset, object_id
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.faces import Face
from observatoire.demo.strangers import strangers
from observatoire.demo.technologies import FACES
from observatoire.letters import slug
from observatoire.model import Row
from observatoire.reference.lookup import Reference
from observatoire.register import Register

LIKE = Dataset(updated="2022-11-15")


def faces(register: Register, reference: Reference) -> dict[str, Face]:
    """What answers for each platform: data.gouv.fr, strangers included, and the local portals."""
    platforms = register.table(f"{backtest.BEFORE}/plateformes").records()
    technos = {row["id"]: row["techno"] for row in platforms}
    names = {
        r["siren"]: r["nom"] for r in register.table(f"{backtest.AFTER}/organisations").records()
    }
    accounts: dict[str, list[Account]] = defaultdict(list)
    for (platform, label), row in backtest.published(register, reference).items():
        accounts[platform].append(
            _national(label, row, names[row["siren"]], reference)
            if platform == backtest.DATA_GOUV
            else _local(label, row)
        )
    national = DataGouv(
        [*accounts.pop(backtest.DATA_GOUV, []), *strangers(reference)], backtest.DAY
    )
    local = {platform: FACES[technos[platform]](found) for platform, found in accounts.items()}
    return {backtest.DATA_GOUV: national, **local}


def _national(identifiant: str, row: Row, nom: str, reference: Reference) -> Account:
    siren = row["siren"]
    body = reference.bodies.get(siren)
    name = disguise.name(siren, nom, body)
    last = row["url"].rstrip("/").rpartition("/")[2]
    return Account(
        id=identifiant,
        slug=slug(name) if last == identifiant else last,
        name=name,
        siret=disguise.siret(siren),
        badges=("local-authority",) if body else ("public-service",),
        datasets=(LIKE,) * int(row["nb_jeux"] or 0),
    )


def _local(label: str, row: Row) -> Account:
    """Local portals name their publishers, and declare no SIRET."""
    count = int(row["nb_jeux"])
    return Account(object_id(label), slug(label), label, datasets=(LIKE,) * count)
