"""Of the old platforms, national portals and themes nothing is lost; the editions are frozen."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from old_editions import REGIONS, Side, clean, key, said

from observatoire.files import Folder
from observatoire.migrations.reprise_2022 import assemble, sources
from observatoire.register import Register


def test_every_cell_of_the_platform_table_is_kept_or_said(
    old: sources.Sources, rebuilt: assemble.Rebuilt
) -> None:
    side = Side((), rebuilt.past, {})
    by_name = {p["nom"]: p for p in rebuilt.past.plateformes}
    same = {
        **{"Nom": "nom", "url": "url", "porteur": "porteur", "thèmatique": "thematique"},
        **{"url-reuse": "url_reutilisations", "url-forum-dodo": "url_demandes"},
        **{"nb-struct-hebergees": "nb_structures_declare", "grappe": "grappe"},
    }
    words = {"Type": "type", "Collab": "gouvernance", "Techno": "techno"}
    lost = []
    for row in old.plateformes:
        name = clean(row["Nom"])
        ours = by_name.get("data.gouv.fr" if name == "DataGouv" else name, {})
        lost += [
            (name, champ, row[champ])
            for champ in (*same, *words)
            if row[champ]
            and not said(side, name, champ, row[champ])
            and clean(row[champ]) != ours.get(same.get(champ, ""))
            and key(row[champ]) != key(ours.get(words.get(champ, ""), "?"))
        ]
        lost += [
            (name, champ, "")
            for champ in ("contact", "twitter", "nb-reuse")
            if row[champ] and not [c for c in side.journal if c[:2] == (name, champ)]
        ]
        code = row["Regcode"]
        if code and REGIONS.get(code, code.rpartition("-")[2]) != ours.get("region"):
            lost.append((name, "Regcode", code))
    assert lost == []


def test_every_cell_of_the_national_table_is_kept_or_said(
    old: sources.Sources, rebuilt: assemble.Rebuilt
) -> None:
    side = Side((), rebuilt.past, {})
    by_name = {p["nom"]: p for p in rebuilt.past.plateformes}
    lost = [
        (row["nom"], champ, cell)
        for row in old.nationales
        for champ, cell in row.items()
        if cell
        and not said(side, row["nom"], champ, cell)
        and key(cell) != key(by_name[row["nom"]][{"thème": "thematique"}.get(champ, champ)])
    ]
    assert lost == []


def test_no_contact_and_no_mailbox_is_republished(
    old: sources.Sources, rebuilt: assemble.Rebuilt
) -> None:
    tables = (*rebuilt.past.tables().values(), *rebuilt.present.tables().values())
    cells = {c for rows in tables for row in rows for c in row.values()}
    assert not [c for c in cells if re.search(r"[\w.]@[\w-]+\.\w", c)]
    contacts = {r[n] for r in old.plateformes for n in ("contact", "twitter") if r[n]}
    other = {r[n] for r in old.plateformes for n in ("url", "url-reuse", "url-forum-dodo")}
    assert not cells & (contacts - other)


def test_the_lists_of_themes_agree_with_the_bodies(
    old: sources.Sources, rebuilt: assemble.Rebuilt
) -> None:
    assert len(rebuilt.themes) == len(old.thematiques) == 19
    assert not [c for c in rebuilt.past.corrections if c["table"] == "thematiques"]


def test_platform_ids_are_the_same_in_both_editions(rebuilt: assemble.Rebuilt) -> None:
    past = {p["id"] for p in rebuilt.past.plateformes}
    present = {p["id"] for p in rebuilt.present.plateformes}
    assert len(present) == len(rebuilt.present.plateformes)
    assert past <= present


def test_the_published_figures_are_found_back(rebuilt: assemble.Rebuilt) -> None:
    """868 collectivités and 194 associated bodies, less the two lines whose SIREN stood twice."""
    groups = Counter(
        o["type"] in {"AGCT", "OACT", "DSPT", "SDE"} for o in rebuilt.present.organisations
    )
    assert (groups[False], groups[True]) == (866, 194)


def test_the_frozen_editions_are_what_the_migration_makes(
    rebuilt: assemble.Rebuilt, root: Path
) -> None:
    register = Register(Folder(root))
    made = assemble.files(rebuilt, register)
    frozen = {n: c for n, c in made.items() if n.startswith("data/editions/")}
    assert len(frozen) == 8
    assert [n for n, c in frozen.items() if register.files.read(n) != c] == []
