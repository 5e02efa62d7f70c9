"""« Signaler une organisation »: it is missing, it has another name, it is no more."""

from __future__ import annotations

from observatoire.contribution.cells import typed
from observatoire.french import counted
from observatoire.model import Row
from observatoire.plan import Addition, Edit
from observatoire.reconcile.links import handle, same_link
from observatoire.signalement.book import Book, digits
from observatoire.signalement.identity import Who, who
from observatoire.signalement.model import Ask, Decision, Form, Question, Reading, ask
from observatoire.signalement.reading import addresses
from observatoire.words import quote

MISSING, RENAMED, GONE = "manque", "nom", "cesse"
FORM = Form(
    "organisation",
    "Signaler une organisation",
    "Un organisme manque dans le registre, a changé de nom, n'existe plus.",
    (
        Question("nom", "Nom de l'organisme", "tel qu'il se nomme lui-même", required=True),
        Question(
            "siren",
            "SIREN",
            "9 chiffres, à chercher sur https://annuaire-entreprises.data.gouv.fr ; facultatif"
            " pour une commune, une intercommunalité, un département, une région",
        ),
        Question("territoire", "Département", "son numéro ou son nom, ou la commune du siège"),
        Question(
            "constat",
            "Ce qui se passe",
            required=True,
            choices=(
                (MISSING, "Il publie des données ouvertes et manque dans le registre"),
                (RENAMED, "Il a changé de nom"),
                (GONE, "Il n'existe plus"),
            ),
        ),
        Question("nouveau", "Nouveau nom, ou SIREN de l'organisme qui le remplace"),
        Question(
            "type",
            "Type d'organisme",
            "seulement si ce n'est pas une collectivité",
            choices=(
                ("AGCT", "Groupement de collectivités (syndicat mixte, pôle, GIP)"),
                ("OACT", "Organisme associé (office de tourisme, régie, agence, SDIS, parc)"),
                ("DSPT", "Délégataire de service public"),
            ),
        ),
        Question("page", "Page de ses données ouvertes", "https://…"),
        Question("nombre", "Nombre de jeux de données", "tel que la page l'affiche"),
        Question("preuve", "Page qui le montre", "si elle est ailleurs : https://…"),
    ),
)


def decide(reading: Reading, book: Book) -> Decision:
    """What comes of the report."""
    found = who(reading, book)
    if found.missing:
        return Decision(missing=(found.missing,))
    match reading.get("constat"):
        case "manque":
            return _missing(reading, found, book)
        case "nom":
            return _renamed(reading, found, book)
        case "cesse":
            return _gone(reading, found, book)
        case _:
            return ask("Ce qui se passe", "cochez une des cases.")


def _missing(reading: Reading, found: Who, book: Book) -> Decision:
    page = next(addresses(reading.get("page")), "")
    known = (found.siren,) in book.organisations
    asked: list[Ask] = []
    row = None if known else _row(reading, found, book, asked)
    account, remarks = _account(reading, page, found.siren, book)
    if not (known or page):
        asked.append(
            Ask(
                "Page de ses données ouvertes",
                "donnez l'adresse qui commence par https:// ; un"
                " organisme entre au registre dès un premier jeu de données publié à son nom.",
            )
        )
    if asked:
        return Decision(missing=tuple(asked))
    added = [r for r in (row, account) if r]
    if not added:
        return Decision(known=_already(found, book))
    return Decision(additions=tuple(added), remarks=tuple(remarks))


def _already(found: Who, book: Book) -> str:
    named = found.known.nom if found.known else found.siren
    accounts = counted(len(book.accounts(found.siren)), "page de données", "pages de données")
    return f"{quote(named)} est déjà au registre (SIREN {found.siren}), avec {accounts}."


def _row(reading: Reading, found: Who, book: Book, asked: list[Ask]) -> Addition | None:
    """The line of an organisation; what lacks for it goes to ``asked``."""
    schema = book.register.schema("organisations")
    if found.known:
        row: Row = {
            "siren": found.siren,
            "nom": found.known.nom,
            "type": found.known.type,
            "departement": found.known.departement,
            "statut": "actif",
        }
    else:
        kind, place = reading.get("type"), book.departement(reading.get("territoire"))
        if not kind:
            asked.append(
                Ask(
                    "Type d'organisme",
                    "cochez une case. Ce SIREN n'est pas celui d'une commune,"
                    " d'une intercommunalité, d'un département ou d'une région.",
                )
            )
        if not place:
            asked.append(Ask("Département", "écrivez son numéro (35) ou son nom."))
        if not reading.get("nom"):
            asked.append(Ask("Nom de l'organisme", "écrivez-le."))
        row = {
            "siren": found.siren,
            "nom": typed(reading.get("nom"), schema.field("nom")),
            "type": kind,
            "departement": place,
            "statut": "a_verifier",
        }
    whole = {name: row.get(name, "") for name in schema.columns}
    return None if asked else Addition("organisations", (found.siren,), whole, "ticket")


def _account(
    reading: Reading, page: str, siren: str, book: Book
) -> tuple[Addition | None, list[str]]:
    """The line of publications for a page, and what is said when there cannot be one."""
    platform = book.platform(page) if page else None
    if not page:
        return None, []
    if platform is None:
        said = f"La page {quote(page)} n'est sur aucun portail du registre : le portail est à"
        return None, [f"{said} ajouter d'abord."]
    schema = book.register.schema("publications")
    named = handle(page)
    for _, known in book.accounts(siren, platform["id"]):
        if known["identifiant"] == named or same_link(known["url"], page, known["identifiant"]):
            return None, []
    number = typed(reading.get("nombre"), schema.field("nb_jeux"))
    row = {
        "siren": siren,
        "plateforme": platform["id"],
        "identifiant": named,
        "url": page,
        "nb_jeux": number,
        "origine": "manuel",
        "statut": "vide" if number == "0" else "publie",
    }
    whole = {name: row.get(name, "") for name in schema.columns}
    return Addition("publications", (siren, platform["id"], named), whole, "ticket"), []


def _renamed(reading: Reading, found: Who, book: Book) -> Decision:
    row = book.organisations.get((found.siren,))
    if row is None:
        return Decision(known=f"L'organisme de SIREN {found.siren} n'est pas au registre.")
    field = book.register.schema("organisations").field("nom")
    name = typed(reading.get("nouveau"), field)
    if not name:
        title = FORM.title_of("nouveau")
        return ask(title, "écrivez le nouveau nom.")
    if name == row["nom"]:
        return Decision(known=f"Le registre dit déjà {quote(name)}.")
    edit = Edit("organisations", (found.siren,), "nom", row["nom"], name)
    official = book.reference.bodies.get(found.siren)
    remarks = [f"Nom officiel : {quote(official.nom)}."] if official else []
    return Decision(edits=(edit,), remarks=remarks)


def _gone(reading: Reading, found: Who, book: Book) -> Decision:
    row = book.organisations.get((found.siren,))
    if row is None or row["statut"] in {"cesse", "fusionne"}:
        return Decision(
            known=f"Le registre ne compte pas {found.siren} parmi les organismes actifs."
        )
    heir = digits(reading.get("nouveau"))
    status = "fusionne" if heir else "cesse"
    edit = Edit("organisations", (found.siren,), "statut", row["statut"], status)
    if not heir:
        return Decision(edits=(edit,))
    if book.body(heir) is None:
        title = FORM.title_of("nouveau")
        return ask(title, f"aucun organisme connu n'a le SIREN {heir}.")
    moved = {
        "table": "organisations",
        "cle": found.siren,
        "successeur": heir,
        "motif": "signalé dans un ticket",
    }
    columns = book.register.schema("redirections").columns
    whole = {name: moved.get(name, "") for name in columns}
    key = tuple(whole[n] for n in book.register.schema("redirections").primary_key)
    return Decision(edits=(edit,), additions=(Addition("redirections", key, whole, "ticket"),))
