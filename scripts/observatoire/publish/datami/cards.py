"""The cards that Datami shows: a small one in the list, a whole one when it is opened."""

from __future__ import annotations

from typing import Any


def settings() -> dict[str, dict[str, dict[str, Any]]]:
    """Both cards; Datami needs the two as soon as cards or map are on."""
    return {
        "mini": {
            "nom": {"position": "title"},
            "type": {"position": "tags_top"},
            "merge": {"position": "tags_middle"},
            "dep_label": {"position": "resume"},
            "tags": {"position": "tags"},
        },
        "detail": {
            "nom": {"position": "title"},
            "type": {"position": "tags_top"},
            "adress": {"position": "adress"},
            "orga": {"position": "tags_middle", "block_title": "Plateformes"},
            "nb_ptf": {"position": "infos", "prefix": "Jeux sur des portails locaux :"},
            "nb_datagouv": {"position": "infos", "prefix": "Jeux sur data.gouv.fr :"},
            "url_ptf": {"position": "links"},
            "url_datagouv": {"position": "links"},
            "tags": {"position": "tags", "block_title": "Thématiques"},
            "siren": {"position": "infos", "prefix": "SIREN :"},
        },
    }
