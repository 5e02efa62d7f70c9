"""A small sound register for the tests of publication: one edition, one reference."""

from __future__ import annotations

from pathlib import Path

from observatoire import package
from observatoire.files import Memory
from observatoire.register import Register

ROOT = Path(__file__).parents[2]

TABLES = {
    "organisations": """\
siren,nom,type,departement,adresse,latitude,longitude,population_desservie,thematiques,programmes,statut
210100012,L'Abergement-Clémenciat,COM,01,,46.1517,4.9306,,,,actif
213502388,Rennes,COM,35,"Place de la Mairie, Rennes",48.1147,-1.6794,,Culture|Social,,actif
219300597,Syndicat mixte du nord parisien,AGCT,93,,,,120000,,,actif
243500139,Rennes Métropole,MET,35,,48.1147,-1.6794,,,,actif
""",
    "plateformes": """\
id,nom,url,type,gouvernance,techno,porteur,thematique,region,grappe,url_api,url_reutilisations,url_demandes,nb_structures_declare,perimetre,statut
data-gouv-fr,data.gouv.fr,https://www.data.gouv.fr,concentrateur,,udata,,Généraliste,,,,,,,national,active
rennes-metropole,Rennes Métropole,https://data.rennesmetropole.fr,portail,mutualise,opendatasoft,MET,Généraliste,53,,,,,12,territorial,active
""",
    "publications": """\
siren,plateforme,identifiant,url,nb_jeux,nb_reutilisations,derniere_mise_a_jour,origine,statut
210100012,data-gouv-fr,5fcf3b316ac344a80d0cf1ed,https://www.data.gouv.fr/organizations/labergement/,0,,,reprise,vide
213502388,data-gouv-fr,534fff80a3a7292c64a77e41,https://www.data.gouv.fr/organizations/rennes/,4,,2022-10-03,moisson,publie
213502388,rennes-metropole,Ville de Rennes,https://data.rennesmetropole.fr/explore/?refine.publisher=Rennes,30,,2022-10-03,moisson,publie
243500139,rennes-metropole,Rennes Métropole,,57,3,2022-11-20,moisson,publie
""",
    "thematiques": """\
nom,etiquettes,statut
Culture,musée|théâtre,actif
Social,,actif
""",
    "chiffres_publies": """\
indicateur,millesime,dimension,modalite,numerateur,denominateur,valeur,unite,date,source,explication
I1,2019,groupe,collectivites,,,460,organisations,,Édition 2019,Aucun fichier retrouvé.
I1,2022,groupe,collectivites,,,3,organisations,2022-12-31,Édition 2022,"Une ligne vide, en trop."
I3,2022,ensemble,ensemble,2,4,50,%,2022-12-31,Édition 2022,Autre liste de collectivités obligées.
""",
    "reference/2022/communes": """\
code,siren,nom,departement,epci,ept,population,region
01001,210100012,L'Abergement-Clémenciat,01,200069193,,806,84
35238,213502388,Rennes,35,243500139,,225081,53
97411,219740115,Saint-Denis,974,,,153810,04
""",
    "reference/2022/epci": """\
siren,nom,type,departement,nb_communes,population,region
243500139,Rennes Métropole,MET,35,43,467859,53
""",
    "reference/2022/departements": """\
code,nom,siren,population,remarque,zone,region
01,Ain,220100010,663202,,metro,84
35,Ille-et-Vilaine,223500018,1098325,,metro,53
93,Seine-Saint-Denis,229300082,1655422,,metro,11
974,La Réunion,229740014,871157,,drom,04
""",
    "reference/2022/regions": """\
code,nom,siren,population,remarque,sigle,zone
04,La Réunion,239740012,871157,,REU,drom
11,Île-de-France,237500079,12317279,,IDF,metro
53,Bretagne,233500016,3394567,,BRE,metro
84,Auvergne-Rhône-Alpes,200053767,8114361,,ARA,metro
""",
}

EMPTY = (
    "verrous",
    "refus",
    "redirections",
    "reference/identifiants",
    "reference/2022/anciennes",
)


def files(**changed: str) -> Memory:
    """The files of the register; ``changed`` replaces tables by name (``__`` stands for ``/``)."""
    tables = dict(TABLES)
    for name in ("organisations", "plateformes", "publications"):
        tables[f"editions/2022/{name}"] = TABLES[name]
    tables |= {name.replace("__", "/"): text for name, text in changed.items()}
    out = Memory({f"data/{name}.csv": text.encode() for name, text in tables.items()})
    for path in (ROOT / "schemas").glob("*.json"):
        out[f"schemas/{path.name}"] = path.read_bytes()
    for name in EMPTY:
        columns = Register(out).schema(name).columns
        out.setdefault(f"data/{name}.csv", f"{','.join(columns)}\n".encode())
    out["datapackage.json"] = package.describe(Register(out))
    out["README.md"] = b"# Register\n"
    return out


def register(**changed: str) -> Register:
    """The same, as a register."""
    return Register(files(**changed))


def edited(table: str, before: str, after: str) -> dict[str, str]:
    """One table with a piece of text replaced, for ``files``; the piece must be there."""
    assert before in TABLES[table]
    return {table.replace("/", "__"): TABLES[table].replace(before, after)}
