"""`python -m observatoire` is the command `observatoire`."""

import sys

from observatoire.cli import main

sys.exit(main())
