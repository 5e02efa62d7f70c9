"""Old files in miniature, and a reference to judge them, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from observatoire.migrations.reprise_2022 import assemble
from observatoire.migrations.reprise_2022 import sources as files
from observatoire.migrations.reprise_2022.sources import NEEDED, Sources
from observatoire.model import Row
from observatoire.reference.lookup import Ancienne, Commune, Groupement, Place, Reference

ACIGNE = "213500010"
RENNES = "243500139"
CHELLES_60 = "216001446"
CHELLES_77 = "217701085"

COMMUNES = [
    Commune("35001", ACIGNE, "Acigné", "35", "53", RENNES, "", 6900),
    Commune("60145", CHELLES_60, "Chelles", "60", "32", "", "", 500),
    Commune("77108", CHELLES_77, "Chelles", "77", "11", "", "", 55000),
    Commune("05010", "210500104", "Aspres-sur-Buëch", "05", "93", "", "", 800),
    Commune("44005", "200058121", "Chaumes-en-Retz", "44", "52", "", "", 6800),
    Commune("64011", "216400119", "Aincille", "64", "75", "", "", 116),
    Commune("22162", "212201628", "Paimpol", "22", "53", "", "", 7100),
    Commune("98818", "200012508", "Nouméa", "988", "988", "", "", 94000),
]
GROUPEMENTS = [
    Groupement(RENNES, "Rennes Métropole", "MET", "35", "53", 460000),
    Groupement("200033181", "CA Chartres Métropole", "CA", "28", "24", 136000),
    Groupement("242500361", "CU du Grand Besançon", "CU", "25", "27", 196000),
]
DEPARTEMENTS = {
    p.code: p
    for p in (
        Place("04", "Alpes-de-Haute-Provence", "93", "220400014", "metro"),
        Place("05", "Hautes-Alpes", "93", "220500011", "metro"),
        Place("22", "Côtes-d'Armor", "53", "222200016", "metro"),
        Place("25", "Doubs", "27", "222500019", "metro"),
        Place("28", "Eure-et-Loir", "24", "222800013", "metro"),
        Place("33", "Gironde", "75", "223300013", "metro"),
        Place("35", "Ille-et-Vilaine", "53", "223500018", "metro"),
        Place("41", "Loir-et-Cher", "24", "224100016", "metro"),
        Place("44", "Loire-Atlantique", "52", "224400028", "metro"),
        Place("60", "Oise", "32", "226000016", "metro"),
        Place("64", "Pyrénées-Atlantiques", "75", "226400018", "metro"),
        Place("75", "Paris", "11", "217500016", "metro"),
        Place("77", "Seine-et-Marne", "11", "227700010", "metro"),
        Place("988", "Nouvelle-Calédonie", "988", "", "com"),
    )
}
NOW = Reference(
    "2026",
    COMMUNES,
    GROUPEMENTS,
    DEPARTEMENTS,
    anciennes=[Ancienne("44040", "Chéméré", "44", "44005")],
)
THEN = Reference(
    "2022",
    [*COMMUNES, Commune("35999", "213509995", "Ancienville", "35", "53", "", "", 1000)],
    GROUPEMENTS,
    DEPARTEMENTS,
)
ACCOUNT = "534fff80a3a7292c64a77e41"
THEMES = [
    {"Name": "Culture", "Tags": "Musées,Cinémas", "Organisations_Id": ""},
    {"Name": "Transport", "Tags": "", "Organisations_Id": ""},
]
HUB = {"nom": "data.gouv.fr", "type": "Portail", "url": "https://www.data.gouv.fr"}
PORTAL = {
    "Nom": "Data Rennes Métropole",
    "Regcode": "BRE-53",
    "Type": "Portail",
    "Collab": "Mutualisé",
    "url": "https://data.rennesmetropole.fr",
    "Techno": "OpenDataSoft",
    "porteur": "MET",
    "nb-struct-hebergees": "12",
}


def body(**cells: str) -> Row:
    """A line of the edition: Acigné, with one dataset on data.gouv.fr, and other cells."""
    usual = {
        "siren": ACIGNE,
        "nom": "ACIGNE",
        "type": "COM",
        "regcode": "BRE-53",
        "url-datagouv": f"https://www.data.gouv.fr/fr/organizations/{ACCOUNT}/",
        "nb-datagouv": "1.0",
        "id-datagouv": ACCOUNT,
        "merge": "datagouv",
        "depcode": "35",
        "ptf": "DataGouv",
        "Techno (from Plateformes)": "DataGouv",
    }
    return _line(files.EDITION, usual, {k.replace("_", "-"): v for k, v in cells.items()})


def on_portal(**cells: str) -> Row:
    """A line of the edition: Acigné on the portal of Rennes, nothing on data.gouv.fr."""
    usual = {
        "url-ptf": "https://data.rennesmetropole.fr/explore/?refine.publisher=Commune+d%27Acigné",
        "nb-ptf": "4.0",
        "merge": "ptf",
        "ptf": "Rennes Métropole",
        "Techno (from Plateformes)": "OpenDataSoft",
        "url-datagouv": "",
        "nb-datagouv": "",
        "id-datagouv": "",
    }
    return {**body(), **usual, **{k.replace("_", "-"): v for k, v in cells.items()}}


def past(row: Row, **cells: str) -> Row:
    """A line of the edition as the export of October 2022 would give it."""
    renamed = {**row, "Département": row["depcode"], "Thèmatiques": row["Thématiques"]}
    kept = {k: v for k, v in renamed.items() if k in NEEDED[files.EXPORT]}
    return _line(files.EXPORT, kept, cells)


def portal(**cells: str) -> Row:
    """A line of the platform table: the portal of Rennes, with other cells."""
    return _line(files.PLATEFORMES, PORTAL, cells)


def seen(siren: str, address: str, lat: str = "", lon: str = "") -> Row:
    """A line of the flat view."""
    return {"siren": siren, "adress": address, "lat": lat, "lon": lon}


def rebuilt(
    edition: Sequence[Row] = (),
    export: Sequence[Row] = (),
    *,
    portals: Sequence[Row] | None = None,
    nationals: Sequence[Row] = (),
    vue: Sequence[Row] = (),
    themes: Sequence[Row] = THEMES,
) -> assemble.Rebuilt:
    """Both editions of some old files, judged by the small reference."""
    sources = Sources(
        tuple(edition),
        tuple(export),
        tuple([portal()] if portals is None else portals),
        (_line(files.NATIONALES, HUB, {"techno": "uData", "porteur": "Etalab"}), *nationals),
        tuple(themes),
        tuple(vue),
    )
    return assemble.rebuild(sources, THEN, NOW)


def said(corrections: Sequence[Row], champ: str) -> list[tuple[str, str, str, str, str]]:
    """What the journal says of a column: (before, after, suggestion, action, rule)."""
    return [
        (c["avant"], c["apres"], c["suggestion"], c["action"], c["regle"])
        for c in corrections
        if c["champ"] == champ
    ]


def _line(file: str, usual: Mapping[str, str], cells: Mapping[str, str]) -> Row:
    empty = dict.fromkeys(NEEDED[file], "")
    unknown = cells.keys() - empty.keys()
    assert not unknown, unknown
    return {**empty, **usual, **cells}
