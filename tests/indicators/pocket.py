"""A register of twelve bodies and nine communes, whose figures are worked out by hand.

Open actors, with their datasets (r: the Rennes portal, a: armor, g: gpso, d: data.gouv.fr):
Rennes r30 d12, Rennes Métropole r57, Amanlis d2, Côtes-d'Armor a?, GPSO g40, Issy g10 d10,
Bretagne a8, Mégalis d100. Not open: Saint-Brieuc (empty account), Saint-Denis (gone account),
the operator (ceased). The State's service is open and is no actor.
"""

from __future__ import annotations

from pathlib import Path

from observatoire.files import Memory
from observatoire.indicators.model import Measure, Snapshot
from observatoire.indicators.snapshot import snapshots
from observatoire.register import Register

ROOT = Path(__file__).parents[2]
DAY = "2026-11-23"

TABLES = {
    "organisations": """\
siren,nom,type,departement,adresse,latitude,longitude,population_desservie,thematiques,programmes,statut
130000001,Mégalis,AGCT,35,,,,,Culture,,actif
130000002,Ancien délégataire,DSPT,35,,,,,,,cesse
130000003,DDT,SDE,35,,,,,,,actif
200057974,GPSO,EPT,92,,,,,,,actif
212202782,Saint-Brieuc,COM,22,,,,,Social,,actif
213500028,Amanlis,COM,35,,,,,,,actif
213502388,Rennes,COM,35,,,,,Culture|Transport,,actif
219200409,Issy,COM,92,,,,,,,actif
219740115,Saint-Denis,COM,974,,,,,,,actif
222200016,Côtes-d'Armor,DEP,22,,,,,,,actif
233500016,Bretagne,REG,35,,,,,,,a_verifier
243500139,Rennes Métropole,MET,35,,,,,,,actif
""",
    "plateformes": """\
id,nom,url,type,gouvernance,techno,porteur,thematique,region,grappe,url_api,url_reutilisations,url_demandes,nb_structures_declare,perimetre,statut
armor,Armor,https://a.example.org,portail,partenarial,ckan,DEP,,53,rennes-metropole,,,https://a.example.org/demandes,2,territorial,active
data-gouv-fr,data.gouv.fr,https://www.data.gouv.fr,concentrateur,,udata,,,,,,,,,national,active
gpso,GPSO,https://g.example.org,portail,partage,opendatasoft,EPT,,11,,,,,,territorial,active
morte,Morte,https://m.example.org,geoportail,dedie,,COM,,,,,,,1,territorial,inactive
rennes-metropole,Rennes,https://r.example.org,portail,mutualise,opendatasoft,MET,,53,,,https://r.example.org/reuses,,3,territorial,active
""",
    "publications": """\
siren,plateforme,identifiant,url,nb_jeux,nb_reutilisations,derniere_mise_a_jour,origine,statut
130000001,data-gouv-fr,d-megalis,,100,,,manuel,publie
130000002,data-gouv-fr,d-ancien,,5,,,reprise,publie
130000003,data-gouv-fr,d-ddt,,9,,,reprise,publie
200057974,gpso,GPSO,,40,,,reprise,publie
212202782,data-gouv-fr,d-brieuc,,0,,,reprise,vide
213500028,data-gouv-fr,d-amanlis,,2,0,,reprise,publie
213502388,data-gouv-fr,d-rennes,,12,2,,moisson,publie
213502388,rennes-metropole,Ville de Rennes,,30,4,,moisson,publie
219200409,data-gouv-fr,d-issy,,10,,,reprise,publie
219200409,gpso,Issy,,10,,,reprise,publie
219740115,data-gouv-fr,d-denis,,5,,,reprise,disparu
222200016,armor,Département,,,,,reprise,publie
233500016,armor,Région,,8,,,reprise,publie
243500139,rennes-metropole,Rennes Métropole,,57,3,,reprise,publie
""",
    "thematiques": """\
nom,etiquettes,statut
Culture,,actif
Social,,actif
Transport,,actif
""",
    "redirections": """\
table,cle,successeur,motif
organisations,130000002,130000001,Repris
""",
    "chiffres_publies": """\
indicateur,millesime,dimension,modalite,numerateur,denominateur,valeur,unite,date,source,explication
I3,2022,ensemble,ensemble,2,10,20,%,2022-12-31,Édition,Une autre liste d'obligés.
""",
    "moissons/datagouv": """\
plateforme,identifiant,nom,siren_declare,siren_trouve,nb_jeux,nb_licence_ouverte,nb_format_ouvert,nb_schema,nb_recents,nb_reutilisations,nb_telechargements,qualite,derniere_mise_a_jour,url,categorie,absent_depuis,statut
data-gouv-fr,d-amanlis,Amanlis,,,2,2,1,0,0,0,,0.9,,,,,publie
data-gouv-fr,d-inconnu,Inconnu,,,500,500,500,500,500,,,,,,,,publie
data-gouv-fr,d-issy,Issy,,,10,,10,,5,,,0.62,,,,,publie
data-gouv-fr,d-rennes,Rennes,,,12,11,10,3,6,2,,,,,,,publie
""",
    "moissons/opendatasoft": """\
plateforme,identifiant,nom,siren_declare,siren_trouve,nb_jeux,nb_licence_ouverte,nb_format_ouvert,nb_schema,nb_recents,nb_reutilisations,nb_telechargements,qualite,derniere_mise_a_jour,url,categorie,absent_depuis,statut
rennes-metropole,Rennes Métropole,Rennes Métropole,,,57,57,57,,57,,,,,,,2026-10-01,publie
rennes-metropole,Ville de Rennes,Rennes,,,30,30,30,,15,4,,,,,,,publie
""",
    "moissons/journal": """\
source,plateforme,derniere_reussite,lignes,empreinte
datagouv,data-gouv-fr,2026-11-20,4,0123456789abcdef
opendatasoft,rennes-metropole,2026-10-01,2,0123456789abcdef
""",
    "editions/2022/organisations": """\
siren,nom,type,departement,adresse,latitude,longitude,population_desservie,thematiques,programmes,statut
130000002,Ancien délégataire,DSPT,35,,,,,,,actif
212202782,Saint-Brieuc,COM,22,,,,,,,actif
213500028,Amanlis,COM,35,,,,,,,actif
213502388,Rennes,COM,35,,,,,,,actif
""",
    "editions/2022/plateformes": """\
id,nom,url,type,gouvernance,techno,porteur,thematique,region,grappe,url_api,url_reutilisations,url_demandes,nb_structures_declare,perimetre,statut
data-gouv-fr,data.gouv.fr,https://www.data.gouv.fr,concentrateur,,udata,,,,,,,,,national,active
""",
    "editions/2022/publications": """\
siren,plateforme,identifiant,url,nb_jeux,nb_reutilisations,derniere_mise_a_jour,origine,statut
130000002,data-gouv-fr,d-ancien,,5,,,reprise,publie
212202782,data-gouv-fr,d-brieuc,,3,,,reprise,publie
213500028,data-gouv-fr,d-amanlis,,2,,,reprise,publie
213502388,data-gouv-fr,d-rennes,,12,,,reprise,publie
""",
    "reference/2022/communes": """\
code,siren,nom,departement,epci,ept,population,region
22187,212201875,Plérin,22,200069409,,14000,53
22278,212202782,Saint-Brieuc,22,200069409,,44000,53
35001,213500010,Acigné,35,243500139,,6600,53
35002,213500028,Amanlis,35,243500618,,1700,53
35099,,Sans numéro,35,,,9000,53
35238,213502388,Rennes,35,243500139,,220000,53
92012,219200128,Boulogne,92,200054781,200057974,120000,11
92040,219200409,Issy,92,200054781,200057974,68000,11
97411,219740115,Saint-Denis,974,,,153000,04
""",
    "reference/2022/epci": """\
siren,nom,type,departement,nb_communes,population,region
200054781,Métropole du Grand Paris,MET,92,2,188000,11
200057974,GPSO,EPT,92,2,188000,11
200069409,CA Saint-Brieuc,CA,22,2,58000,53
243500139,Rennes Métropole,MET,35,2,226600,53
243500618,CC d'Amanlis,CC,35,1,1700,53
""",
    "reference/2022/departements": """\
code,nom,siren,population,remarque,zone,region
22,Côtes-d'Armor,222200016,58000,,metro,53
35,Ille-et-Vilaine,223500018,237300,,metro,53
92,Hauts-de-Seine,229200506,188000,,metro,11
974,La Réunion,229740014,153000,,drom,04
""",
    "reference/2022/regions": """\
code,nom,siren,population,remarque,sigle,zone
04,La Réunion,239740012,153000,,REU,drom
11,Île-de-France,237500079,188000,,IDF,metro
53,Bretagne,233500016,295300,,BRE,metro
""",
}
EMPTY = ("reference/identifiants", "reference/2022/anciennes")


def files(**changed: str) -> Memory:
    """The files of the register; ``changed`` replaces tables by name (``__`` stands for ``/``)."""
    tables = TABLES | {name.replace("__", "/"): text for name, text in changed.items()}
    out = Memory({f"data/{name}.csv": text.encode() for name, text in tables.items()})
    for path in (ROOT / "schemas").glob("*.json"):
        out[f"schemas/{path.name}"] = path.read_bytes()
    for name in EMPTY:
        columns = Register(out).schema(name).columns
        out.setdefault(f"data/{name}.csv", f"{','.join(columns)}\n".encode())
    out["datapackage.json"] = b"{}\n"
    return out


def register(**changed: str) -> Register:
    """The same, as a register."""
    return Register(files(**changed))


def states(**changed: str) -> tuple[Snapshot, Snapshot]:
    """The edition of 2022, and the register on its day."""
    edition, now = snapshots(register(**changed), DAY)
    return edition, now


def at(measures: list[Measure], dimension: str, modalite: str) -> tuple[int, int, str]:
    """Numerator, denominator and value of one figure, which must be there once."""
    (found,) = [m for m in measures if (m.dimension, m.modalite) == (dimension, modalite)]
    return found.numerateur, found.denominateur, found.valeur
