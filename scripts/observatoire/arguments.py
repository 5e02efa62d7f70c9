"""Kinds of argument that several commands take, with what to write when they are wrong."""

from __future__ import annotations

import argparse
from datetime import date


def day(text: str) -> date:
    """A date written AAAA-MM-JJ; raises ArgumentTypeError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"« {text} » n'est pas une date : écrivez AAAA-MM-JJ"
        raise argparse.ArgumentTypeError(message) from None
