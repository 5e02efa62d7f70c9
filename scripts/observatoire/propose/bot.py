"""The manners of the bot: one open request per topic, written only when something changes.

Each step reads where things are and makes the next move; a run that stops anywhere leaves a state
from which the next run goes on. Nothing is remembered outside the forge (docs on forges, 1.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from observatoire.git import MergeConflict, Repo, StaleRef
from observatoire.propose import choices, marker, notes
from observatoire.propose.forges import Forge, MergeRequest, Raced, Wish
from observatoire.propose.proposal import Proposal, branch_of

HARVESTS = "data/moissons/"
"""What sources say: it moves all the time, and alone is no reason to write."""

Action = Literal[
    "rien",
    "inchangee",
    "ouverte",
    "actualisee",
    "fermee",
    "refusee",
    "gelee",
    "en-pause",
    "attente",
    "fusionnee",
    "arret",
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the bot did for a topic; ``wrote`` when anything changed on the forge."""

    action: Action
    sentence: str
    request: MergeRequest | None = None
    wrote: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What was read about a topic before anything is written."""

    topic: str
    requests: Sequence[MergeRequest]
    tip: str

    @property
    def branch(self) -> str:
        """The branch of the topic."""
        return branch_of(self.topic)

    @property
    def ref(self) -> str:
        """The full name of the branch."""
        return f"refs/heads/{self.branch}"

    @property
    def opened(self) -> list[MergeRequest]:
        """The open requests: one at most, or something is wrong."""
        return [r for r in self.requests if r.state == "ouverte"]


@dataclass(frozen=True)
class Bot:
    """A bot at work from ``repo`` on a forge; ``base`` is the commit of main that it builds on.

    ``needless`` is what it says under a request that is no longer wished.
    """

    repo: Repo
    forge: Forge
    base: str
    date: str
    needless: str = notes.NEEDLESS

    def settle(self, topic: str, wish: Proposal | None) -> Outcome:
        """Bring the topic's branch and request to what is wished; None: nothing to propose."""
        try:
            return self._settle(self._look(topic), wish)
        except (Raced, StaleRef):
            said = (
                "quelqu'un agit en même temps sur cette demande ; la prochaine fois fera la suite."
            )
            return Outcome("arret", said)

    def _look(self, topic: str) -> Scene:
        requests = self.forge.requests(branch_of(topic))
        tip = self.repo.remote_ref(self.forge.remote, f"refs/heads/{branch_of(topic)}") or ""
        scene = Scene(topic, requests, tip)
        if tip and self.repo.resolve(tip) is None:
            self.repo.fetch(self.forge.remote, scene.ref)
            if self.repo.resolve(tip) is None:
                raise StaleRef(scene.ref)
        return scene

    def _settle(self, scene: Scene, wish: Proposal | None) -> Outcome:
        stop = self._stopped(scene)
        if stop is not None:
            return stop
        request = scene.opened[0] if scene.opened else None
        refusal = refusal_of(scene.requests, wish)
        edited = self._edited(scene)
        if edited and not (request and notes.RESUME in request.labels):
            return self._freeze(scene, request, None if refusal else wish)
        if edited and request:
            self._put_aside(scene, request)
        if wish is None or refusal:
            outcome = self._withdraw(scene, request, refusal)
        else:
            outcome = self._publish(scene, request, wish, again=edited)
        if request and notes.RESUME in request.labels:
            self.forge.unlabel(request.number, notes.RESUME)
        return outcome

    def _stopped(self, scene: Scene) -> Outcome | None:
        """Why the bot must not touch this topic, if it must not."""
        if len(scene.opened) > 1:
            numbers = ", ".join(str(r.number) for r in scene.opened)
            said = f"plusieurs demandes ouvertes pour « {scene.branch} » ({numbers}) : fermez-en."
            return Outcome("arret", said, scene.opened[0])
        for request in scene.opened:
            if notes.PAUSE in request.labels:
                said = f"la demande {request.number} est en pause (étiquette {notes.PAUSE})."
                return Outcome("en-pause", said, request)
            if request.target != self.forge.target:
                said = (
                    f"la demande {request.number} vise « {request.target} » : laissée telle quelle."
                )
                return Outcome("arret", said, request)
        return None

    def _edited(self, scene: Scene) -> bool:
        """Whether the branch holds work of a person that no finished request keeps."""
        if not scene.tip or any(
            r.head == scene.tip and r.state != "ouverte" for r in scene.requests
        ):
            return False
        people = self.repo.people(f"{self.base}..{scene.tip}")
        return bool(people - {self.forge.whoami().email})

    def _freeze(self, scene: Scene, request: MergeRequest | None, wish: Proposal | None) -> Outcome:
        """Leave a person's work alone; say once what the bot would propose."""
        created = request is None and wish is not None
        if request is None:
            if wish is None:
                said = (
                    f"la branche « {scene.branch} » porte le travail d'une personne, sans demande."
                )
                return Outcome("gelee", said)
            request = self.forge.create(scene.branch, self._said(wish, ""))
        said = notes.frozen(wish, self.forge.limit)
        wrote = notes.say(self.forge, request, scene.topic, notes.FROZEN, said)
        sentence = f"la demande {request.number} a été modifiée par une personne : branche gelée."
        return Outcome("gelee", sentence, request, wrote or created)

    def _put_aside(self, scene: Scene, request: MergeRequest) -> None:
        """Keep a person's work under another name before the branch is built again."""
        kept = f"{scene.branch}-garde-{scene.tip[:8]}"
        ref = f"refs/heads/{kept}"
        if self.repo.remote_ref(self.forge.remote, ref) is None:
            self.repo.push(self.forge.remote, scene.tip, ref, "")
        notes.give_back(self.forge, request, scene.topic, kept)

    def _withdraw(
        self, scene: Scene, request: MergeRequest | None, refusal: MergeRequest | None
    ) -> Outcome:
        """Nothing to propose: close what is open with a word, delete the bot's own branch."""
        if request is not None:
            said = (
                notes.refused(self.forge.mark + str(refusal.number)) if refusal else self.needless
            )
            notes.say(self.forge, request, scene.topic, "fermeture", said)
            self.forge.close(request.number, _stale(request.body, scene.topic), self.date)
        if scene.tip:
            self.repo.push(self.forge.remote, "", scene.ref, scene.tip)
        if refusal is not None:
            said = f"déjà refusé dans la demande {refusal.number} : rien n'est proposé."
            return Outcome("refusee", said, refusal, request is not None)
        if request is None:
            return Outcome("rien", "rien à proposer.", wrote=bool(scene.tip))
        said = f"la demande {request.number} n'est plus nécessaire : fermée."
        return Outcome("fermee", said, request, wrote=True)

    def _publish(
        self, scene: Scene, request: MergeRequest | None, wish: Proposal, *, again: bool
    ) -> Outcome:
        """Push if the register's changes differ, then open the request or rewrite it.

        ``again``: the branch must be built again whatever it holds.
        """
        known = marker.read(request.body) if request else None
        fresh = known == _marker(wish)
        pushed = self._push(scene, wish, None if again else fresh)
        if request is None:
            made = self.forge.create(scene.branch, self._said(wish, ""))
            return Outcome("ouverte", f"demande {made.number} ouverte : {wish.title}", made, True)
        if not fresh:
            self.forge.update(request.number, self._said(wish, request.body))
        if fresh and not pushed:
            said = f"la demande {request.number} dit déjà tout : {wish.title}"
            return Outcome("inchangee", said, request)
        said = f"demande {request.number} mise à jour : {wish.title}"
        return Outcome("actualisee", said, request, True)

    def _push(self, scene: Scene, wish: Proposal, fresh: bool | None) -> bool:
        """Move the branch to the wished content, unless it is there; whether it moved.

        ``fresh``: the request says what is wished already; None: build the branch again.
        """
        tree = self.repo.write_tree(self.base, wish.changes)
        if scene.tip and fresh is not None:
            start = self.repo.merge_base(self.base, scene.tip) or self.base
            theirs = self.repo.changed(start, scene.tip)
            ours = self.repo.changed(self.base, tree)
            same = theirs == ours or (fresh and _register(theirs) == _register(ours))
            if same and (start == self.base or self._merges(scene.tip)):
                return False
        who = self.forge.whoami()
        commit = self.repo.commit(tree, [self.base], wish.message, who, self.date)
        self.repo.push(self.forge.remote, commit, scene.ref, scene.tip)
        return True

    def _merges(self, tip: str) -> bool:
        """Whether a branch still merges into main: two sources write next to each other."""
        try:
            self.repo.merged_tree(self.base, tip)
        except MergeConflict:
            return False
        return True

    def _said(self, wish: Proposal, before: str) -> Wish:
        body = f"{wish.body.rstrip()}\n\n{_marker(wish).line()}\n"
        return Wish(wish.title, choices.keep(before, body), wish.labels, wish.draft)


def _marker(wish: Proposal) -> marker.Marker:
    said = (wish.title, wish.stable, *wish.labels, str(wish.draft))
    return marker.Marker(wish.topic, wish.key, marker.digest(said))


def declined(requests: Sequence[MergeRequest]) -> list[MergeRequest]:
    """The requests that a person closed without merging, oldest first."""
    closed = [(r, marker.read(r.body)) for r in requests if r.state == "fermee"]
    return [r for r, known in closed if known and known.key != marker.STALE]


def continued(requests: Sequence[MergeRequest]) -> MergeRequest | None:
    """The last ended request, when it was merged and held something back for the next one."""
    refused = {r.number for r in declined(requests)}
    ended = [r for r in requests if r.state == "fusionnee" or r.number in refused]
    last = ended[-1] if ended else None
    more = last and last.state == "fusionnee" and marker.MORE in last.body.splitlines()
    return last if more else None


def refusal_of(requests: Sequence[MergeRequest], wish: Proposal | None) -> MergeRequest | None:
    """The request in which a person refused exactly this, if any."""
    keys = {k.key: r for r in declined(requests) if (k := marker.read(r.body))}
    return keys.get(wish.key) if wish else None


def _stale(body: str, topic: str) -> str:
    """The body of a request that the bot closes itself: it refuses nothing."""
    text = marker.MARKER.sub("", body).rstrip()
    return f"{text}\n\n{marker.Marker(topic, marker.STALE, marker.digest(())).line()}\n"


def _register(changed: dict[str, str | None]) -> dict[str, str | None]:
    return {path: blob for path, blob in changed.items() if not path.startswith(HARVESTS)}
