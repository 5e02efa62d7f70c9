"""The faults that the command line can order, by their French name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from observatoire.demo import faces, line_faults, list_faults
from observatoire.demo.faces import Fault

METADATA = "http://169.254.169.254/latest/meta-data/"
"""Where the machines of cloud providers find their credentials."""

FAULTS: Mapping[str, Callable[[], Fault]] = {
    "accents": line_faults.garbled,
    "bombe": line_faults.bomb,
    "boucle": line_faults.loop,
    "compte-gouttes": line_faults.drip,
    "coupe": faces.cut,
    "enorme": line_faults.huge,
    "html": faces.html,
    "lent": lambda: faces.slow(90.0),
    "limite": lambda: faces.busy("1"),
    "mouvant": list_faults.growing,
    "muet": faces.down,
    "panne": lambda: faces.status(500),
    "redirection": lambda: faces.redirect(METADATA),
    "repete": list_faults.repeated,
    "sans-delai": faces.busy,
    "sans-fin": faces.endless,
    "tronque": faces.truncated,
    "type": lambda: faces.mistyped("text/plain"),
    "vide": list_faults.emptied,
}
