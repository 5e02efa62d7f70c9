"""What a report becomes, read against the register of this repository."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from observatoire.files import Folder
from observatoire.names import normalise
from observatoire.plan import Addition, Edit
from observatoire.reference.records import Body
from observatoire.register import Register
from observatoire.signalement.book import Book
from observatoire.signalement.forms import discover, forms
from observatoire.signalement.model import Decision, Reading
from observatoire.signalement.proof import prove

PAGE = "https://www.data.gouv.fr/organizations/une-commune/"
FEW = 30


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(Register(Folder(Path(__file__).parents[2])), "2026-11-23")


@pytest.fixture(scope="module")
def commune(book: Book) -> Body:
    """A commune that the register lacks, and whose name nobody else bears."""
    names = Counter(normalise(b.nom) for b in book.reference.bodies.values())
    names.update(normalise(r["nom"]) for r in book.organisations.values())
    return next(
        b
        for b in book.reference.bodies.values()
        if b.type == "COM"
        and (b.siren,) not in book.organisations
        and names[normalise(b.nom)] == 1
        and b.departement == "35"
    )


@pytest.fixture(scope="module")
def alone(book: Book) -> tuple[str, str, dict[str, str]]:
    """An active commune of the register with one account, and its line."""
    rows = book.organisations
    return next(
        (key[0], account[0][1]["plateforme"], dict(account[0][1]))
        for key, row in rows.items()
        if row["statut"] == "actif"
        and len(account := book.accounts(key[0])) == 1
        and account[0][1]["nb_jeux"].isdecimal()
        and int(account[0][1]["nb_jeux"]) > 1
        and book.body(key[0])
        and len(book.named(row["nom"], row["departement"])) == 1
    )


def decide(book: Book, kind: str, **answers: str) -> Decision:
    form = forms()[kind]
    values = {q.name: answers.get(q.name, "") for q in form.questions}
    return discover()[kind].decide(Reading(form, values, {}), book)


def asked(decision: Decision) -> str:
    assert not decision.changes
    return " / ".join(f"{a.title} : {a.said}" for a in decision.missing)


def test_a_missing_commune_is_found_by_name_and_territory(book: Book, commune: Body) -> None:
    found = decide(
        book,
        "organisation",
        nom=f"Mairie de {commune.nom}",
        territoire="Ille-et-Vilaine",
        constat="manque",
        page=PAGE,
        nombre="3",
    )
    line, account = found.additions
    assert (line.table, line.key) == ("organisations", (commune.siren,))
    assert (line.row["nom"], line.row["type"], line.row["statut"]) == (commune.nom, "COM", "actif")
    assert (account.row["plateforme"], account.row["identifiant"]) == (
        "data-gouv-fr",
        "une-commune",
    )
    assert (account.row["nb_jeux"], account.row["origine"]) == ("3", "manuel")
    proof = prove(found, book)
    assert not proof.refused
    assert sorted(proof.changes) == ["data/organisations.csv", "data/publications.csv"]


def test_without_a_page_nobody_enters(book: Book, commune: Body) -> None:
    found = decide(book, "organisation", siren=commune.siren, nom=commune.nom, constat="manque")
    assert "premier jeu de données publié à son nom" in asked(found)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("123456789", "n'est pas un numéro SIREN"),
        ("12", "n'est pas un numéro SIREN"),
        ("243500139", "est celui de"),
    ],
)
def test_a_wrong_siren_is_told(book: Book, commune: Body, typed: str, said: str) -> None:
    found = decide(book, "organisation", nom=commune.nom, siren=typed, constat="cesse")
    assert said in asked(found)


def test_a_siret_is_understood(book: Book, commune: Body) -> None:
    typed = f"{commune.siren[:3]} {commune.siren[3:6]} {commune.siren[6:]} 00012"
    found = decide(book, "organisation", nom=commune.nom, siren=typed, constat="manque", page=PAGE)
    assert found.additions[0].key == (commune.siren,)


def test_namesakes_are_listed_with_their_siren(book: Book) -> None:
    found = decide(book, "organisation", nom="Saint-Denis", constat="manque", page=PAGE)
    said = asked(found)
    assert "plusieurs organismes s'appellent" in said
    assert "219740115" in said


def test_an_unknown_name_asks_for_a_siren(book: Book) -> None:
    found = decide(book, "organisation", nom="Xyzzy-les-Bains", constat="manque", page=PAGE)
    assert "aucun organisme connu" in asked(found)


def test_an_associated_body_needs_its_type_and_waits_for_a_check(book: Book) -> None:
    siren = "552100554"  # Peugeot SA: no authority
    answers = {"nom": "Régie X", "siren": siren, "constat": "manque", "page": PAGE}
    assert "Type d'organisme" in asked(decide(book, "organisation", **answers))
    found = decide(book, "organisation", **answers, type="OACT", territoire="35")
    row = found.additions[0].row
    assert (row["type"], row["statut"], row["departement"]) == ("OACT", "a_verifier", "35")


def test_who_is_there_already_is_said_to_be(
    book: Book, alone: tuple[str, str, dict[str, str]]
) -> None:
    siren, _, account = alone
    found = decide(book, "organisation", siren=siren, constat="manque", page=account["url"] or PAGE)
    assert "est déjà au registre" in found.known or found.additions[0].table == "publications"


def test_a_new_name_and_an_end_are_edits(
    book: Book, alone: tuple[str, str, dict[str, str]]
) -> None:
    siren = alone[0]
    before = book.organisations[(siren,)]["nom"]
    named = decide(book, "organisation", siren=siren, constat="nom", nouveau="Nouveau nom")
    assert named.edits == (Edit("organisations", (siren,), "nom", before, "Nouveau nom"),)
    gone = decide(book, "organisation", siren=siren, constat="cesse")
    assert gone.edits == (Edit("organisations", (siren,), "statut", "actif", "cesse"),)
    heir = next(b.siren for b in book.reference.bodies.values() if b.siren != siren)
    merged = decide(book, "organisation", siren=siren, constat="cesse", nouveau=heir)
    assert merged.edits[0].after == "fusionne"
    assert merged.additions[0].row["successeur"] == heir
    assert not prove(merged, book).refused


def test_a_new_portal_gets_a_line(book: Book) -> None:
    found = decide(
        book,
        "portail",
        nom="Data Exemple",
        adresse="https://data.exemple-inconnu.fr/",
        constat="manque",
        territoire="Bretagne",
        logiciel="open data soft",
    )
    (line,) = found.additions
    assert isinstance(line, Addition)
    assert (line.row["id"], line.row["techno"], line.row["region"]) == (
        "data-exemple",
        "opendatasoft",
        "53",
    )
    assert not prove(found, book).refused


def test_a_known_portal_a_moved_one_a_closed_one(book: Book) -> None:
    url = book.plateformes[("data-gouv-fr",)]["url"]
    known = decide(book, "portail", nom="x", adresse=url, constat="manque")
    assert "déjà au registre" in known.known
    moved = decide(
        book, "portail", nom="data.gouv.fr", adresse=url, constat="adresse", nouveau="https://n.fr"
    )
    assert moved.edits == (Edit("plateformes", ("data-gouv-fr",), "url", url, "https://n.fr"),)
    closed = decide(book, "portail", nom="data.gouv.fr", adresse=url, constat="ferme")
    assert closed.edits[0].after == "inactive"
    nobody = decide(book, "portail", nom="?", adresse="https://q.invalid", constat="ferme")
    assert "aucun portail du registre" in asked(nobody)


def test_a_wrong_number_is_corrected(book: Book, alone: tuple[str, str, dict[str, str]]) -> None:
    siren, platform, account = alone
    found = decide(
        book, "erreur", siren=siren, champ="publications.nb_jeux", affichee="1", juste="987"
    )
    (edit,) = found.edits
    assert edit.key == (siren, platform, account["identifiant"])
    assert (edit.before, edit.after) == (account["nb_jeux"], "987")
    assert "le registre dit" in found.remarks[0]


def test_the_right_value_is_read_in_words(
    book: Book, alone: tuple[str, str, dict[str, str]]
) -> None:
    siren = alone[0]
    answers = {"siren": siren, "champ": "organisations.type"}
    found = decide(book, "erreur", **answers, juste="organisme associé")
    assert found.edits[0].after == "OACT"
    assert "Au choix" in asked(decide(book, "erreur", **answers, juste="gentil"))
    assert "écrivez ce qu'il faudrait lire" in asked(decide(book, "erreur", **answers))


def test_what_is_right_already_or_not_for_a_robot(
    book: Book, alone: tuple[str, str, dict[str, str]]
) -> None:
    siren = alone[0]
    name = book.organisations[(siren,)]["nom"]
    same = decide(book, "erreur", siren=siren, champ="organisations.nom", juste=name)
    assert "Le registre dit déjà" in same.known
    assert decide(book, "erreur", champ="autre").human


def test_what_the_checks_refuse_is_not_proposed(
    book: Book, alone: tuple[str, str, dict[str, str]]
) -> None:
    for wrong in ("=1+1", "jean.martin@ville.fr", "<b>Rennes</b>"):
        found = decide(book, "erreur", siren=alone[0], champ="organisations.nom", juste=wrong)
        assert prove(found, book).refused, wrong
