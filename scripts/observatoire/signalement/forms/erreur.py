"""« Signaler une erreur »: a value of the register is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from observatoire.contribution.cells import same, typed
from observatoire.french import counted
from observatoire.letters import fold
from observatoire.model import Key, Row
from observatoire.plan import Edit
from observatoire.signalement.book import Book
from observatoire.signalement.identity import who
from observatoire.signalement.model import Decision, Form, Question, Reading, ask
from observatoire.words import quote

OTHER = "autre"
FORM = Form(
    "erreur",
    "Signaler une erreur",
    "Une valeur du registre est fausse.",
    (
        Question("nom", "Organisme ou portail", "son nom dans le registre", required=True),
        Question("siren", "SIREN", "de l'organisme : 9 chiffres ; facultatif"),
        Question("territoire", "Département", "de l'organisme : son numéro ou son nom"),
        Question(
            "champ",
            "Ce qui est faux",
            required=True,
            choices=(
                ("organisations.nom", "Le nom de l'organisme"),
                ("organisations.type", "Le type de l'organisme"),
                ("organisations.departement", "Le département de l'organisme"),
                ("organisations.adresse", "L'adresse du siège"),
                ("publications.nb_jeux", "Le nombre de jeux de données"),
                ("publications.url", "L'adresse de la page de ses données"),
                ("plateformes.nom", "Le nom du portail"),
                ("plateformes.url", "L'adresse web du portail"),
                ("plateformes.techno", "Le logiciel du portail"),
                (OTHER, "Autre chose"),
            ),
        ),
        Question("portail", "Sur quel portail", "si l'organisme publie sur plusieurs"),
        Question("affichee", "Valeur affichée"),
        Question("juste", "Valeur juste", required=True),
        Question("preuve", "Page qui le montre", "https://…"),
    ),
)


def decide(reading: Reading, book: Book) -> Decision:
    """What comes of the report."""
    target = reading.get("champ")
    if not target:
        return ask("Ce qui est faux", "cochez une des cases.")
    if target == OTHER:
        return Decision(human="Ce n'est pas une valeur que le robot sait corriger seul.")
    table, _, field = target.partition(".")
    found = _line(table, reading, book)
    if isinstance(found, Decision):
        return found
    return _edit(reading, book, (table, field), *found)


def _edit(reading: Reading, book: Book, target: tuple[str, str], key: Key, row: Row) -> Decision:
    """The edit of a cell, once its right value can be read."""
    table, name = target
    field = book.register.schema(table).field(name)
    labels = _labels(book, table, name)
    said = reading.get("juste")
    if not said:
        return ask("Valeur juste", "écrivez ce qu'il faudrait lire.")
    after = labels.get(fold(said)) or typed(said, field)
    if labels and after not in field.enum:
        known = ", ".join(sorted(set(_titles(book, table, name).values())))
        return ask("Valeur juste", f"{quote(said)} n'est pas connu. Au choix : {known}.")
    if name == "departement":
        after = book.departement(said) or after
    if same(row[name], after, field):
        return Decision(known=f"Le registre dit déjà {quote(after)}.")
    shown = reading.get("affichee")
    read = labels.get(fold(shown)) or typed(shown, field)
    moved = bool(shown) and not same(row[name], read, field)
    remarks = (
        [f"Le ticket a vu {quote(shown)} ; le registre dit {quote(row[name])}."] if moved else []
    )
    return Decision(edits=(Edit(table, key, name, row[name], after),), remarks=remarks)


def _line(table: str, reading: Reading, book: Book) -> tuple[Key, Row] | Decision:
    """The line that is wrong, or what must be written to find it."""
    if table == "plateformes":
        known = book.platform(reading.get("nom")) or book.platform(reading.get("portail"))
        if known is None:
            return ask("Organisme ou portail", "aucun portail du registre ne porte ce nom.")
        return (known["id"],), known
    found = who(reading, book)
    if found.missing:
        return Decision(missing=(found.missing,))
    row = book.organisations.get((found.siren,))
    if row is None:
        said = "n'est pas au registre : utilisez le modèle « Signaler une organisation »"
        return ask("SIREN", f"l'organisme {found.siren} {said}.")
    return (
        ((found.siren,), row) if table == "organisations" else _account(found.siren, reading, book)
    )


def _account(siren: str, reading: Reading, book: Book) -> tuple[Key, Row] | Decision:
    asked = reading.get("portail")
    platform = book.platform(asked) if asked else None
    if asked and platform is None:
        return ask("Sur quel portail", f"aucun portail du registre ne s'appelle {quote(asked)}.")
    found = book.accounts(siren, platform["id"] if platform else "")
    if len(found) == 1:
        return found[0]
    if not found:
        return ask("Sur quel portail", "le registre n'y connaît pas cet organisme.")
    names = ", ".join(sorted({quote(book.plateformes[(k[1],)]["nom"]) for k, _ in found}))
    if platform:
        many = counted(len(found), "compte", "comptes")
        return Decision(human=f"L'organisme a {many} sur ce portail : une personne choisira.")
    return ask("Sur quel portail", f"dites lequel, entre {names}.")


def _titles(book: Book, table: str, name: str) -> Mapping[str, str]:
    """The titles of the codes that a column takes."""
    fields = book.register.schema(table).raw["fields"]
    labels: Mapping[str, str] = next(f.get("labels", {}) for f in fields if f["name"] == name)
    return labels


def _labels(book: Book, table: str, name: str) -> Mapping[str, str]:
    """The codes that a column takes, by their title and by themselves, folded."""
    titles = _titles(book, table, name)
    return {fold(t): c for c, t in titles.items()} | {fold(c): c for c in titles}
