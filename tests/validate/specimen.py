"""A small sound register with every table, on which tests put the mistakes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from observatoire.files import Memory
from observatoire.register import Register

ROOT = Path(__file__).parents[2]

Run = Callable[..., tuple[int, str]]
"""A command run on the specimen: from its arguments, its exit status and all that it said."""

TABLES = {
    "organisations": """\
siren,nom,type,departement,adresse,latitude,longitude,population_desservie,thematiques,programmes,statut
210100012,L'Abergement-Clémenciat,COM,01,,46.1517,4.9306,,,,actif
219300597,Syndicat mixte du nord parisien,AGCT,93,,48.9647,2.3656,120000,,,actif
219300662,Saint-Denis,COM,93,,48.9362,2.3574,,,,actif
243500139,Rennes Métropole,MET,35,35200 Rennes,48.1147,-1.6794,,Culture|Social,,actif
""",
    "plateformes": """\
id,nom,url,type,gouvernance,techno,porteur,thematique,region,grappe,url_api,url_reutilisations,url_demandes,nb_structures_declare,perimetre,statut
data-gouv-fr,data.gouv.fr,https://www.data.gouv.fr,concentrateur,,udata,,Généraliste,,,,,,,national,active
rennes-metropole,Rennes Métropole,https://data.rennesmetropole.fr,portail,mutualise,opendatasoft,MET,Généraliste,53,,,,,12,territorial,active
""",
    "publications": """\
siren,plateforme,identifiant,url,nb_jeux,nb_reutilisations,derniere_mise_a_jour,origine,statut
219300662,data-gouv-fr,534fff80a3a7292c64a77e41,https://www.data.gouv.fr/fr/organizations/saint-denis/,4,,2022-10-03,moisson,publie
243500139,rennes-metropole,Rennes Métropole,https://data.rennesmetropole.fr/explore/,57,3,2022-11-23,moisson,publie
""",
    "thematiques": """\
nom,etiquettes,statut
Culture,musée|théâtre,actif
Social,,actif
""",
    "editions/2022/thematiques": """\
nom,etiquettes,statut
Culture,musée,actif
""",
    "verrous": """\
table,cle,champ,motif,auteur,echeance,statut
organisations,210100012,nom,nom d'usage demandé par la commune,Camille,,actif
""",
    "redirections": """\
table,cle,successeur,motif
""",
    "reference/identifiants": """\
niveau,code,siren,nom,sigle,remarque,source
""",
    "reference/2022/anciennes": """\
code,nom,departement,commune
""",
    "reference/2022/communes": """\
code,siren,nom,departement,epci,ept,population,region
01001,210100012,L'Abergement-Clémenciat,01,200069193,,806,84
93059,219300597,Pierrefitte-sur-Seine,93,200054781,200057867,33306,11
93066,219300662,Saint-Denis,93,200054781,200057867,112852,11
""",
    "reference/2022/epci": """\
siren,nom,type,departement,nb_communes,population,region
""",
    "reference/2022/departements": """\
code,nom,siren,population,remarque,zone,region
""",
    "reference/2022/regions": """\
code,nom,siren,population,remarque,sigle,zone
""",
    "reference/2026/anciennes": """\
code,nom,departement,commune
93059,Pierrefitte-sur-Seine,93,93066
""",
    "reference/2026/communes": """\
code,siren,nom,departement,epci,ept,population,region
01001,210100012,L'Abergement-Clémenciat,01,200069193,,860,84
35238,213502388,Rennes,35,243500139,,225081,53
93066,219300662,Saint-Denis,93,200054781,200057867,149077,11
97411,219740115,Saint-Denis,974,,,154765,04
""",
    "reference/2026/epci": """\
siren,nom,type,departement,nb_communes,population,region
200054781,Métropole du Grand Paris,MET,75,130,7095871,11
200057867,Plaine Commune,EPT,93,9,447878,11
200069193,CC de la Dombes,CC,01,36,39436,84
243500139,Rennes Métropole,MET,35,43,467859,53
""",
    "reference/2026/departements": """\
code,nom,siren,population,remarque,zone,region
01,Ain,220100010,679344,,metro,84
35,Ille-et-Vilaine,223500018,1115093,,metro,53
75,Paris,217500016,2103778,Un seul organisme : commune et département,metro,11
93,Seine-Saint-Denis,229300082,1682806,,metro,11
974,La Réunion,229740014,889679,,drom,04
""",
    "reference/2026/regions": """\
code,nom,siren,population,remarque,sigle,zone
04,La Réunion,239740012,889679,,RE,drom
11,Île-de-France,237500079,12463067,,IDF,metro
53,Bretagne,233500016,3449370,,BRE,metro
84,Auvergne-Rhône-Alpes,200053767,8205557,,ARA,metro
""",
}


def files(**changed: str | bytes) -> Memory:
    """The specimen with some tables replaced; ``__`` in a name stands for ``/``."""
    out = Memory({"datapackage.json": b"{}"})
    for path in (ROOT / "schemas").glob("*.json"):
        out[f"schemas/{path.name}"] = path.read_bytes()
    content = TABLES | {name.replace("__", "/"): text for name, text in changed.items()}
    for name, text in content.items():
        out[f"data/{name}.csv"] = text.encode() if isinstance(text, str) else text
    return out


def register(**changed: str | bytes) -> Register:
    """The register of the specimen, with some tables replaced."""
    return Register(files(**changed))
