"""A table with a column of each kind, a sound line of it, and its file put in form."""

from __future__ import annotations

from observatoire.schema import Field, Schema
from observatoire.validate.formatting.tidy import Tidied, tidy

SCHEMA = Schema(
    "t",
    "",
    "",
    (
        Field("siren", pattern="[0-9]{9}", title="SIREN"),
        Field("departement", pattern="([0-9]{2}|2[AB])", title="Département"),
        Field("nom", title="Nom"),
        Field("latitude", "number"),
        Field("nb", "integer"),
        Field("jour", "date"),
        Field("themes", separator="|"),
        Field("statut", enum=("actif", "a_verifier")),
    ),
    ("siren",),
)
HEADER = ",".join(SCHEMA.columns)
GOOD = "210100012,01,Évry,48.1,57,2026-11-23,a|b,actif"


def formatted(text: str | bytes, schema: Schema = SCHEMA) -> Tidied:
    return tidy(text.encode() if isinstance(text, str) else text, "t.csv", schema)
