"""« Signaler un portail »: it is missing, it moved, it is closed."""

from __future__ import annotations

from observatoire.contribution.cells import typed
from observatoire.detection.entry import mint
from observatoire.letters import fold
from observatoire.model import Row
from observatoire.plan import Addition, Edit
from observatoire.signalement.book import Book
from observatoire.signalement.model import Ask, Decision, Form, Question, Reading, ask
from observatoire.signalement.reading import addresses
from observatoire.words import closest, quote

FORM = Form(
    "portail",
    "Signaler un portail",
    "Un portail de données ouvertes manque, a changé d'adresse, a fermé.",
    (
        Question("nom", "Nom du portail", required=True),
        Question("adresse", "Adresse du portail", "https://…", required=True),
        Question(
            "constat",
            "Ce qui se passe",
            required=True,
            choices=(
                ("manque", "Il manque dans le registre"),
                ("adresse", "Il a changé d'adresse"),
                ("ferme", "Il a fermé, ou ne répond plus depuis des semaines"),
            ),
        ),
        Question("nouveau", "Nouvelle adresse", "s'il a déménagé : https://…"),
        Question("territoire", "Région ou département", "du territoire qu'il couvre"),
        Question("porteur", "Qui le porte", "le nom de l'organisme"),
        Question("logiciel", "Logiciel", "si vous le connaissez : OpenDataSoft, CKAN, ArcGIS Hub…"),
        Question("preuve", "Page qui le montre", "si elle est ailleurs : https://…"),
    ),
)
ADDRESS = Ask("Adresse du portail", "donnez celle de sa page d'accueil, qui commence par https://.")


def decide(reading: Reading, book: Book) -> Decision:
    """What comes of the report."""
    url = next(addresses(reading.get("adresse")), "")
    match reading.get("constat"):
        case "manque":
            return _missing(reading, url, book)
        case "adresse" | "ferme" as change:
            known = book.platform(url) if url else None
            known = known or book.platform(reading.get("nom"))
            if known is None:
                return ask(
                    "Nom du portail", "aucun portail du registre n'a ce nom ni cette adresse."
                )
            return _moved(reading, known, book) if change == "adresse" else _closed(known)
        case _:
            return ask("Ce qui se passe", "cochez une des cases.")


def _missing(reading: Reading, url: str, book: Book) -> Decision:
    asked = [] if url else [ADDRESS]
    if not reading.get("nom"):
        asked.append(Ask("Nom du portail", "écrivez-le."))
    if asked:
        return Decision(missing=tuple(asked))
    known = book.platform(url)
    if known:
        return Decision(known=f"Ce portail est déjà au registre : {quote(known['nom'])}.")
    schema = book.register.schema("plateformes")
    name = typed(reading.get("nom"), schema.field("nom"))
    taken = {key[0] for key in book.plateformes}
    row = {
        "id": mint(name, taken),
        "nom": name,
        "url": url,
        "type": "portail",
        "techno": technology(reading.get("logiciel"), book),
        "region": book.region(reading.get("territoire")) if reading.get("territoire") else "",
        "perimetre": "territorial",
        "statut": "inconnue",
    }
    whole = {column: row.get(column, "") for column in schema.columns}
    holder = reading.get("porteur")
    remarks = [f"Porté par {quote(holder)}, dit le ticket."] if holder else []
    remarks.append(f"Avant de fusionner : observatoire detect {quote(url)} dit son logiciel.")
    return Decision(
        additions=(Addition("plateformes", (whole["id"],), whole, "ticket"),), remarks=remarks
    )


def technology(text: str, book: Book) -> str:
    """The code of a software that an author names; "" when none is like it."""
    raw = book.register.schema("plateformes").raw["fields"]
    labels: dict[str, str] = next(f.get("labels", {}) for f in raw if f["name"] == "techno")
    known = {fold(label): code for code, label in labels.items()} | {fold(c): c for c in labels}
    near = closest(text, list(known)) if text else ""
    return known.get(fold(text)) or known.get(near, "")


def _moved(reading: Reading, known: Row, book: Book) -> Decision:
    url = next(addresses(reading.get("nouveau")), "")
    if not url:
        return ask("Nouvelle adresse", "donnez-la, elle commence par https://.")
    other = book.platform(url)
    if other and other["id"] == known["id"] and other["url"].rstrip("/") == url.rstrip("/"):
        return Decision(known=f"Le registre a déjà cette adresse pour {quote(known['nom'])}.")
    if other and other["id"] != known["id"]:
        said = f"cette adresse est déjà celle du portail {quote(other['nom'])} du registre."
        return ask("Nouvelle adresse", said)
    return Decision(edits=(Edit("plateformes", (known["id"],), "url", known["url"], url),))


def _closed(known: Row) -> Decision:
    if known["statut"] == "inactive":
        return Decision(known=f"Le registre note déjà {quote(known['nom'])} comme inactif.")
    key, before = (known["id"],), known["statut"]
    return Decision(edits=(Edit("plateformes", key, "statut", before, "inactive"),))
