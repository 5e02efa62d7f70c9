"""`python -m observatoire` is the command `observatoire`."""

import sys

from observatoire.cli import script

sys.exit(script())
