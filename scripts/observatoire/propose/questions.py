"""What a person must decide, as boxes to tick: who is who, and cells moved on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from observatoire.plan import Conflict, Doubt, Plan
from observatoire.propose.choices import Choice, mark
from observatoire.propose.markdown import link, text
from observatoire.propose.sections import Section
from observatoire.propose.shown import Shown

HOW = (
    "Cochez pour dire oui, barrez le texte (`~~`) pour dire non : le robot applique votre réponse à"
    " son prochain passage, et la retient."
)
BOTH = (
    "Une personne a changé ces cellules, la source aussi ; le registre garde celle de la personne."
)
STRANGE = (
    "Rien ne dit qui ils sont, ou plusieurs organismes portent ce nom. Si vous le savez, ouvrez un"
    " ticket « Signaler une organisation » avec l'adresse du compte et le SIREN ; sinon, ne faites"
    " rien : ils ne seront plus montrés."
)
UNSURE = "Ces comptes ressemblent à un organisme sans que ce soit sûr ; rien n'est écrit pour eux."


@dataclass(frozen=True)
class Questions:
    """The writer of the questions; each section has at most ``most`` lines."""

    shown: Shown
    most: int

    def sections(
        self, plan: Plan, asked: Sequence[Doubt | Conflict], choices: Sequence[Choice]
    ) -> Iterator[Section]:
        """New conflicts, new doubts, questions of earlier requests, answers; if there are any."""
        both, unsure = f"{BOTH} {HOW}", f"{UNSURE} {HOW}"
        yield from self._section("À décider : modifié des deux côtés", both, plan.conflicts)
        known = [d for d in plan.doubts if d.siren]
        yield from self._section("À décider : qui est-ce ?", unsure, known)
        unknown = [d for d in plan.doubts if not d.siren]
        yield from self._section("Comptes sans réponse à cocher", STRANGE, unknown)
        before = [q for q in asked if isinstance(q, Conflict) or q.siren]
        yield from self._section("Questions déjà posées", "", before, folded=True)
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
        """A box, unless there is nobody to say yes to."""
        if isinstance(question, Doubt) and not question.siren:
            return f"- {self._line(question)} {mark(question)}"
        return f"- [ ] {self._line(question)} {mark(question)}"

    def _answer(self, choice: Choice) -> str:
        line, end = self._line(choice.question), mark(choice.question)
        return f"- [x] {line} {end}" if choice.accepted else f"- [ ] ~~{line}~~ {end}"

    def _line(self, question: Doubt | Conflict) -> str:
        if isinstance(question, Doubt):
            return self._doubt(question)
        # Before a first harvest, nothing is known of what the source said.
        base = f" (avant : {self.shown.value(question.base)})" if question.base else ""
        return (
            f"{self.shown.line(question.table, question.key)}"
            f" ({self.shown.siren(question.key[0])}), {self.shown.field(question.field)} :"
            f" le registre dit {self.shown.value(question.ours)}, la source dit"
            f" {self.shown.value(question.theirs)}{base}"
        )

    def _doubt(self, doubt: Doubt) -> str:
        """« Mairie de X », portal = X, 35 (213500010), score 0,91 : why."""
        home = self.shown.names.plateformes.get(doubt.plateforme, ("", ""))[1]
        name = link(text(doubt.nom or doubt.identifiant), doubt.url, home)
        account = f"« {name} »{self.shown.among(doubt.plateforme)}"
        datasets = f", {doubt.nb_jeux} jeux" if doubt.nb_jeux > 1 else ""
        if not doubt.siren:
            return f"{account}{datasets} : {text(doubt.why, 160)}"
        body = self.shown.body(doubt.siren, doubt.candidat) + self.shown.place(doubt.siren)
        who = f"{body} ({self.shown.siren(doubt.siren)})"
        score = f"{doubt.score:.2f}".replace(".", ",")
        return f"{account} = {who}, score {score}{datasets} : {text(doubt.why, 160)}"
