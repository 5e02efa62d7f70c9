"""The bulk CSV files of the simulated data.gouv.fr, with the quirks of the real ones.

``;`` between cells, quotes around every text, one header written twice, archived rows, licences by
title, dictionaries printed by Python, line breaks in descriptions.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence

from observatoire.demo.accounts import Account, Entry
from observatoire.sources.kit.licences import OPEN

Cell = str | int | bool

RESOURCES: Mapping[str, str] = {
    "b7bbfedc-2448-4135-a6c7-104548d396e7": "organization",
    "f868cca6-8da1-4369-a78d-47463f19a9a3": "dataset",
    "4babf5f2-6a9c-45b5-9144-ca5eae6a7a6d": "resource",
    "970aafa0-3778-4d8b-b9d1-de937525e379": "reuse",
}
"""The resources of the catalogue, by the id in their permanent address."""

ORGANIZATION = (
    "id name acronym slug url description logo badges created_at last_modified business_number_id"
    " members_count downloads metric.dataservices metric.dataservices_by_months metric.datasets"
    " metric.datasets_by_months metric.members metric.reuses metric.reuses_by_months"
    " metric.dataservices metric.followers metric.views"
)
DATASET = (
    "id title slug acronym url organization organization_id owner owner_id description"
    " description_short frequency license temporal_coverage.start temporal_coverage.end"
    " spatial.granularity spatial.zones featured created_at last_modified tags archived"
    " resources_count main_resources_count resources_formats harvest.backend harvest.domain"
    " harvest.created_at harvest.modified_at harvest.remote_url quality_score metric.discussions"
    " metric.discussions_open metric.reuses metric.reuses_by_months metric.dataservices"
    " metric.followers metric.followers_by_months metric.views metric.resources_downloads"
)
RESOURCE = (
    "dataset.id dataset.title dataset.slug dataset.url dataset.organization"
    " dataset.organization_id dataset.license dataset.private dataset.archived id url title"
    " description filetype type format mime filesize checksum.type checksum.value created_at"
    " modified downloads harvest.created_at harvest.modified_at schema_name schema_version"
    " preview_url extras"
)
REUSE = (
    "id title slug url type description remote_url organization organization_id owner owner_id"
    " image featured created_at last_modified archived topic tags datasets metric.discussions"
    " metric.discussions_open metric.datasets metric.followers metric.followers_by_months"
    " metric.views"
)
HARVESTER = "id name url organization organization_id backend created_at validation config"

SITE = "https://www.data.gouv.fr"
MONTHS = str({"2022-11": 0, "2022-12": 1})
CREATED = "2019-01-01T00:00:00.000000"


def _write(header: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(header.split())
    writer.writerows(rows)
    return text.getvalue().encode()


def _title(licence: str) -> str:
    return OPEN[licence][0] if licence in OPEN else "License Not Specified"


def _organizations(_: Sequence[Entry], accounts: Sequence[Account], day: str) -> bytes:
    def row(a: Account) -> Sequence[Cell]:
        visible = [d for d in a.datasets if not d.archived]
        text = f'Compte de « {a.name} » ; dit "officiel".\nDeuxième ligne.'
        return (
            *(a.id, a.name, "", a.slug, f"{SITE}/organizations/{a.slug}/", text, ""),
            *(",".join(a.badges), CREATED, f"{day}T00:00:00.000000", a.siret, 1),
            *(sum(d.downloads for d in visible), 0, MONTHS, len(visible), MONTHS, 1, 0, MONTHS),
            *(0, 0, 12 * len(visible)),
        )

    return _write(ORGANIZATION, map(row, accounts))


def _datasets(entries: Sequence[Entry], _: Sequence[Account], day: str) -> bytes:
    def row(e: Entry) -> Sequence[Cell]:
        d, slug = e.dataset, f"jeu-{e.id}"
        copied = ("dcat", d.harvested, CREATED, f"{d.updated}T06:00:00", f"https://{d.harvested}/")
        return (
            *(e.id, d.title, slug, "", f"{SITE}/datasets/{slug}/", e.account.name, e.account.id),
            *("", "", f'Jeu "{d.title}" ;\nmis à jour chaque jour.', "", "unknown"),
            *(_title(d.licence), "", "", "other", "France", False, CREATED),
            *(f"{day}T06:00:00.000000", "jeu,test", d.archived or False, len(d.formats)),
            *(len(d.formats), ",".join(d.formats), *(copied if d.harvested else ("",) * 5)),
            *(f"{d.quality:.2f}", 0, 0, d.reuses, MONTHS, 0, 0, MONTHS, 12, d.downloads),
        )

    return _write(DATASET, map(row, entries))


def _resources(entries: Sequence[Entry], _: Sequence[Account], __: str) -> bytes:
    def rows(e: Entry) -> Iterable[Sequence[Cell]]:
        d, slug = e.dataset, f"jeu-{e.id}"
        for i, kind in enumerate(d.formats):
            yield (
                *(e.id, d.title, slug, f"{SITE}/datasets/{slug}/", e.account.name, e.account.id),
                *(_title(d.licence), False, d.archived or False, f"{e.id}-{i}"),
                *(f"https://exemple.fr/{e.id}.{kind}", f"Fichier {kind}", "", "file", "main", kind),
                *("", "", "", "", CREATED, f"{d.updated}T06:00:00", d.downloads, "", ""),
                *(d.schema, "", "", '{"check:status": 200, "note": "deux\\nlignes"}'),
            )

    return _write(RESOURCE, (row for e in entries for row in rows(e)))


def _reuses(entries: Sequence[Entry], _: Sequence[Account], day: str) -> bytes:
    def rows(e: Entry) -> Iterable[Sequence[Cell]]:
        for i in range(e.dataset.reuses):
            slug = f"reutilisation-{e.id}-{i}"
            yield (
                *(f"{e.id}-{i}", "Réutilisation", slug, f"{SITE}/reuses/{slug}/", "application"),
                *("Une carte.", "https://exemple.fr/", "", "", "", "", "", False, CREATED),
                *(f"{day}T06:00:00", False, "others", "", e.id, 0, 0, 1, 0, 0, 12),
            )

    return _write(REUSE, (row for e in entries for row in rows(e)))


def harvesters(found: Sequence[tuple[str, str, str]]) -> bytes:
    """The file of the harvesters, each by its name, address and backend."""
    rows = (
        (str(n), name, url, name, "", backend, CREATED, "accepted", "{}")
        for n, (name, url, backend) in enumerate(found)
    )
    return _write(HARVESTER, rows)


WRITERS: Mapping[str, Callable[[Sequence[Entry], Sequence[Account], str], bytes]] = {
    "organization": _organizations,
    "dataset": _datasets,
    "resource": _resources,
    "reuse": _reuses,
}
"""What writes each file, by its name in the file's address."""
