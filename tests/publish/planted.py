"""Defects planted in the files of a version, each of which Datami would show badly."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

PROJECT = "https://gitlab.com/groupe/observatoire"
TAG = "v1.2.0"
VIEW = "vue-datami.csv"

Plant = Callable[[dict[str, bytes]], None]


def text(file: str, before: str, after: str) -> Plant:
    """A piece of a file replaced; it must be there."""

    def plant(contents: dict[str, bytes]) -> None:
        assert before.encode() in contents[file]
        contents[file] = contents[file].replace(before.encode(), after.encode(), 1)

    return plant


def setting(file: str, change: Callable[[Any], object]) -> Plant:
    """A setting changed."""

    def plant(contents: dict[str, bytes]) -> None:
        found = json.loads(contents[f"datami/{file}.json"])
        change(found)
        contents[f"datami/{file}.json"] = json.dumps(found).encode()

    return plant


def column(found: Any, name: str) -> Any:
    return next(f for f in found["fields"] if f["name"] == name)


def layers(found: Any) -> Any:
    return found["mapOptions"]["map_layers"]


def append_row(cells: str) -> Plant:
    def plant(contents: dict[str, bytes]) -> None:
        contents["thematiques.csv"] += f"{cells}\n".encode()

    return plant


def whole(change: Callable[[bytes], bytes], file: str = "thematiques.csv") -> Plant:
    def plant(contents: dict[str, bytes]) -> None:
        contents[file] = change(contents[file])

    return plant


DEFECTS: dict[str, tuple[Plant, str]] = {
    # The table
    "a byte order mark": (whole(lambda c: b"\xef\xbb\xbf" + c), "marque d'encodage"),
    "another encoding": (whole(lambda c: c.decode().encode("latin-1")), "n'est pas en UTF-8"),
    "Windows line ends": (whole(lambda c: c.replace(b"\n", b"\r\n")), "manière de Windows"),
    "no last line end": (whole(lambda c: c[:-1]), "une seule fin de ligne"),
    "a blank line": (whole(lambda c: c + b"\n"), "sans ligne vide"),
    "a column twice": (text("thematiques.csv", "etiquettes", "nom"), "écrite 2 fois"),
    "a quoted header": (text("thematiques.csv", "nom,", '"nom",'), "entre guillemets"),
    "an empty last cell": (append_row("Voirie,,"), "la dernière cellule (« statut ») est vide"),
    "a quotation mark": (append_row('Le "Grand" Lyon,,actif'), "un guillemet droit"),
    "a line too short": (append_row("Voirie,actif"), "2 cellules au lieu de 3"),
    "a tag of a web page": (append_row("<b>Voirie</b>,,actif"), "du code de page web"),
    "a number with a leading zero": (text(VIEW, ",225081,", ",0225081,"), "(48.1, non 48.10"),
    "a blank around a cell": (append_row("Voirie ,,actif"), "retirez les espaces"),
    "a value out of its list": (append_row("Voirie,,perdu"), "« perdu » n'est pas dans la liste"),
    "a script in a link": (
        text(VIEW, "https://www.data.gouv.fr/organizations/rennes/", "javascript:alert(1)"),
        "deviendrait un lien",
    ),
    # The schema and the columns
    "a date": (
        setting("schema", lambda s: s["fields"][0].update(type="date")),
        "n'affiche pas le type « date »",
    ),
    "a column that no schema describes": (
        setting("schema", lambda s: s["fields"].pop()),
        "le schéma ne décrit pas la colonne",
    ),
    "a column that is not there": (
        setting("champs", lambda c: c["fields"].append({"name": "region", "locked": True})),
        "nomme la colonne « region », qui n'existe pas",
    ),
    "an unknown subtype": (
        setting("champs", lambda c: column(c, "nom").update(subtype="gras")),
        "ne connaît pas l'affichage « gras »",
    ),
    "a label on a number": (
        setting("champs", lambda c: column(c, "pop_insee").update(subtype="tag")),
        "demande une colonne de type string",
    ),
    "tags cut at dashes": (
        setting("champs", lambda c: column(c, "tags").pop("tagSeparator")),
        "couperait à chaque tiret",
    ),
    "a colour that is none": (
        setting("champs", lambda c: column(c, "type")["definitions"][0].update(bgColor="bleu")),
        "« bleu » n'est pas une couleur",
    ),
    "a colour for nothing": (
        setting("champs", lambda c: column(c, "type")["definitions"][0].update(value="")),
        "une définition n'a pas de valeur",
    ),
    "a generated column that can be edited": (
        setting("champs", lambda c: column(c, "tranche_pop").update(locked=False)),
        "cette colonne produite doit être verrouillée",
    ),
    "a key that can be edited": (
        setting("contribuer/organisations-champs", lambda c: column(c, "siren").pop("locked")),
        "cette colonne de clé doit être verrouillée",
    ),
    "a linked table without separator": (
        setting(
            "contribuer/publications-champs",
            lambda c: column(c, "siren")["foreignKey"].pop("ressourceOptions"),
        ),
        "avec des points-virgules",
    ),
    "a typing slip in a property": (
        setting("champs", lambda c: column(c, "nom").update(maxlength=3)),
        "ne connaît pas la propriété « maxlength »",
    ),
    # The options
    "no separator": (setting("options", lambda o: o.pop("separator")), "« separator » doit être"),
    "headers that can be edited": (
        setting("options", lambda o: o.pop("lockcolumns")),
        "« lockcolumns » doit être vrai",
    ),
    "an unknown option": (
        setting("options", lambda o: o.update(customfilter={})),
        "ne connaît pas l'option « customfilter »",
    ),
    "a filter on a missing column": (
        setting("options", lambda o: o["customfilters"]["filterfields"].append("region")),
        "le filtre de Datami nomme la colonne « region »",
    ),
    "a filter on free text": (
        setting("options", lambda o: o["customfilters"]["filterfields"].append(
            {"name": "nom", "filtering": "OR"})),
        "le filtre sur « nom » serait vide",
    ),
    "a filter that keeps nothing": (
        setting("options", lambda o: o["customfilters"]["filterfields"][1].update(filtering="AND")),
        "écrivez OR",
    ),
    "a card on a missing column": (
        setting("options", lambda o: o["cardssettings"]["mini"].update(nomm={"position": "infos"})),
        "une fiche de Datami nomme la colonne « nomm »",
    ),
    "a place that cards do not have": (
        setting("options", lambda o: o["cardssettings"]["mini"]["nom"].update(position="haut")),
        "« haut » n'est pas une place",
    ),
    "half of the cards": (
        setting("options", lambda o: o["cardssettings"].pop("detail")),
        "il manque la fiche « detail »",
    ),
    "a page of 17 lines": (
        setting("options", lambda o: o["pagination"].update(itemsPerPageTable=17)),
        "17 lignes par page",
    ),
    # The charts
    "a chart of sums": (
        setting("graphiques", lambda g: g["charts"][0].update(aggregationtype="sum")),
        "ne sait que compter",
    ),
    "a chart on free text": (
        setting("graphiques", lambda g: g["charts"][0].update(aggregatebyfield="nom")),
        "ni liste de valeurs, ni étiquettes",
    ),
    "a chart of nothing": (
        setting("graphiques", lambda g: g["charts"][0].pop("aggregatebyfield")),
        "n'a pas de colonne à compter",
    ),
    "a chart without title": (
        setting("graphiques", lambda g: g["charts"][0].pop("title")),
        "n'a pas de titre",
    ),
    # The map
    "points that read another source": (
        setting("carte", lambda m: layers(m)["all_points_layer"].update(source_id="points")),
        "doit lire la source « allPointsSource »",
    ),
    "a map on a missing column": (
        setting("carte", lambda m: m["mapOptions"]["item_geo_fields"].update(latitude="latitude")),
        "la carte de Datami nomme la colonne « latitude »",
    ),
    "a latitude that is text": (
        setting("schema", lambda s: column(s, "lat").update(type="string")),
        "doit être un nombre",
    ),
    "a centre the wrong way round": (
        setting("carte", lambda m: m["mapOptions"].update(center=[46.6, 220])),
        "s'écrit [longitude, latitude]",
    ),
    "a background of one's own": (
        setting("carte", lambda m: m["mapOptions"].update(mapStyle="https://tuiles.example")),
        "ne connaît pas le fond de carte",
    ),
    "a button for a layer that is not there": (
        setting("carte", lambda m: layers(m)["choropleth_layer"]["sources"].pop()),
        "montre une couche inconnue : territoires-departements",
    ),
    "no button chosen first": (
        setting("carte", lambda m: (
            m["mapOptions"]["layers_visibility"]["layers_switches"][0].update(default_visible=False),
            layers(m)["all_points_layer"].update(is_default_visible=False))),
        "un seul bouton doit être choisi",
    ),
    "a button that does not suit its layer": (
        setting("carte", lambda m: layers(m)["all_points_layer"].update(is_default_visible=False)),
        "ne sont pas d'accord",
    ),
    "colours of another count": (
        setting("carte", lambda m: layers(m)["choropleth_layer"]["sources"][0].update(
            agregated_data_field="total")),
        "ne suivent pas le nombre compté (« total »)",
    ),
    "outlines that a browser may not read": (
        setting("carte", lambda m: layers(m)["choropleth_layer"]["sources"][0].update(
            source_url=f"{PROJECT}/-/raw/{TAG}/data/reference/contours/regions.geojson")),
        "ouverte aux autres sites",
    ),
    # The addresses
    "a host of our own": (
        setting("options", lambda o: o["schema"].update(file="https://git.example/a/-/raw/v1/s.json")),
        "ne connaît que gitlab.com",
    ),
    "a query after the name": (
        setting("options", lambda o: o["schema"].update(
            file=o["schema"]["file"] + "?ref_type=tags")),
        "ce qui suit « ? »",
    ),
    "an accent in the name": (
        setting("options", lambda o: o["schema"].update(
            file=o["schema"]["file"].replace("schema", "schéma"))),
        "codés deux fois",
    ),
    "another version": (
        setting("options", lambda o: o["schema"].update(
            file=o["schema"]["file"].replace(TAG, "v1.1.0"))),
        f"ne vise pas les fichiers de l'étiquette {TAG}",
    ),
    "a branch on the public page": (
        setting("options", lambda o: o["schema"].update(
            file=f"{PROJECT}/-/raw/main/data/organisations.csv")),
        "doit lire l'étiquette",
    ),
    "a file that is not there": (
        setting("options", lambda o: o["schema"].update(
            file=o["schema"]["file"].replace("schema.json", "shema.json"))),
        "ce fichier n'est pas dans la version",
    ),
    "a setting that is not JSON": (
        whole(lambda c: c[:-3], "datami/carte.json"),
        "n'est pas du JSON",
    ),
    "a setting that is missing": (
        lambda c: c.pop("datami/champs.json") and None,
        "que Datami lit, manque",
    ),
}  # fmt: skip
