"""The person who answers for every record of a simulated catalogue: no harvest may keep them."""

from __future__ import annotations

PERSON = "Camille Exemple"
MAILBOX = "camille.exemple@exemple.fr"
PHONE = "01 99 00 12 34"
"""Of a range that no operator gives (Arcep, fictional works)."""
