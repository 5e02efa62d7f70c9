"""What a person must decide, as boxes to tick: who is who, and cells moved on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from observatoire.plan import Conflict, Doubt, Plan, Possible
from observatoire.propose.choices import Choice, boxes, identify, mark
from observatoire.propose.markdown import link, text
from observatoire.propose.sections import Section
from observatoire.propose.shown import Shown
from observatoire.propose.words import BODIES

THEN = "Le robot applique votre réponse à son prochain passage, et la retient."
BOTH = (
    "Une personne a changé ces cellules, la source aussi ; le registre garde celle de la personne."
    f" Cochez pour prendre celle de la source, barrez le texte (`~~`) pour n'y rien changer. {THEN}"
)
STRANGE = (
    "Rien ne dit qui ils sont. Si vous le savez, ouvrez un ticket « Signaler une organisation »"
    " avec l'adresse du compte et le SIREN ; sinon, ne faites rien : ils ne seront plus montrés."
)
WHICH = (
    "Ces comptes peuvent être l'un ou l'autre de ces organismes ; rien n'est écrit pour eux. Cochez"
    f" le bon, ou « aucun » ; ne cochez rien pour laisser la question ouverte. {THEN}"
)
STILL = "Elles sont restées sans réponse ; il est encore temps de cocher ou de barrer."
NONE = "aucun de ces organismes"
BOTH_TICKED = "**plusieurs cases cochées : rien n'est décidé, n'en gardez qu'une**"
UNSURE = (
    "Ces comptes ressemblent à un organisme sans que ce soit sûr (le score dit la confiance, de 0"
    " à 1) ; rien n'est écrit pour eux."
    f" Cochez si c'est bien lui, barrez le texte (`~~`) si c'est un autre. {THEN}"
)


@dataclass(frozen=True)
class Questions:
    """The writer of the questions; each section has at most ``most`` of them.

    ``both`` are the marks of boxes that stay ticked, and together say nothing.
    """

    shown: Shown
    most: int
    both: Set[str] = frozenset()

    def sections(
        self, plan: Plan, asked: Sequence[Doubt | Conflict], choices: Sequence[Choice]
    ) -> Iterator[Section]:
        """New conflicts, new doubts, questions of earlier requests, answers; if there are any."""
        yield from self._section("À décider : modifié des deux côtés", BOTH, plan.conflicts)
        known = [d for d in plan.doubts if d.siren]
        yield from self._section("À décider : qui est-ce ?", UNSURE, known)
        several = [d for d in plan.doubts if d.possibles]
        yield from self._section("À décider : lequel est-ce ?", WHICH, several)
        unknown = [d for d in plan.doubts if not d.sirens]
        yield from self._section("Comptes sans réponse à cocher", STRANGE, unknown)
        before = [q for q in asked if isinstance(q, Conflict) or q.sirens]
        yield from self._section("Questions déjà posées", STILL, before, folded=True)
        if choices:
            lines = tuple(self._answer(c) for c in choices[: self.most])
            yield Section("Décidé par vous", "", (), lines, len(choices), asks=True)

    def _section(
        self,
        title: str,
        intro: str,
        asked: Sequence[Doubt | Conflict],
        *,
        folded: bool = False,
    ) -> Iterator[Section]:
        if asked:
            lines = tuple(self._asked(q) for q in asked[: self.most])
            yield Section(title, intro, (), lines, len(asked), folded, asks=not folded)

    def _asked(self, question: Doubt | Conflict) -> str:
        """A box, or one for each body, or none when there is nobody to say yes to."""
        if isinstance(question, Doubt) and question.possibles:
            return self._which(question)
        if isinstance(question, Doubt) and not question.siren:
            return f"- {self._asking(question)} {mark(question)}"
        return f"- [ ] {self._line(question)}{self._evidence(question)} {mark(question)}"

    def _which(self, doubt: Doubt) -> str:
        """« Mairie de X » : why; then a box for each body of that name, and one for none."""
        *bodies, none = boxes(doubt)
        ticks = [" x"[identify(box) in self.both] for box in (*bodies, none)]
        said = [*map(self._possible, doubt.possibles), NONE]
        warning = f" ; {BOTH_TICKED}" if "x" in ticks else ""
        lines = [f"- {self._asking(doubt)}{warning}"]
        lines += [
            f"  - [{tick}] {line} {mark(box)}"
            for tick, line, box in zip(ticks, said, (*bodies, none), strict=True)
        ]
        return "\n".join(lines)

    def _possible(self, body: Possible) -> str:
        """X, commune, Aisne (02), 213500010 : why."""
        kind = BODIES.get(body.type, ("",))[0]
        place = self.shown.territory(body.departement) if body.departement else ""
        who = (self.shown.body(body.siren, body.nom), kind, place, self.shown.siren(body.siren))
        return f"{', '.join(filter(None, who))} : {text(body.why, 160)}"

    def _answer(self, choice: Choice) -> str:
        line, end = self._line(choice.question), mark(choice.question)
        none = isinstance(choice.question, Doubt) and not choice.question.siren
        return f"- [x] {line} {end}" if choice.accepted or none else f"- [ ] ~~{line}~~ {end}"

    def _line(self, question: Doubt | Conflict) -> str:
        if isinstance(question, Doubt):
            return self._identity(question)
        # Before a first harvest, nothing is known of what the source said.
        base = f" (avant : {self.shown.value(question.base)})" if question.base else ""
        return (
            f"{self.shown.line(question.table, question.key)}"
            f" ({self.shown.siren(question.key[0])}), {self.shown.field(question.field)} :"
            f" le registre dit {self.shown.value(question.ours)}, la source dit"
            f" {self.shown.value(question.theirs)}{base}"
        )

    def _identity(self, doubt: Doubt) -> str:
        """« Mairie de X », portal = X, 35 (213500010)."""
        if not doubt.siren:
            return f"{self._account(doubt)} = {NONE}"
        body = self.shown.body(doubt.siren, doubt.candidat) + self.shown.place(doubt.siren)
        return f"{self._account(doubt)} = {body} ({self.shown.siren(doubt.siren)})"

    def _evidence(self, question: Doubt | Conflict) -> str:
        """Of a doubt, « , score 0,91, 3 jeux : why »."""
        if isinstance(question, Conflict):
            return ""
        score = f"{question.score:.2f}".replace(".", ",")
        return f", score {score}{_size(question)} : {text(question.why, 160)}"

    def _asking(self, doubt: Doubt) -> str:
        """« Mairie de X », portal, 3 jeux : why."""
        return f"{self._account(doubt)}{_size(doubt)} : {text(doubt.why, 160)}"

    def _account(self, doubt: Doubt) -> str:
        """« Mairie de X », portal; linked to its page."""
        home = self.shown.names.plateformes.get(doubt.plateforme, ("", ""))[1]
        name = link(text(doubt.nom or doubt.identifiant), doubt.url, home)
        return f"« {name} »{self.shown.among(doubt.plateforme)}"


def _size(doubt: Doubt) -> str:
    return f", {doubt.nb_jeux} jeux" if doubt.nb_jeux > 1 else ""
