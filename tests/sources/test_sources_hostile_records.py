"""Whatever a record in XML or a graph in RDF holds, its organisations are counted, never people."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from hostile_bench import TODAY, URL, counted, outcome
from hypothesis import given, settings
from hypothesis import strategies as st
from portal_bench import SCHEMA, assert_fit

from observatoire.sources.kit import csw, dcat, door, iso, rdf

ABOUT = "MD_Metadata/identificationInfo/MD_DataIdentification"
PARTY = "CI_ResponsibleParty/organisationName/CharacterString"
PATHS = (
    "MD_Metadata/fileIdentifier/CharacterString",
    "MD_Metadata/hierarchyLevel/MD_ScopeCode",
    f"{ABOUT}/pointOfContact/{PARTY}",
    f"{ABOUT}/citation/CI_Citation/citedResponsibleParty/{PARTY}",
    f"{ABOUT}/citation/CI_Citation/date/CI_Date/date/Date",
    f"{ABOUT}/resourceConstraints/MD_LegalConstraints/useLimitation/Anchor",
    f"{ABOUT}/descriptiveKeywords/MD_Keywords/keyword/CharacterString",
    "MD_Metadata/distributionInfo/MD_Distribution/transferOptions/X/onLine/CI_OnlineResource/linkage",
    "Record/identifier",
    "Record/publisher",
    "Record/modified",
    "Record/type",
    "RDF/Dataset/publisher/Organization/name",
)
SAID = ["", "a", "Ville d'Albi", "dataset", "2026-01-02", "2999-01-01", "OGC:WFS", "http://["]
SAID += ['=<b>"a"</b>', "a\nb\u202e", "é" * 900]
PERSON = "Camille Exemple"
MAILBOX = f"{ABOUT}/pointOfContact/CI_ResponsibleParty/individualName/CharacterString"
TREES = st.lists(
    st.tuples(st.sampled_from(PATHS), st.integers(-2, 0), st.sampled_from(SAID)), max_size=12
)


def planted(root: str, leaves: list[tuple[str, int, str]]) -> Element:
    """A record with these texts at the ends of paths, some cut short, and a person in it."""
    record = Element(f"{{http://www.isotc211.org/2005/gmd}}{root}")
    for path, cut, text in [*leaves, (MAILBOX, 0, PERSON)]:
        names = path.split("/")[1:]
        end = record
        for name in names[: len(names) + cut] or names:
            end = SubElement(end, f"{{http://www.isotc211.org/2005/gmd}}{name}")
        end.text = text
    return record


@given(st.sampled_from(["MD_Metadata", "Record", "RDF", "Autre"]), TREES)
@settings(max_examples=150)
def test_any_record_in_xml_counts_for_organisations_only(
    root: str, leaves: list[tuple[str, int, str]]
) -> None:
    element = planted(root, leaves)
    for record in (iso.record(element, TODAY), iso.dublin_core(element, TODAY)):
        assert record.updated in {"", "2026-01-02"}
        assert PERSON not in repr(record)
    found, refusal = outcome(lambda: csw.content(element, URL, TODAY))
    if found is None:
        assert (root, refusal) == ("RDF", f"{URL} : le catalogue n'est pas du RDF lisible.")
        return
    key, datasets = found
    rows = list(counted(datasets))
    assert door.admit(rows, SCHEMA) == tuple(rows)
    assert_fit(rows, SCHEMA)
    assert bool(key) == any(d.id for d in datasets) or not datasets


TERMS = """
a rdf:type dcat:Dataset dcat:Catalog dct:publisher dct:license dcat:distribution dct:format
dct:modified foaf:name vcard:fn hydra:next hydra:totalItems org:memberOf dcat:contactPoint
"""
PREFIXES = (
    "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> ."
    "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix org: <http://www.w3.org/ns/org#> ."
    "@prefix vcard: <http://www.w3.org/2006/vcard/ns#> ."
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
    "@prefix hydra: <http://www.w3.org/ns/hydra/core#> .\n"
)
NODES = st.sampled_from(["<x>", "<y>", "_:b", "_:c", '"texte"', '"2026-01-02"@fr', "12", "true"])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["<x>", "<y>", "_:b", "_:c"]),
            st.sampled_from(TERMS.split()),
            NODES | st.sampled_from(["dcat:Dataset", "dcat:Catalog"]),
        ),
        max_size=15,
    )
)
@settings(max_examples=100)
def test_any_graph_counts_each_of_its_datasets(triples: list[tuple[str, str, str]]) -> None:
    text = PREFIXES + "".join(f"{s} {p} {o} .\n" for s, p, o in triples)
    graph = rdf.parse(text.encode(), "turtle", "http://a.fr/")
    said = {t for t in triples if t[1] in {"a", "rdf:type"} and t[2] == "dcat:Dataset"}
    datasets = list(dcat.datasets(graph, TODAY))
    assert len(datasets) == len({subject for subject, _, _ in said})
    rows = list(counted(datasets))
    assert door.admit(rows, SCHEMA) == tuple(rows)
    assert_fit(rows, SCHEMA)
    assert dcat.paging(graph).total in {0, 12}
