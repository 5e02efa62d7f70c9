"""Who is who by name alone: what `benchmarks/propose.py` measures beside WRatio and splink."""

from __future__ import annotations

import random
import time
import unicodedata
from pathlib import Path
from typing import Any

from observatoire.files import Folder, Overlay
from observatoire.model import Row
from observatoire.reference.lookup import Body, Reference, load
from observatoire.register import Register
from observatoire.table import Table, from_records

ROOT = Path(__file__).parents[1]
PLATFORM, SOURCE = "data-gouv-fr", "datagouv"
NAMES, LOOPED = 3000, 150
DAY = "2026-11-20"
SLIP, MISSING, SHORT = 0.4, 0.6, 0.8
"""Shares of the names, one after the other: a wrong letter, a letter less, « ST » in capitals; the
others lose their accents."""
SPLINK_THRESHOLD = 0.05
"""The probability at which splink is about as right as we are."""
Found = dict[str, Any]


def dice() -> random.Random:
    """Chance, the same at each run."""
    return random.Random(5)  # noqa: S311 (no secret hangs on it)


def disturbed(name: str, rng: random.Random) -> str:
    """A name as somebody else would type it."""
    kind, at = rng.random(), rng.randrange(1, len(name))
    if kind < SLIP:
        name = name[:at] + rng.choice("abcdefghijklmnopqrst") + name[at + 1 :]
    elif kind < MISSING:
        name = name[:at] + name[at + 1 :]
    elif kind < SHORT:
        name = name.replace("Saint", "St").replace("-", " ").upper()
    else:
        plain = unicodedata.normalize("NFD", name)
        name = "".join(c for c in plain if not unicodedata.combining(c))
    return rng.choice(("", "Mairie de ", "Commune de ", "Ville de ")) + name


def empty() -> Register:
    """The register without its own bodies: names must do alone."""
    disk = Folder(ROOT)
    register = Register(disk)
    names = ("organisations", "publications")
    tables = {n: from_records(register.schema(n).columns, []) for n in names}
    changes = {f"data/{n}.csv": register.bytes_of(n, t) for n, t in tables.items()}
    return Register(Overlay(disk, changes))


def sample(reference: Reference, rng: random.Random) -> list[tuple[str, Body]]:
    """Disturbed names, with the body that each stands for."""
    communes = [b for b in reference.bodies.values() if b.type == "COM"]
    chosen = rng.sample(communes, NAMES)
    return [(f"{disturbed(b.nom, rng)} ({b.departement})", b) for b in chosen]


def account(number: int, nom: str, siren: str = "", nb_jeux: int = 3) -> Row:
    """A line of harvest."""
    ident = f"{number:024x}"
    return {
        "plateforme": PLATFORM,
        "identifiant": ident,
        "nom": nom,
        "siren_declare": siren,
        "nb_jeux": str(nb_jeux),
        "url": f"https://www.data.gouv.fr/organizations/{ident}/",
        "categorie": "local-authority",
        "statut": "publie",
    }


def harvest(register: Register, rows: list[Row]) -> Table:
    """A harvest of these accounts."""
    return from_records(register.schema(f"moissons/{SOURCE}").columns, rows)


def names_ours() -> Found:
    """The chain of evidence, on accounts that only have a name."""
    from observatoire.reconcile import plan

    register = empty()
    reference = load(register)
    pairs = sample(reference, dice())
    rows = [account(i, label) for i, (label, _) in enumerate(pairs)]
    theirs = harvest(register, rows)
    start = time.perf_counter()
    found = plan(SOURCE, harvest(register, []), theirs, register, reference, DAY)
    seconds = time.perf_counter() - start
    said = {d.identifiant: d.siren for d in found.doubts}
    answers = [said.get(str(row["identifiant"]), "") for row in rows]
    return scored(answers, pairs, seconds)


def names_loop() -> Found:
    """WRatio against every body, for some names."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.utils import default_process

    reference = load(empty())
    bodies = list(reference.bodies.values())
    texts = [default_process(b.nom) for b in bodies]
    pairs = sample(reference, dice())[:LOOPED]
    start = time.perf_counter()
    # Without the département in brackets, which would only mislead it.
    labels = [default_process(label.rpartition(" (")[0]) for label, _ in pairs]
    best = [process.extractOne(label, texts, scorer=fuzz.WRatio) for label in labels]
    seconds = (time.perf_counter() - start) * NAMES / LOOPED
    return scored([bodies[b[2]].siren for b in best], pairs, seconds)


def names_splink() -> Found:
    """Splink on our normalised names, blocked by département."""
    import logging

    try:
        import pandas as pd
        import splink.comparison_library as compare
        from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    except ImportError:
        return {}
    from observatoire.names import normalised

    logging.disable(logging.WARNING)
    reference = load(empty())
    pairs = sample(reference, dice())
    start = time.perf_counter()
    labels = normalised([label for label, _ in pairs])
    left = [(f"i{i}", labels[i], b.departement) for i, (_, b) in enumerate(pairs)]
    bodies = list(reference.bodies.values())
    theirs = normalised([b.nom for b in bodies])
    right = [(b.siren, nom, b.departement) for b, nom in zip(bodies, theirs, strict=True)]
    columns = ["unique_id", "nom", "departement"]
    api = DuckDBAPI()
    tables = [api.register(pd.DataFrame(rows, columns=columns)) for rows in (left, right)]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[compare.JaroWinklerAtThresholds("nom", [0.95, 0.88, 0.8])],
        blocking_rules_to_generate_predictions=[block_on("departement")],
        probability_two_random_records_match=1 / len(right),
    )
    linker = Linker(tables, settings, log_level=logging.CRITICAL)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("departement"))
    frame = linker.inference.predict(threshold_match_probability=SPLINK_THRESHOLD)
    ranked = frame.as_pandas_dataframe().sort_values("match_probability")
    ends = zip(ranked["unique_id_l"], ranked["unique_id_r"], strict=True)
    said = dict(pair if pair[0].startswith("i") else pair[::-1] for pair in ends)
    seconds = time.perf_counter() - start
    return scored([said.get(f"i{i}", "") for i in range(len(pairs))], pairs, seconds)


def scored(answers: list[str], pairs: list[tuple[str, Body]], seconds: float) -> Found:
    """How right the answers are (SIRENs, "" for none), and how long they took."""
    right = sum(a == b.siren for a, (_, b) in zip(answers, pairs, strict=True))
    given = sum(map(bool, answers))
    return {"seconds": seconds, "precision": right / max(1, given), "recall": right / len(pairs)}
