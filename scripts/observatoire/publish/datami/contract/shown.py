"""What Datami is given, read once: each widget with its table, schema, columns and options."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from observatoire.model import Finding
from observatoire.publish.datami import contribution, settings

ROOT = "publication/"
VIEW = "vue-datami.csv"


def finding(code: str, message: str, file: str = "", line: int = 0, field: str = "") -> Finding:
    """A refusal, in French."""
    path = f"{ROOT}{file}" if file else ""
    return Finding(f"datami-{code}", message, file=path, line=line, field=field)


@dataclass(frozen=True)
class Shown:
    """The files of a version, the address of the repository, the tag that they are pinned to."""

    contents: Mapping[str, bytes]
    project: str
    tag: str

    def json(self, name: str) -> Any:
        """A setting."""
        return json.loads(self.contents[name])

    def widgets(self) -> Iterator[Widget]:
        """The public view, then each table offered for edition."""
        folder = settings.FOLDER
        yield Widget(
            shown=self,
            file=VIEW,
            options=self.json(f"{folder}/options.json"),
            schema=self.json(f"{folder}/schema.json"),
            columns=self.json(f"{folder}/champs.json")["fields"],
            charts=self.json(f"{folder}/graphiques.json")["charts"],
            map=self.json(f"{folder}/carte.json")["mapOptions"],
        )
        for tab in self.json(contribution.PAGE)["gitfiles"]:
            name = str(tab["gitfile"]).rpartition("/")[2].removesuffix(".csv")
            place = f"{contribution.FOLDER}/{name}"
            yield Widget(
                shown=self,
                file=f"{name}.csv",
                options=tab["options"],
                schema=self.json(f"{place}-schema.json"),
                columns=self.json(f"{place}-champs.json")["fields"],
                address=tab["gitfile"],
                edited=True,
            )


@dataclass(frozen=True)
class Widget:
    """One table as Datami shows it; ``edited`` where people change it."""

    shown: Shown
    file: str
    options: Mapping[str, Any]
    schema: Mapping[str, Any]
    columns: list[dict[str, Any]]
    charts: tuple[Mapping[str, Any], ...] | list[Mapping[str, Any]] = ()
    map: Mapping[str, Any] | None = None
    address: str = ""
    edited: bool = False

    @cached_property
    def text(self) -> str:
        """The table, as Datami fetches it."""
        return self.shown.contents[self.file].decode()

    @cached_property
    def header(self) -> list[str]:
        """The names of the columns, as Datami cuts them."""
        return self.text.partition("\n")[0].split(settings.SEPARATOR)

    @cached_property
    def fields(self) -> dict[str, Mapping[str, Any]]:
        """The schema's fields by name."""
        return {f["name"]: f for f in self.schema["fields"]}

    @cached_property
    def types(self) -> dict[str, str]:
        """The types that Datami reads columns in."""
        return {name: f.get("type", "string") for name, f in self.fields.items()}

    @cached_property
    def display(self) -> dict[str, Mapping[str, Any]]:
        """The columns' display by name."""
        return {c["name"]: c for c in self.columns}

    def subtype(self, name: str) -> str:
        """How a column is shown; "" for plain text."""
        return str(self.display.get(name, {}).get("subtype", ""))

    def closed(self, name: str) -> bool:
        """Whether Datami knows a list of values for a column: it can filter and count on it."""
        enum = self.fields.get(name, {}).get("constraints", {}).get("enum")
        return bool(enum) or self.subtype(name) in {"tag", "tags"}

    def missing(self, where: str, name: str) -> Iterator[Finding]:
        """The finding about a column that a setting names, where the table does not have it."""
        if name not in self.header:
            yield finding(
                "colonne",
                f"{where} de Datami nomme la colonne « {name} », qui n'existe pas dans la table.",
                self.file,
                field=name,
            )


def read(shown: Shown) -> Iterator[Finding]:
    """The files that Datami could not read at all: missing, not JSON, not UTF-8."""
    folder = settings.FOLDER
    wanted = [VIEW, contribution.PAGE]
    wanted += [f"{folder}/{n}.json" for n in ("options", "schema", "champs", "graphiques", "carte")]
    for name in wanted:
        if name not in shown.contents:
            yield finding("fichier", "ce fichier, que Datami lit, manque.", name)
    for name, content in sorted(shown.contents.items()):
        try:
            text = content.decode()
        except UnicodeDecodeError:
            yield finding("encodage", "ce fichier n'est pas en UTF-8 : Datami ne sait lire rien"
                          " d'autre.", name)  # fmt: skip
            continue
        if name.startswith(f"{folder}/") and name.endswith(".json"):
            try:
                json.loads(text)
            except ValueError as error:
                yield finding("json", f"ce réglage n'est pas du JSON ({error}).", name)
