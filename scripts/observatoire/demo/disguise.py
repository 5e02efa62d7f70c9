"""How bodies name and declare themselves on data.gouv.fr: rarely as the register does.

Deterministic: the same SIREN always wears the same disguise. Shapes seen in real accounts: « Mairie
de Montluel », « Ville de Rennes », « Communauté de communes du Pays de Châteaugiron », names all in
capitals, and a third of the accounts without a SIRET.
"""

from __future__ import annotations

import hashlib
import re

from observatoire.reference.lookup import Body

SHAPES = {
    "COM": ("Mairie {of}", "Commune {of}", "Ville {of}", "{bare}"),
    "CC": ("Communauté de communes {}", "CC {}", "{bare}"),
    "CA": ("Communauté d'agglomération {}", "{bare}", "{bare} Agglomération"),
    "CU": ("Communauté urbaine {}", "{bare}"),
    "MET": ("{bare}", "Métropole {}"),
    "DEP": ("Département {of}", "Conseil départemental {of}"),
    "REG": ("Région {}", "Conseil régional {}"),
}
KINDS = ("CC ", "CA ", "CU ", "Communauté de communes ", "Communauté d'agglomération ")

ARTICLE = re.compile(r"^(?:du |des |de la |de l'|de |d')")


def name(siren: str, nom: str, body: Body | None) -> str:
    """The name of an account: that of the official body in one of the usual shapes."""
    if body is None:
        return nom
    short = body.nom
    for kind in KINDS:
        short = short.removeprefix(kind)
    bare = ARTICLE.sub("", short)
    shapes = SHAPES.get(body.type, ("{bare}",))
    return shapes[_digit(siren, "nom") % len(shapes)].format(short, bare=bare, of=_of(short))


def siret(siren: str) -> str:
    """The declared SIRET, or "" for the third of the accounts that declare none."""
    return "" if _digit(siren, "siret") % 3 == 0 else f"{siren}00019"


def _of(name: str) -> str:
    """« de » before a name, as French contracts it: du Mans, des Ulis, d'Agen, de Rennes."""
    if name.startswith("Le "):
        return f"du {name[3:]}"
    if name.startswith("Les "):
        return f"des {name[4:]}"
    return f"d'{name}" if name[:1] in "AEÉÈIOUYH" else f"de {name}"


def _digit(siren: str, what: str) -> int:
    return hashlib.sha256(f"{what} {siren}".encode()).digest()[0]
