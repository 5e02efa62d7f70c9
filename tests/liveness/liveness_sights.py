"""What a look sees, on which day and under which rules, for the tests of liveness."""

from __future__ import annotations

from datetime import date

from observatoire.liveness import ALIVE, REFUSES, SILENT, Rules, Sight

DAY = date(2026, 11, 23)
RULES = Rules(failures=3, days=14)
OK, MUTE, NO = Sight(ALIVE), Sight(SILENT, "en panne"), Sight(REFUSES, "refusé")
