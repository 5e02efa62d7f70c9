"""What the bot says under a request: once, then by rewriting its own note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from observatoire.propose import choices, marker
from observatoire.propose.body import REFUSING
from observatoire.propose.forges import Forge, MergeRequest, Note
from observatoire.propose.markdown import details
from observatoire.propose.proposal import Proposal

PAUSE = "bot::pause"
RESUME = "bot::reprendre"

FROZEN = "gel"
"""The kind of the note that says that a branch is left to a person."""

NEEDLESS = (
    "Cette demande n'est plus nécessaire : le registre dit déjà tout cela, ou la source ne le dit"
    " plus. Je la ferme."
)


class Noted(Protocol):
    """Where the bot writes notes: under requests, under issues."""

    def notes(self, number: int) -> Sequence[Note]:
        """The notes that the bot wrote under a number, oldest first."""
        ...

    def write_note(self, number: int, body: str, replacing: Note | None) -> None:
        """Write a note, or rewrite one."""
        ...


def say(forge: Forge, request: MergeRequest, topic: str, kind: str, said: str) -> bool:
    """Make the bot's note of this kind say this; whether anything had to be written."""
    return keep(forge, request.number, marker.note_line(topic, kind), said)


def give_back(forge: Forge, request: MergeRequest, topic: str, kept: str) -> None:
    """Say where a person's work is kept, in place of the note that said the branch frozen."""
    line = marker.note_line(topic, f"reprise-{kept.rpartition('-')[2]}")
    keep(forge, request.number, line, resumed(kept), marker.note_line(topic, FROZEN))


def keep(place: Noted, number: int, line: str, said: str, over: str = "") -> bool:
    """Make the bot's note with this hidden line, or else the line ``over``, say this.

    Whether anything was written.
    """
    body = f"{said.rstrip()}\n\n{line}\n"
    notes = place.notes(number)
    mine = [n for at in (line, over or line) for n in notes if at in n.body.splitlines()]
    if mine and mine[0].body.strip() == body.strip():
        return False
    place.write_note(number, body, mine[0] if mine else None)
    return True


def frozen(wish: Proposal | None, limit: int) -> str:
    """The note of a branch that a person modified: what the bot would propose now."""
    head = (
        "Quelqu'un a modifié cette branche : je n'y touche plus, pour ne rien perdre."
        f" Pour me la rendre, ajoutez l'étiquette `{RESUME}` (le travail sera gardé à part)."
    )
    if wish is None:
        return f"{head}\n\nJe n'ai plus rien à proposer."
    now = f"{head}\n\nCe que je proposerais maintenant : {wish.title}"
    said = choices.unticked(wish.stable).replace(REFUSING, "").rstrip()
    whole = "\n".join([now, "", *details("Le détail", [said])])
    return whole if len(whole.encode()) <= limit else now


def refused(reference: str) -> str:
    """The note of a request that proposes again what a person refused in another."""
    return (
        f"La source redit exactement ce qui a été refusé dans la demande {reference} :"
        " je ne le repropose pas, et je ferme cette demande."
    )


def resumed(branch: str) -> str:
    """The note of a branch that was given back to the bot."""
    return f"Je reprends cette branche. Le travail qui s'y trouvait est gardé dans `{branch}`."
