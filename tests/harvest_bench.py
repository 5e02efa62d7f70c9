"""A register of one portal, on disk."""

from __future__ import annotations

import shutil
from pathlib import Path

HEADER = (
    "id,nom,url,type,gouvernance,techno,porteur,thematique,region,grappe,url_api,"
    "url_reutilisations,url_demandes,nb_structures_declare,perimetre,statut"
)
LINE = "data-gouv-fr,data.gouv.fr,https://www.data.gouv.fr,portail,,udata,,,,,,,,,national,active"


def one_portal(root: Path, place: Path) -> Path:
    """The register in a folder, with the schemas of the real one."""
    shutil.copytree(root / "schemas", place / "schemas")
    (place / "datapackage.json").write_text("{}")
    (place / "data/moissons").mkdir(parents=True)
    (place / "data/plateformes.csv").write_text(f"{HEADER}\n{LINE}\n")
    return place
