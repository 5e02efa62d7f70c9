"""The types of bodies that the official reference lists, in words."""

from __future__ import annotations

EPCI = frozenset(("MET", "CU", "CA", "CC", "EPT"))
KINDS = {
    "REG": "une région",
    "DEP": "un département",
    "MET": "une métropole",
    "CU": "une communauté urbaine",
    "CA": "une communauté d'agglomération",
    "CC": "une communauté de communes",
    "EPT": "un établissement public territorial",
    "COM": "une commune",
}
"""The types that the reference knows, in words; other bodies are in no list."""
KINDS_EN = {
    "REG": "a region",
    "DEP": "a département",
    "MET": "a metropolis",
    "CU": "an urban community",
    "CA": "an agglomeration community",
    "CC": "a community of communes",
    "EPT": "a territorial public body",
    "COM": "a commune",
}
