"""Pages of places: what they say is what the tables say, with where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from small_register import TABLES, edited
from small_site import PROJECT, content
from whole import LINKS, Seen, words

from observatoire.indicators.records import Publication
from observatoire.indicators.snapshot import Past
from observatoire.register import Register
from observatoire.signalement.forms import forms
from observatoire.signalement.reading import read as read_form
from observatoire.site import output
from observatoire.site.build import Planned, build, plan
from observatoire.site.content import Content
from observatoire.site.pages import organisations, territoires
from observatoire.site.places.links import HOLE, Forge, with_holes
from observatoire.site.places.territory import SILENT
from observatoire.site.places.volume import amounts
from observatoire.site.render import page as rendered

RENNES, METROPOLE = "213502388", "243500139"
TEMPLATE = (Path(__file__).parents[2] / ".gitlab/issue_templates/Signaler une erreur.md").read_text(
    encoding="utf-8"
)


def read(version: Content, path: str) -> Seen:
    """One page of a site; the others are not made."""
    (found,) = [p for p in plan(version) if p.path == path]
    return Seen(path, found.make())


def organisation(version: Content, siren: str) -> Seen:
    """The page of an organisation."""
    return read(version, f"organisations/{siren}/index.html")


def text(page: Seen) -> str:
    """All its words, on one line."""
    return " ".join(words(page.all("main")[0]).split())


def linked(page: Seen, label: str) -> str:
    """Where the link of that label leads."""
    (found,) = {e.attrib[LINKS["a"]] for e in page.all("a") if words(e).strip() == label}
    return str(found)


@pytest.fixture(scope="module")
def version() -> Content:
    return content()


@pytest.fixture(scope="module")
def rennes(version: Content) -> Seen:
    return organisation(version, RENNES)


def test_every_organisation_has_its_page_and_nobody_else(version: Content) -> None:
    paths = {p.path for p in organisations.pages(version)}
    sirens = version.table("organisations.csv").column("siren")

    assert paths == {f"organisations/{siren}/index.html" for siren in sirens}


def test_an_organisation_says_what_it_is_and_how_much_it_publishes(rennes: Seen) -> None:
    said = text(rennes)

    assert "Rennes" in said
    assert "Commune, 225\u202f081 habitants" in words(rennes.all("main")[0])
    assert "30 à 34 jeux de données sur 2 plateformes" in said
    assert "Publie des données ouvertes" in said
    assert "Obligée par la loi" in said
    assert "3 octobre 2022" in said


def test_a_publication_leads_to_the_portal_and_is_the_greatest_first(rennes: Seen) -> None:
    names = [words(e) for e in rennes.all("h3")][:2]

    assert names == ["Rennes Métropole", "data.gouv.fr"]
    assert linked(rennes, "data.gouv.fr") == "https://www.data.gouv.fr/organizations/rennes/"


def test_a_body_that_publishes_nothing_says_so(version: Content) -> None:
    said = text(organisation(version, "210100012"))

    assert "Aucun jeu de données connu" in said
    assert "Ce compte est vide" in said
    assert "la loi n’oblige pas cette commune" in said


def test_a_change_since_the_last_state_is_dated_by_the_version_that_shows_it() -> None:
    moved = edited("publications", ",30,,2022", ",12,,2022")
    said = text(organisation(content(**moved), RENNES))

    assert "Depuisdans cette version12 à 16" in said
    assert "aujourd’hui" not in said


def test_two_accounts_on_one_portal_are_one_platform() -> None:
    known = [Publication("1", "portail", "a", 30), Publication("1", "portail", "b", 4)]
    (found,) = amounts([*known, Publication("1", "data-gouv-fr", "c", 12)]).values()

    assert (found.low, found.high, found.platforms) == (30, 46, 2)


def test_an_associated_body_is_not_counted_among_the_obliged(version: Content) -> None:
    said = text(organisation(version, "219300597"))

    assert "Acteur associé : il n’entre pas" in said
    assert "ne connaît aucune publication" in said
    assert "120 000 habitants desservis" in said


def test_each_value_has_the_sentences_of_explain(rennes: Seen) -> None:
    said = text(rennes)

    assert "Ligne tenue à jour par la moisson." in said
    assert "Référence 2022 : Rennes, COM, département 35. Présent dans l’édition 2022." in said


HARVEST = """\
plateforme,identifiant,nom,siren_declare,siren_trouve,nb_jeux,nb_licence_ouverte,nb_format_ouvert,\
nb_schema,nb_recents,nb_reutilisations,nb_telechargements,qualite,derniere_mise_a_jour,url,\
categorie,absent_depuis,statut
data-gouv-fr,534fff80a3a7292c64a77e41,Ville de Rennes,213502388,,4,3,4,,1,,,,2022-10-03,,,,publie
"""
JOURNAL = """\
source,plateforme,derniere_reussite,lignes,empreinte
datagouv,data-gouv-fr,2026-11-20,1,abc
"""
MATCHES = """\
plateforme,identifiant,siren,methode,score,decision
data-gouv-fr,534fff80a3a7292c64a77e41,213502388,siren,1,automatique
"""


def test_a_harvest_gives_quality_date_and_how_the_account_was_recognised() -> None:
    harvested = content(
        moissons__datagouv=HARVEST, moissons__journal=JOURNAL, rapprochements__datagouv=MATCHES
    )
    said = text(organisation(harvested, RENNES))

    assert "3 sur 4 licence ouverte" in said
    assert "1 sur 4 mis à jour dans l’année" in said
    assert "20 novembre 2026" in said
    assert "Rapproché sans question : le SIREN déclaré et le nom concordent, score 1." in said
    assert "appelle ce compte « Ville de Rennes », qui déclare le SIREN 213502388" in said
    assert "Nombre de jeux de donnéesdata.gouv.fr le dit (moisson du 20 novembre 2026)." in said


def test_the_proofs_are_those_of_the_command_explain() -> None:
    from observatoire.explain.evidence import Evidence
    from observatoire.explain.origins import Origins
    from observatoire.site.places.proofs import Proofs, sentence

    harvested = content(
        moissons__datagouv=HARVEST, moissons__journal=JOURNAL, rapprochements__datagouv=MATCHES
    )
    register = Register(harvested.files)
    slow = Origins(Evidence(register, register, harvested.date))
    fast = Proofs(register, harvested.date, harvested.atlas.reference)
    for table in ("organisations", "publications"):
        for key, row in register.keyed(table).items():
            assert fast.of_line(table, key, row) == [
                sentence(s) for s in slow.of_line(table, key, row)
            ]
            for champ in row:
                assert fast.of_cell(table, key, row, champ) == [
                    sentence(s) for s in slow.of_cell(table, key, row, champ)
                ]


def test_edit_links_lead_to_the_right_lines_of_main(version: Content) -> None:
    for table in ("organisations", "publications"):
        lines = version.files[f"data/{table}.csv"].decode().split("\n")
        found = 0
        for item in organisations.sheets(version).all():
            addresses = [item.edit] if table == "organisations" else [a.edit for a in item.accounts]
            for address in addresses:
                place = f"{PROJECT}/-/edit/main/data/{table}.csv#L"
                assert address.startswith(place)
                assert lines[int(address.removeprefix(place)) - 1].startswith(item.siren)
                found += 1
        assert found == len(lines) - 2


def test_each_publication_leads_to_who_wrote_its_line(version: Content) -> None:
    for item in organisations.sheets(version).all():
        for account in item.accounts:
            assert account.blame == account.edit.replace("/-/edit/", "/-/blame/")


def described(address: str) -> str:
    """The text of the issue that an address opens."""
    (body,) = parse_qs(urlsplit(address).query)["issue[description]"]
    return body


def test_an_error_is_reported_with_the_form_already_filled_in(rennes: Seen) -> None:
    address = linked(rennes, "Signaler une erreur")
    reading = read_form(described(address), (), forms())

    assert urlsplit(address).path == "/groupe/observatoire/-/issues/new"
    assert parse_qs(urlsplit(address).query)["issue[title]"] == ["Signaler une erreur : Rennes"]
    assert reading is not None
    assert reading.form.kind == "erreur"
    assert {name: said for name, said in reading.values.items() if said} == {
        "nom": "Rennes",
        "siren": RENNES,
        "territoire": "35",
    }


def test_the_template_around_the_answers_is_that_of_the_forge() -> None:
    assert with_holes().replace(f"\n{HOLE}\n", "") == TEMPLATE


def test_a_name_cannot_write_in_the_report() -> None:
    body = described(Forge(PROJECT).report("A\n/close\n@tous ![x](y)", "1", ""))

    assert "\n/close" not in body
    assert "`A /close @tous ![x](y)`" in body


def test_on_github_the_same_links_have_the_addresses_of_github() -> None:
    forge = Forge("https://github.com/groupe/observatoire")
    address = urlsplit(forge.report("Rennes", RENNES, "35"))

    edit = "https://github.com/groupe/observatoire/edit/main/data/publications.csv#L7"
    assert forge.edit("publications", 7) == edit
    assert address.path == "/groupe/observatoire/issues/new"
    assert parse_qs(address.query) == {
        "template": ["erreur.yml"],
        "title": ["Signaler une erreur : Rennes"],
        "nom": ["Rennes"],
        "siren": [RENNES],
        "territoire": ["35"],
    }


def test_without_a_repository_people_are_sent_to_the_page_contribuer() -> None:
    page = organisation(content(""), RENNES)

    assert linked(page, "Signaler une erreur") == "../../contribuer/index.html"
    assert "edit/main" not in page.source.decode()


def test_neighbours_are_those_who_publish_nearby(version: Content) -> None:
    page = organisation(version, RENNES)
    hrefs = [e.attrib["href"] for e in page.all("a")]

    assert f"../../organisations/{METROPOLE}/index.html" in hrefs
    assert "Dans la même intercommunalité, Rennes Métropole" in text(page)
    assert "Communes membres qui publient" in text(organisation(version, METROPOLE))


def communes(count: int, departement: str = "35") -> dict[str, str]:
    """That many more communes of an EPCI, all open, the first the most populated."""
    bodies = {f"21{departement}{9000 + n}9"[:9]: n for n in range(count)}
    assert len(bodies) == count
    reference = [
        f"{departement}{n:03},{siren},Commune {n:04},{departement},{METROPOLE},,{9000 - n},53"
        for siren, n in bodies.items()
    ]
    rows = [f"{siren},Commune {n:04},COM,{departement},,,,,,,actif" for siren, n in bodies.items()]
    accounts = [
        f"{siren},data-gouv-fr,{siren},,{n + 1},,,manuel,publie" for siren, n in bodies.items()
    ]
    return {
        "organisations": merged("organisations", rows),
        "publications": merged("publications", accounts),
        "reference__2022__communes": merged("reference/2022/communes", reference),
    }


def merged(table: str, rows: Iterable[str]) -> str:
    head, *lines = TABLES[table].rstrip("\n").split("\n")
    return "\n".join([head, *sorted([*lines, *rows]), ""])


@pytest.fixture(scope="module")
def many() -> Content:
    return content(**communes(850))


def test_the_closest_in_size_are_chosen_and_the_rest_is_counted(many: Content) -> None:
    (one,) = [s for s in organisations.sheets(many).all() if s.nom == "Commune 0450"]
    (same,) = one.neighbours

    assert (same.links[0].label, same.links[1].label) == ("Rennes Métropole", "Rennes")
    assert len(same.links) + same.left == 851


def test_the_closest_in_size_are_chosen_outside_the_intercommunalite() -> None:
    apart = communes(30)
    apart["reference__2022__communes"] = apart["reference__2022__communes"].replace(
        f",{METROPOLE},,8", ",200069193,,8"
    )
    (one,) = [s for s in organisations.sheets(content(**apart)).all() if s.nom == "Rennes"]
    alike = one.neighbours[-1]

    assert [link.label for link in alike.links] == [f"Commune {n:04}" for n in range(1, 9)]


def test_a_departement_of_850_publishers_is_cut_in_light_pages(many: Content) -> None:
    made = {p.path: p.make() for p in plan(many) if p.path.startswith("departements/35/")}
    pages = [Seen(path, made[path]) for path in sorted(made)]
    listed = [e.attrib["href"] for page in pages for e in page.all("a")]
    listed = [href for href in listed if "/organisations/" in href]

    assert sorted(made) == [f"departements/35/{n}index.html" for n in ("", "suite-2/", "suite-3/")]
    assert max(map(len, made.values())) < 120_000
    assert len({*listed}) == 852


def test_a_region_lists_the_greatest_and_says_how_many_are_left(many: Content) -> None:
    page = read(many, "regions/53/index.html")

    assert len(page.source) < 120_000
    assert "852 organismes publient" in text(page)
    assert f"{852 - territoires.OF_REGION} autres" in text(page)


@pytest.fixture(scope="module")
def ille(version: Content) -> Seen:
    return read(version, "departements/35/index.html")


def test_those_who_publish_are_as_many_as_the_indicator_says(version: Content) -> None:
    made = territoires.territories(version)
    for kind, places in (
        ("departement", version.atlas.reference.departements),
        ("region", version.atlas.reference.regions),
    ):
        for code in places:
            figure = version.story.figures.at("I12", (kind, code))
            assert figure is not None
            assert len(made.open(kind, code)) == figure.part


def test_those_who_do_not_are_what_is_left_of_the_obliged(version: Content) -> None:
    made = territoires.territories(version)
    for place in version.atlas.reference.departements.values():
        found = made.departement(place)
        assert found.rate is not None
        assert len(found.silent) + found.left == found.rate.of - found.rate.part
    for place in version.atlas.reference.regions.values():
        found = made.region(place)
        assert found.rate is not None
        assert len(found.silent) + found.left == found.rate.of - found.rate.part


def test_the_silent_are_cut_beyond_what_a_page_can_hold(version: Content) -> None:
    made = territoires.territories(version)
    row = next(iter(version.table("liste_obliges_sans_publication.csv").records()))
    made.__dict__["_absences"] = {("departement", "35"): [row] * (SILENT["departement"] + 7)}
    found = made.departement(version.atlas.reference.departements["35"])

    assert (len(found.silent), found.left) == (SILENT["departement"], 7)


def test_a_departement_lists_who_publishes_and_who_should(ille: Seen) -> None:
    said = text(ille)

    assert "2 organismes publient" in said
    assert "Ille-et-VilaineDépartement1 098 325absent du registre" in said
    assert linked(ille, "Bretagne") == "../../regions/53/index.html"
    assert linked(ille, "Suivre ce qui change ici (flux Atom)") == "../../flux/35.xml"


def test_a_region_has_its_departements(version: Content) -> None:
    page = read(version, "regions/53/index.html")

    assert linked(page, "Ille-et-Vilaine") == "../../departements/35/index.html"


def past(**changed: str) -> Past:
    return Past("v0.9.0", "2024-05-01", Register(content(**changed).files))


def steps(version: Content, siren: str) -> list[tuple[str, str, str]]:
    (found,) = [s for s in organisations.sheets(version).all() if s.siren == siren]
    return [*found.steps]


def test_history_has_the_editions_and_the_versions_that_changed_something() -> None:
    before = past(**edited("publications", ",30,,2022", ",12,,2022"))
    version = replace(content(), past=lambda chosen: [before, before][chosen])

    assert steps(version, RENNES) == [
        ("Édition 2022", "2022-12-31", "30 à 34"),
        ("Version v0.9.0", "2024-05-01", "12 à 16"),
        ("Depuis", "", "30 à 34"),
    ]
    assert steps(version, METROPOLE) == [("Édition 2022", "2022-12-31", "57")]


def test_who_published_and_does_no_more_says_it() -> None:
    closed = content(
        **edited("publications", ",57,3,2022-11-20,moisson,publie", ",0,,,moisson,vide")
    )

    assert steps(closed, METROPOLE) == [("Édition 2022", "2022-12-31", "57"), ("Depuis", "", "")]


def test_a_count_that_nobody_knows_is_no_zero() -> None:
    unknown = content(**edited("publications", ",57,3,2022-11-20", ",,3,2022-11-20"))
    said = text(organisation(unknown, METROPOLE))

    assert "nombre inconnu de jeux de données sur 1 plateforme" in said


def places(planned: Iterable[Planned]) -> Iterator[Planned]:
    return (
        p for p in planned if p.path.startswith(("organisations/", "departements/", "regions/"))
    )


def test_ten_lines_that_change_rewrite_the_pages_that_show_them_and_no_other(
    many: Content, tmp_path: Path
) -> None:
    output.write(tmp_path, places(plan(many)))
    tables = communes(850)
    for n in range(100, 110):
        tables["publications"] = tables["publications"].replace(f",,{n + 1},,,", f",,{n + 2001},,,")
    after = content(**tables)
    done = output.write(tmp_path, places(plan(after)))

    written = [p for p in done.written if p.startswith("organisations/")]
    assert len(written) == 10
    assert done.rendered < 20
    changed = {p.path: p.make() for p in places(plan(after)) if p.path in {*done.written}}
    assert {p: (tmp_path / p).read_bytes() for p in changed} == changed


def test_a_new_version_rewrites_no_page_of_organisation(version: Content) -> None:
    later = replace(version, tag="v1.0.1", date="2026-12-24")

    def digests(of: Content) -> Mapping[str, str]:
        return {p.path: p.digest for p in plan(of) if p.path.startswith("organisations/")}

    assert digests(later) == digests(version)
    assert all(digests(version).values())


def test_a_closed_page_cannot_read_more_than_its_values(version: Content) -> None:
    """What its digest does not cover, it is not given."""
    for item in organisations.pages(version):
        assert item.closed
        assert b"Observatoire" in rendered(item, version.frame)


def test_every_page_of_a_version_is_light() -> None:
    heavy = {path: len(page) for path, page in build(content()) if path.endswith(".html")}

    assert max(heavy.values()) < 100_000


def test_links_of_neighbours_always_lead_to_pages(many: Content) -> None:
    paths = {p.path for p in organisations.pages(many)}
    sheets = list(organisations.sheets(many).all())

    assert {link.path for s in sheets for g in s.neighbours for link in g.links} <= paths
    assert all(re.fullmatch(r"organisations/[0-9]{9}/index\.html", path) for path in paths)
