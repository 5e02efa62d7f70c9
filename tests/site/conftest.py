"""The page is tested on the small register of the tests of publication."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))
