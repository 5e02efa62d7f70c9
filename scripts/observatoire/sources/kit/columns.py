"""The columns of a harvest that a portal's own catalogue can fill."""

from __future__ import annotations

USUAL = (
    "nom",
    "nb_jeux",
    "nb_licence_ouverte",
    "nb_format_ouvert",
    "nb_schema",
    "nb_recents",
    "derniere_mise_a_jour",
    "url",
    "statut",
)
