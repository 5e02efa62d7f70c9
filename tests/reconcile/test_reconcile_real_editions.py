"""Two real editions: the register of October 2022 meets what data.gouv.fr said at the year's end.

A third of the accounts declare no SIREN, every account bears a usual name, one in eight with a slip
of the keyboard, and services of the State declare the SIREN of their région.
"""

from __future__ import annotations

import hashlib

import pytest
from reconcile_literals import SOURCE, account

from observatoire.demo import disguise
from observatoire.files import Folder, Overlay
from observatoire.reconcile import apply, plan
from observatoire.reference.lookup import load
from observatoire.register import Register
from observatoire.table import from_records

DAY = "2022-12-31"
PLATFORM = "data-gouv-fr"


def slipped(name: str) -> str:
    """The name with one letter lost, one time in eight; always the same for the same name."""
    digest = hashlib.sha256(name.encode()).digest()
    if digest[0] % 8 or len(name) < 12:
        return name
    at = len(name) - 2 - digest[1] % 4
    return name[:at] + name[at + 1 :]


@pytest.fixture(scope="module")
def scene():
    """The register before, the harvest, who owns each account, the reference."""
    from reconcile_literals import ROOT

    disk = Folder(ROOT)
    now = Register(disk)
    reference = load(now, "2022")
    names = {r["siren"]: r["nom"] for r in now.table("editions/2022/organisations").records()}
    owners, rows = {}, {}
    for line in now.table("editions/2022/publications").records():
        if line["plateforme"] == PLATFORM and line["identifiant"]:
            siren, identifiant = line["siren"], line["identifiant"]
            owners.setdefault(identifiant, set()).add(siren)
            rows[identifiant] = account(
                identifiant,
                slipped(disguise.name(siren, names[siren], reference.bodies.get(siren))),
                siren_declare=disguise.siret(siren)[:9],
                nb_jeux=line["nb_jeux"],
                statut=line["statut"],
                categorie="local-authority" if siren in reference.bodies else "public-service",
            )
    for region in reference.regions.values():
        if region.siren:
            name = f"SGAR {region.nom}"
            rows[name] = account(name, name, siren_declare=region.siren)
    frozen = ("organisations", "plateformes", "publications")
    before = {f"data/{n}.csv": disk.read(f"data/editions/2021/{n}.csv") for n in frozen}
    empty = dict.fromkeys(disk.names("data/moissons") + disk.names("data/rapprochements"))
    register = Register(Overlay(disk, {**empty, **before}))
    columns = register.schema(f"moissons/{SOURCE}").columns
    return register, from_records(columns, rows.values()), owners, reference


@pytest.fixture(scope="module")
def found(scene):
    register, theirs, _, reference = scene
    return plan(SOURCE, from_records(theirs.columns, []), theirs, register, reference, DAY)


def test_no_account_is_given_to_a_wrong_body_without_a_question(scene, found):
    register, _, owners, _ = scene
    known = {r["identifiant"] for r in register.table("publications").records()}
    new = [m for m in found.matches if m[1] not in known]
    assert len(new) > 150
    assert [m for m in new if m[2] not in owners.get(m[1], ())] == []


def test_nearly_all_the_entries_that_people_found_are_proposed_or_asked_about(scene, found):
    register, theirs, owners, _ = scene
    lines = register.table("publications").records()
    present = {r["siren"] for r in lines if r["plateforme"] == PLATFORM}
    filled = {r["identifiant"] for r in theirs.records() if int(r["nb_jeux"] or 0)}
    entries = {a for a, sirens in owners.items() if not sirens & present} & filled
    answered = {m[1] for m in found.matches} | {d.identifiant for d in found.doubts}
    assert len(entries) > 130
    assert len(entries & answered) >= 0.98 * len(entries)


def test_counts_follow_the_source_in_every_line_that_is_matched(scene, found):
    register, theirs, _, _ = scene
    after = Register(Overlay(register.files, apply(register, found, theirs)))
    said = {r["identifiant"]: r["nb_jeux"] for r in theirs.records() if r["nb_jeux"]}
    matched = {(m[2], m[0], m[1]) for m in found.matches}
    lines = [r for k, r in after.keyed("publications").items() if k in matched]
    assert len(lines) > 550
    assert [r for r in lines if r["nb_jeux"] != said.get(r["identifiant"], r["nb_jeux"])] == []


def test_the_second_run_has_nothing_to_add_or_to_change(scene, found):
    register, theirs, _, reference = scene
    changes = apply(register, found, theirs)
    after = Register(Overlay(register.files, changes))
    again = plan(SOURCE, after.table(f"moissons/{SOURCE}"), theirs, after, reference, DAY)
    assert (again.additions, again.edits, again.conflicts, again.matches) == ((), (), (), ())
    assert apply(after, again, theirs).items() <= changes.items()


def test_services_of_the_state_are_left_aside(found):
    aside = {label: reason for label, reason in found.left if label.startswith("SGAR")}
    assert len(aside) >= 13
    assert all(reason.startswith("service de l'État") for reason in aside.values())
