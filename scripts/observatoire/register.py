"""The register: its tables by name, each read once, with the schema that describes it.

Table names are paths under ``data/`` without their extension: ``organisations``,
``moissons/datagouv``, ``reference/2026/communes``, ``editions/2022/publications``. A name such as
``reference/communes`` means the newest vintage: foreign keys are written that way.
"""

from __future__ import annotations

import re
from pathlib import Path

from observatoire import intake, schema, table
from observatoire.files import Files, opened
from observatoire.model import Finding, Key, Malformed
from observatoire.schema import Schema
from observatoire.table import Table

DATA = "data"
_VINTAGE = re.compile(r"reference/([0-9]+)/[^/]+\Z")


class Register:
    """A read-only view of the register in some files (working tree, commit, memory)."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._tables: dict[str, Table] = {}
        self._schemas: dict[str, Schema] = {}

    def names(self) -> list[str]:
        """The names of all the tables, sorted."""
        prefix, suffix = f"{DATA}/", ".csv"
        return [
            n.removeprefix(prefix).removesuffix(suffix)
            for n in self.files.names(DATA)
            if n.endswith(suffix)
        ]

    def vintages(self) -> list[str]:
        """The vintages of the reference, oldest first: ["2022", "2026"]."""
        return sorted({found[1] for n in self.names() if (found := _VINTAGE.match(n))})

    def resolve(self, name: str, beside: str = "") -> str:
        """The full name of a table that a foreign key of the table ``beside`` points to.

        ``reference/communes`` is that of the newest vintage; a frozen edition points to its own
        tables where it has them.
        """
        edition = beside.rpartition("/")[0]
        if edition.startswith("editions/") and self.has(f"{edition}/{name}"):
            return f"{edition}/{name}"
        folder, _, last = name.rpartition("/")
        if folder == "reference" and last != "identifiants" and self.vintages():
            return f"{folder}/{self.vintages()[-1]}/{last}"
        return name

    def has(self, name: str) -> bool:
        """Whether the table exists."""
        stream = opened(self.files, path_of(name))
        if stream is None:
            return False
        stream.close()
        return True

    def schema(self, name: str) -> Schema:
        """The schema of a table; raises Malformed when no schema describes it."""
        kind = kind_of(name)
        if kind not in self._schemas:
            text = self.files.read(f"schemas/{kind}.json")
            if text is None:
                raise Malformed(
                    Finding(
                        "table-inconnue",
                        f"aucun schéma ne décrit cette table : le fichier schemas/{kind}.json"
                        " n'existe pas.",
                        file=path_of(name),
                        english="no schema describes this table: the file"
                        f" schemas/{kind}.json does not exist.",
                    )
                )
            self._schemas[kind] = _described(kind, text)
        return self._schemas[kind]

    def table(self, name: str) -> Table:
        """A table, columns in schema order, cells as they stand; raises Malformed.

        A table that does not exist yet is empty.
        """
        if name not in self._tables:
            described = self.schema(name)
            data = self.files.read(path_of(name))
            self._tables[name] = (
                Table(described.columns)
                if data is None
                else intake.parse(data, path_of(name), described.columns)
            )
        return self._tables[name]

    def keyed(self, name: str) -> dict[Key, dict[str, str]]:
        """The rows of a table by primary key; raises Malformed when a key stands twice."""
        return table.keyed(self.table(name), self.schema(name), path_of(name))

    def bytes_of(self, name: str, content: Table) -> bytes:
        """The canonical bytes of a table's new content."""
        return table.serialize(table.canonical(content, self.schema(name)))


def _described(kind: str, text: bytes) -> Schema:
    try:
        return schema.parse(kind, text)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, re.error) as error:
        raise Malformed(
            Finding(
                "schema-illisible",
                f"ce schéma n'est pas un Table Schema lisible ({str(error)[:80]}) : reprenez la"
                " version précédente du fichier.",
                file=f"schemas/{kind}.json",
                english=f"this schema is not a readable Table Schema ({str(error)[:80]}): take the"
                " previous version of the file again.",
            )
        ) from None


def path_of(name: str) -> str:
    """Where a table stands, relative to the root."""
    return f"{DATA}/{name}.csv"


def kind_of(name: str) -> str:
    """The name of the schema that describes a table.

    All harvests share one schema, as do the frozen editions and the current tables.
    """
    folder, _, last = name.rpartition("/")
    if folder in {"moissons", "rapprochements"}:
        return "journal" if last == "journal" else folder
    if folder == "indicateurs":
        return "indicateur"
    if folder.startswith("reference"):
        return f"reference-{last}"
    return last


def find_root(start: Path) -> Path:
    """The folder of the register that holds ``start``; raises Malformed outside any register."""
    for folder in (start, *start.parents):
        if (folder / "datapackage.json").is_file() and (folder / "schemas").is_dir():
            return folder
    raise Malformed(
        Finding(
            "pas-de-registre",
            f"aucun registre ici : ni « {start} » ni ses dossiers parents ne contiennent"
            " datapackage.json et schemas/. Placez-vous dans le dépôt, ou indiquez-le avec"
            " --depot DOSSIER.",
        )
    )
