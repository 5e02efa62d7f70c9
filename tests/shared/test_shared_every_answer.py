"""Every recorded answer beside the project is read by a test, or it is said why none reads it.

A new recording fails here until somebody decides: nothing is forgotten.
"""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent

READ = {
    "arcgis": {
        "dcat_us_evian.recorded.json": "arcgis",
        "search_v1_items.ceres.json": "arcgis",
    },
    "ban": {"search_csv_response.recorded.csv": "lookups"},
    "ckan": {
        "ckan_package_search.ceres.json": "ckan",
        "dkan_hauts_de_france_package_show.recorded.json": "ckan",
        "error_success_false.constructed.json": "ckan",
        "package_search_facets.constructed.json": "ckan",
        "package_search_page.constructed.json": "ckan",
        "status_show.constructed.json": "candidates",
    },
    "d4c": {"datasets_search.constructed.json": "ckan"},
    "datafair": {"catalog_datasets.constructed.json": "datafair"},
    "datagouv": {
        "catalogue_datasets.recorded.csv": "datagouv",
        "catalogue_harvest.constructed.csv": "candidates",
        "catalogue_organizations.recorded.csv": "datagouv",
        "catalogue_resources.recorded.csv": "datagouv",
        "catalogue_reuses.recorded.csv": "datagouv",
        "datasets_v1_list.derived.json": "datagouv",
        "error_404.constructed.json": "datagouv",
        "licenses.recorded.json": "datagouv",
        "organizations_v1_list.derived.json": "datagouv",
        "organizations_v1_list_page2.derived.json": "datagouv",
        "organizations_v1_masked.derived.json": "datagouv",
    },
    "datajson": {"project_open_data.ceres.json": "datajson"},
    "dcat": {
        "catalog.xml": "dcat",
        "datara--5a26b0f6-0ccf-46ad-ac58-734054b91977.rdf.xml": "dcat",
        "dcat_udata_catalog.ceres.jsonld": "dcat",
        "geonetwork.xml": "dcat",
        "paged-collection-1.jsonld": "dcat",
        "paged-collection-2.jsonld": "dcat",
        "partial-collection-1.jsonld": "dcat",
        "partial-collection-2.jsonld": "dcat",
        "sig.oreme.rdf": "dcat",
        "udata.xml": "dcat",
    },
    "geo": {
        "communes_slice.npm6.json": "reference",
        "departements.npm6.json": "reference",
        "epci_slice.npm6.json": "reference",
        "geoapi_communes.derived.json": "reference",
        "geoapi_departements.constructed.json": "reference",
        "geoapi_epcis.derived.json": "reference",
        "identifiants_departements_2023.csv": "reference",
        "identifiants_regions_2023.csv": "reference",
        "regions.npm6.json": "reference",
    },
    "geonetwork": {
        "csw_geoide-iso19139-single-dataset.recorded.xml": "csw",
        "csw_geonetwork-dcat-page-1.recorded.xml": "csw",
        "csw_geonetwork-dcat-page-3.recorded.xml": "csw",
        "csw_geonetwork-geodcatap-page-1.recorded.xml": "csw",
        "csw_get_records.ceres.xml": "csw",
        "es_search_aggregations.constructed.json": "geonetwork",
        "es_search_bdtopo.recorded.json": "geonetwork",
        "es_search_eaufrance.recorded.json": "geonetwork",
        "srv_api_site.constructed.json": "geonetwork",
    },
    "ods": {
        "catalog_datasets.openapi_example.json": "opendatasoft",
        "catalog_datasets_bercy.recorded.json": "opendatasoft",
        "catalog_datasets_group_by_publisher.constructed.json": "opendatasoft",
        "catalog_datasets_multi_producer.constructed.json": "opendatasoft",
        "catalog_facets_publisher.constructed.json": "opendatasoft",
        "error_odsql_400.constructed.json": "opendatasoft",
        "error_quota_429.constructed.json": "opendatasoft",
        "opendatasoft_catalog_v21.ceres.json": "opendatasoft",
    },
    "recherche_entreprises": {
        "error_400.constructed.json": "lookups",
        "search_commune_coise_2023.recorded.json": "lookups",
        "search_empty.constructed.json": "lookups",
        "search_multi_levels.constructed.json": "lookups",
        "search_siren_commune.constructed.json": "lookups",
    },
    "schema": {
        "datagouv_catalogue_schemas.recorded.json": "lookups",
        "schemas_transport_site.recorded.json": "lookups",
    },
    "transport": {"datasets.constructed.json": "lookups"},
}
"""The test module (``test_shared_….py``) that reads each answer."""

ONE_OBJECT = "une fiche seule : les connecteurs lisent des listes"
OTHER_CALL = "un appel que le connecteur ne fait pas : un autre, plus court, dit la même chose"
KEYED = "demande une clé, ou des gigaoctets : aucun connecteur ne la lit"
WORDS = "une liste de libellés, pas une réponse"
HISTORY = "le passé du registre : lu à sa reprise, dans une autre version"

UNREAD = {
    "ban": {
        "search_csv_request.constructed.csv": "la question, pas la réponse",
        "search_housenumber.recorded.json": OTHER_CALL,
    },
    "ckan": {
        "organization_list_all_fields.constructed.json": OTHER_CALL,
        "organization_list_names.constructed.json": OTHER_CALL,
    },
    "datagouv": {
        "catalogue_dataservices.recorded.csv": "des API, que le registre ne compte pas",
        "dataset_v1.recorded.json": ONE_OBJECT,
        "datasets_v2_search.derived.json": OTHER_CALL,
        "local_authorities_org_dataset.recorded.json": "les six fiches de organizations_v1_list",
        "metric_api_organizations_total.constructed.csv": OTHER_CALL,
        "metric_api_organizations_total.constructed.json": OTHER_CALL,
        "organization_v1.recorded.json": ONE_OBJECT,
        "resource_v1.recorded.json": ONE_OBJECT,
        "resource_v2.recorded.json": ONE_OBJECT,
        "site_metrics.recorded.json": ONE_OBJECT,
        "tabular_data_catalogue_resources.recorded.json": OTHER_CALL,
        "tabular_profile_catalogue_resources.recorded.json": OTHER_CALL,
    },
    "geo": {
        "dep_reg_centers.recorded.csv": HISTORY,
        "ept.npm6.json": "les EPT entiers sont dans le paquet lu par « reference »",
        "identifiants_epci_2023.csv": "le paquet lu par « reference » a ces numéros",
    },
    "odf": {"odf_data_sample.recorded.csv": HISTORY},
    "ods": {
        "catalog_export.constructed.csv": OTHER_CALL,
        "catalog_facets.openapi_example.json": OTHER_CALL,
        "catalog_v1_search_legacy.constructed.json": OTHER_CALL,
        "dataset.openapi_example.json": ONE_OBJECT,
    },
    "recherche_entreprises": {
        "labels_administration_natures_juridiques.json": WORDS,
        "labels_collectivite_natures_juridiques.json": WORDS,
        "labels_departements.json": WORDS,
        "labels_natures-juridiques.json": WORDS,
        "labels_regions.json": WORDS,
        "labels_tranches-effectifs.json": WORDS,
        "liste_administrations.constructed.csv": OTHER_CALL,
    },
    "sirene": {
        "StockEtablissement_extract.constructed.csv": KEYED,
        "StockUniteLegale_extract.constructed.csv": KEYED,
        "api_siren_search.constructed.json": KEYED,
    },
    "socrata": {"catalog_v1.ceres.json": "aucun portail français de collectivité"},
}
"""Why no test reads the others."""

MARKS = {
    "catalogue_datasets.recorded.csv": 'f"catalogue_{',
    "catalogue_organizations.recorded.csv": 'f"catalogue_{',
    "catalogue_resources.recorded.csv": 'f"catalogue_{',
    "catalogue_reuses.recorded.csv": 'f"catalogue_{',
    "paged-collection-1.jsonld": '"paged"',
    "paged-collection-2.jsonld": '"paged"',
    "partial-collection-1.jsonld": '"partial"',
    "partial-collection-2.jsonld": '"partial"',
}
"""How a module names what it does not name in full."""


def test_no_recorded_answer_is_forgotten(shared: Path) -> None:
    folder = shared / "data/sources"
    found = {str(p.relative_to(folder)) for p in folder.glob("*/*")}
    read = {f"{name}/{file}" for name, files in READ.items() for file in files}
    unread = {f"{name}/{file}" for name, files in UNREAD.items() for file in files}
    assert not read & unread
    assert found == read | unread


@pytest.mark.parametrize("folder", READ)
def test_each_answer_is_named_by_the_test_that_reads_it(folder: str) -> None:
    for file, module in READ[folder].items():
        text = (FOLDER / f"test_shared_{module}.py").read_text(encoding="utf-8")
        assert MARKS.get(file, file) in text, f"{module} ne lit pas {file}"
