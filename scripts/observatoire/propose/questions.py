"""What a person must decide, as boxes to tick: who is who, and cells moved on both sides."""

from __future__ import annotations

from observatoire.model import Conflict, Doubt, Plan
from observatoire.propose.markdown import link, text
from observatoire.propose.proposal import Names
from observatoire.propose.sections import Section
from observatoire.propose.shown import Shown


def questions(plan: Plan, names: Names, most: int) -> list[Section]:
    """Conflicts then doubts, each section with at most ``most`` lines; only those with lines."""
    shown = Shown(names)
    conflicts = Section(
        "À décider : modifié des deux côtés",
        "Une personne a changé ces cellules, et la source aussi. Le registre garde la valeur de la"
        " personne. Si la source a raison, modifiez la cellule dans cette branche.",
        (),
        tuple(_conflict(c, shown) for c in plan.conflicts[:most]),
        len(plan.conflicts),
    )
    doubts = Section(
        "À décider : qui est-ce ?",
        "Ces comptes ressemblent à un organisme sans que ce soit sûr ; rien n'est écrit pour eux.",
        (),
        tuple(_doubt(d, shown) for d in plan.doubts[:most]),
        len(plan.doubts),
    )
    return [s for s in (conflicts, doubts) if s.total]


def _conflict(conflict: Conflict, shown: Shown) -> str:
    return (
        f"- [ ] {shown.line(conflict.table, conflict.key)} ({shown.siren(conflict.key[0])}),"
        f" {shown.field(conflict.field)} : le registre dit {shown.value(conflict.ours)}, la source"
        f" dit {shown.value(conflict.theirs)} (avant : {shown.value(conflict.base)})"
    )


def _doubt(doubt: Doubt, shown: Shown) -> str:
    """« - [ ] « Mairie de X » = X (213500010), score 0,91 : why »."""
    home = shown.names.plateformes.get(doubt.plateforme, ("", ""))[1]
    name = link(text(doubt.nom or doubt.identifiant), doubt.url, home)
    datasets = f", {doubt.nb_jeux} jeux" if doubt.nb_jeux > 1 else ""
    score = f"{doubt.score:.2f}".replace(".", ",")
    if not doubt.siren:
        return f"- [ ] « {name} »{datasets} : {text(doubt.why, 160)}"
    who = f"{shown.body(doubt.siren, doubt.candidat)} ({shown.siren(doubt.siren)})"
    return f"- [ ] « {name} » = {who}, score {score}{datasets} : {text(doubt.why, 160)}"
