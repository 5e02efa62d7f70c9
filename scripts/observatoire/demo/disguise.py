"""How bodies name and declare themselves on data.gouv.fr: rarely as the register does.

Deterministic: the same SIREN always wears the same disguise. Shapes seen in real accounts: « Mairie
de Montluel », « Ville de Rennes », « Communauté de communes du Pays de Châteaugiron », names all in
capitals, and a third of the accounts without a SIRET.
"""

from __future__ import annotations

import hashlib

from observatoire.reference.lookup import Body

SHAPES = {
    "COM": ("Mairie {of}", "Commune {of}", "Ville {of}", "{}"),
    "CC": ("Communauté de communes {}", "CC {}", "{}"),
    "CA": ("Communauté d'agglomération {}", "{}", "{} Agglomération"),
    "CU": ("Communauté urbaine {}", "{}"),
    "MET": ("{}", "Métropole {}"),
    "DEP": ("Département {of}", "Conseil départemental {of}"),
    "REG": ("Région {}", "Conseil régional {}"),
}
KINDS = ("CC ", "CA ", "CU ", "Communauté de communes ", "Communauté d'agglomération ")


def name(siren: str, nom: str, body: Body | None) -> str:
    """The name of an account: that of the official body in one of the usual shapes."""
    if body is None:
        return nom
    short = body.nom
    for kind in KINDS:
        short = short.removeprefix(kind)
    shapes = SHAPES.get(body.type, ("{}",))
    return shapes[_digit(siren, "nom") % len(shapes)].format(short, of=_of(short))


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
