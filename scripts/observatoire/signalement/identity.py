"""Who is an author speaking of? A SIREN that agrees with the name, or a name in a territory."""

from __future__ import annotations

from dataclasses import dataclass

from observatoire.signalement.book import Book, Named, digits, several
from observatoire.signalement.model import Ask, Reading
from observatoire.words import quote

DIRECTORY = "https://annuaire-entreprises.data.gouv.fr"


@dataclass(frozen=True, slots=True)
class Who:
    """A body that was recognised, or a SIREN that nobody here knows; else what to write."""

    siren: str = ""
    known: Named | None = None
    missing: Ask | None = None


def who(reading: Reading, book: Book) -> Who:
    """The body of a report, from its questions « nom », « siren », « territoire »."""
    name, typed = reading.get("nom"), reading.get("siren")
    if not typed:
        return _named(name, reading.get("territoire"), book)
    siren = digits(typed)
    if not siren:
        return Who(
            missing=Ask(
                "SIREN",
                f"{quote(typed)} n'est pas un numéro SIREN (9 chiffres, dont le"
                f" dernier vérifie les autres). Cherchez celui de l'organisme sur {DIRECTORY}.",
            )
        )
    body = book.body(siren)
    if body and name and not book.agrees(name, siren):
        return Who(
            missing=Ask(
                "SIREN",
                f"{siren} est celui de {quote(body.nom)}, pas de {quote(name)} :"
                " corrigez l'un ou l'autre.",
            )
        )
    return Who(siren, body)


def _named(name: str, territory: str, book: Book) -> Who:
    if not name:
        return Who(missing=Ask("Nom de l'organisme", "écrivez-le, avec son SIREN si vous l'avez."))
    departement = book.departement(territory) if territory else ""
    found = book.named(name, departement)
    if len(found) == 1:
        return Who(found[0].siren, found[0])
    where = f" dans le département {departement}" if departement else ""
    if found:
        how = "Écrivez le SIREN du bon" if where else "Écrivez son département, ou son SIREN"
        said = f"plusieurs organismes s'appellent {quote(name)}{where}. {how} : {several(found)}."
        return Who(missing=Ask("SIREN", said))
    return Who(
        missing=Ask(
            "SIREN",
            f"aucun organisme connu ne s'appelle {quote(name)}{where}. Écrivez son"
            f" SIREN, qui se trouve sur {DIRECTORY}.",
        )
    )
