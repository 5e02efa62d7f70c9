"""What the method states that the code and the register know: tables and numbers, in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from observatoire import french, indicators, lookups, settle, sources
from observatoire.harvest import judging
from observatoire.indicators import obligation, opening, snapshot
from observatoire.indicators.markdown import table, text
from observatoire.indicators.model import ASSOCIES, COLLECTIVITES, WHOLE, Header
from observatoire.indicators.vocabulary import Vocabulary
from observatoire.liveness.judge import Rules
from observatoire.model import Row
from observatoire.publish.labels import labels
from observatoire.reconcile.verdicts import METHODS
from observatoire.register import Register
from observatoire.validate import engine

FILLED = {
    "nb_licence_ouverte": "Licences",
    "nb_format_ouvert": "Formats",
    "nb_schema": "Schémas nationaux",
    "nb_recents": "Mises à jour",
    "nb_reutilisations": "Réutilisations",
}
"""Columns of a harvest that not every technology fills, with their heading."""

ACTIONS = {"corrige": "Corrigées", "retire": "Retirées", "doute": "Mises en doute"}
MOST = 10
"""Reasons named."""

FRACTIONS = {0.5: "la moitié"}


def facts(register: Register, compared: Sequence[Row]) -> Mapping[str, str]:
    """Every value of the text; ``compared`` are the published figures beside ours."""
    checks = engine.discover()
    rules = Rules()
    years = snapshot.editions(register)
    return {
        "regle_ouverture": opening.RULE,
        "regle_obligation": obligation.RULE,
        "seuil": french.number(obligation.THRESHOLD),
        "types": _types(register),
        "editions": " et ".join(years),
        "nb_logiciels": str(len(sources.discover())),
        "logiciels": _technologies(),
        "services": _services(),
        "preuves": "\n".join(f"* {words} ;" for words, _ in METHODS.values())[:-2] + ".",
        "chute": FRACTIONS[judging.LEAST_SHARE],
        "delai": str(settle.GRACE_DAYS),
        "echecs": str(rules.failures),
        "jours": str(rules.days),
        "corrections": _corrections(register, years),
        "raisons": _reasons(register, years),
        "ecarts": _gaps(compared),
        "nb_controles": str(len(checks)),
        "nb_erreurs": str(sum(c.SEVERITY == "erreur" for c in checks)),
        "controles": table(
            ("Contrôle", "Gravité"), sorted((text(c.TITLE), c.SEVERITY) for c in checks)
        ),
    }


def _types(register: Register) -> str:
    words = labels(register.schema("organisations"), "type")
    groups = {
        **dict.fromkeys(COLLECTIVITES, "collectivité"),
        **dict.fromkeys(ASSOCIES, "acteur associé"),
    }
    return table(
        ("Type", "Ce que c'est", "Groupe"),
        ((f"`{kind}`", text(words.get(kind, kind)), group) for kind, group in groups.items()),
    )


def _technologies() -> str:
    rows = []
    for connector in sources.discover().values():
        header = connector.SOURCE
        told = ("oui" if column in header.fills else "–" for column in FILLED)
        rows.append((text(header.title), header.cadence, "oui", *told))
    return table(("Logiciel", "Lecture", "Nombre de jeux", *FILLED.values()), rows)


def _services() -> str:
    headers = [lookup.LOOKUP for lookup in lookups.discover().values()]
    return table(
        ("Service", "Lecture", "Licence"),
        ((f"[{text(h.title)}]({h.base})", h.cadence, text(h.licence)) for h in headers),
    )


def _journals(register: Register, years: Sequence[str]) -> Iterator[tuple[str, list[Row]]]:
    for year in years:
        yield year, list(register.table(f"editions/{year}/corrections").records())


def _corrections(register: Register, years: Sequence[str]) -> str:
    rows = []
    for year, found in _journals(register, years):
        counts = Counter(row["action"] for row in found)
        rows.append((year, *(french.number(counts[a]) for a in ACTIONS), french.number(len(found))))
    return table(("Édition", *ACTIONS.values(), "En tout"), rows)


def _reasons(register: Register, years: Sequence[str]) -> str:
    every = Counter(
        (row["regle"], row["action"]) for _, found in _journals(register, years) for row in found
    )
    ranked = sorted(every.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    return table(
        ("Raison", "Suite donnée", "Valeurs"),
        ((text(why), ACTIONS[a].lower(), french.number(n)) for (why, a), n in ranked),
    )


def _gaps(compared: Sequence[Row]) -> str:
    """The published figures that ours can be set beside, with the reason."""
    headers = {i.HEADER.id: i.HEADER for i in indicators.discover()}
    rows = [
        (
            text(_named(headers[r["indicateur"]], r)),
            french.measure(r["valeur_publiee"], r["unite"]),
            french.measure(r["valeur_calculee"], r["unite"]),
            french.gap(r["ecart"], r["unite"]) or "–",
            text(r["explication"]),
        )
        for r in compared
        if r["valeur_calculee"] and r["indicateur"] in headers
    ]
    return table(("Chiffre", "Publié", "Calculé", "Écart", "Pourquoi"), rows)


def _named(header: Header, row: Row) -> str:
    """What a figure is: "Acteurs ouverts, collectivités, 2022"."""
    if row["modalite"] == WHOLE:
        place = "" if row["dimension"] == WHOLE else header.dimension(row["dimension"]).titre
    else:
        place = Vocabulary().words(header.dimension(row["dimension"]), row["modalite"])
    parts = (header.titre, place[:1].lower() + place[1:], row["millesime"])
    return ", ".join(part for part in parts if part)
