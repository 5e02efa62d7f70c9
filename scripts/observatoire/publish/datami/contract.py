"""Refuse a version that Datami would show badly, or would spoil on a save."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from difflib import ndiff

from observatoire.model import Finding
from observatoire.publish.datami import fields, roundtrip, settings

SHOWN = 120


def check(contents: Mapping[str, bytes]) -> Iterator[Finding]:
    """What is wrong in the files of ``publication/`` (paths relative to it), for Datami."""
    schema = json.loads(contents[f"{settings.FOLDER}/schema.json"])
    types = {f["name"]: f["type"] for f in schema["fields"]}
    for name in sorted(n for n in contents if n.endswith(".csv")):
        kinds = types if f"publication/{name}" == settings.VIEW else {}
        yield from _untouched(name, contents[name].decode(), kinds)
    header = contents["vue-datami.csv"].decode().partition("\n")[0].split(settings.SEPARATOR)
    yield from _names(contents, header)
    for name, kind in types.items():
        if kind not in fields.TYPES:
            yield Finding("datami-type", f"Datami n'affiche pas le type « {kind} ».", field=name)


def _untouched(file: str, text: str, types: Mapping[str, str]) -> Iterator[Finding]:
    """An untouched save must change no byte."""
    saved = roundtrip.save(text, settings.SEPARATOR, types)
    if saved == text:
        return
    before, after = text.split("\n"), saved.split("\n")
    line = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    change = " ".join(part for part in ndiff(before[line : line + 1], after[line : line + 1]))
    yield Finding(
        "datami-enregistrement",
        "Datami changerait cette ligne en enregistrant le fichier sans modification"
        f" ({change[:SHOWN]}) : retirez de la table les guillemets, les espaces en trop et les"
        " cellules vides en fin de ligne.",
        file=f"publication/{file}",
        line=line + 1,
    )


def _names(contents: Mapping[str, bytes], header: list[str]) -> Iterator[Finding]:
    """The settings speak of columns that exist."""
    options = json.loads(contents[f"{settings.FOLDER}/options.json"])
    cards = options["cardssettings"]
    charts = json.loads(contents[f"{settings.FOLDER}/graphiques.json"])["charts"]
    used = {
        "filtres": [f["name"] for f in options["customfilters"]["filterfields"]],
        "cartes": [*cards["mini"], *cards["detail"]],
        "graphiques": [c[k] for c in charts for k in c if k.endswith("byfield")],
    }
    for where, names in used.items():
        for name in names:
            if name not in header:
                yield Finding(
                    "datami-colonne",
                    f"les {where} de Datami nomment la colonne « {name} », qui n'existe pas.",
                    field=name,
                )
