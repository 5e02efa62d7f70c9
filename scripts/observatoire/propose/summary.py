"""The first lines of a request: its title, its sentences; and the commit's message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from observatoire.french import counted, day, joined, number
from observatoire.plan import Addition, Plan
from observatoire.propose.kinds import Kinds, changes, facts, held, joining, questions, sort
from observatoire.propose.markdown import flat, text
from observatoire.propose.proposal import Evidence, Names
from observatoire.propose.shown import Shown
from observatoire.propose.words import amounts, ranked, whole

TERRITORIES = 5
TITLE_KINDS = 3
"""Kinds of changes that a title names; what people decide on comes first."""
TITLE_WIDTH = 240
"""GitLab refuses a title past 255 characters."""


def title(plan: Plan, evidence: Evidence, answers: int, continues: str) -> str:
    """« data.gouv.fr : 12 entrées, 3 liens corrigés, 48 autres changements ; 5 questions »."""
    source = f"{evidence.title} (suite)" if continues else evidence.title
    found, asked, late = changes(plan), questions(plan), held(plan)
    if len(found) > TITLE_KINDS + 1:
        rest = sum(n for n, _, _ in found[TITLE_KINDS:])
        found[TITLE_KINDS:] = [(rest, "autre changement", "autres changements")]
    of = f" sur {number(asked + late)}" if late else ""
    said = [", ".join(counted(*amount) for amount in found)] if found else []
    said += [f"{counted(asked, 'question')}{of}"] if asked else []
    return flat(f"{source} : {' ; '.join(said or facts(plan, answers))}", TITLE_WIDTH)


def message(plan: Plan, evidence: Evidence, answers: int) -> str:
    """The commit's message: the amounts, then where they come from as a trailer."""
    added, edited = len(plan.additions), len(plan.edits)
    subject = [counted(added, "ajout")] if added else []
    subject += [counted(edited, "correction")] if edited else []
    said = facts(plan, answers)
    lines = [f"- {counted(*amount)}" for amount in changes(plan)]
    if answers:
        lines.append(f"- {counted(answers, 'réponse notée', 'réponses notées')}")
    if lines and (asked := questions(plan)):
        lines.append(f"- {counted(asked, 'question posée', 'questions posées')} dans la demande")
    lines += [""] if lines else []
    done = f"{evidence.act} du {evidence.date}"
    origin = f"{flat(evidence.title)}, {done}, empreinte {evidence.digest[:16]}"
    head = f"{evidence.act}({plan.source}) : {', '.join(subject or said)}"
    return "\n".join([head, "", *lines, f"Source: {origin}", ""])


def sentences(plan: Plan, names: Names, answers: int) -> list[str]:
    """What the plan does, as a person would say it; one list item each."""
    said = [f"- {line}" for line in _sentences(plan, sort(plan), names)]
    if answers:
        said.append(
            f"- {counted(answers, 'réponse de votre part notée', 'réponses de votre part notées')}."
        )
    return said


def _sentences(plan: Plan, kinds: Kinds, names: Names) -> Iterator[str]:
    if kinds.entries:
        yield _entries(kinds.entries, names)
    if accounts := joining(kinds):
        bodies = len({a.key[0] for a in accounts})
        yield (
            f"**{counted(len(accounts), 'compte nouveau', 'comptes nouveaux')}** pour"
            f" {counted(bodies, 'organisme déjà connu', 'organismes déjà connus')}"
            f"{_where(accounts, names)}."
        )
    if kinds.portals:
        yield f"**{counted(len(kinds.portals), 'portail nouveau', 'portails nouveaux')}**."
    if kinds.heirs:
        moved = counted(len(kinds.heirs), "page passe", "pages passent")
        yield f"**{moved}** d'un organisme à celui qui le remplace."
    if kinds.statuses:
        yield _statuses(kinds)
    if kinds.dead:
        yield f"**{counted(len(kinds.dead), 'lien mort', 'liens morts')}** à corriger."
    corrections = (
        (len(kinds.links), "lien corrigé", "liens corrigés"),
        (len(kinds.ids), "compte reconnu", "comptes reconnus"),
        (len(kinds.cells), "autre correction", "autres corrections"),
        (len(kinds.others), "ligne ajoutée à une autre table", "lignes ajoutées à d'autres tables"),
        (len(kinds.counts), "compte mis à jour", "comptes mis à jour"),
    )
    said = joined([f"**{counted(n, one, many)}**" for n, one, many in corrections if n])
    if said:
        yield f"{said}{_datasets(kinds)}."
    yield from _missing(plan)
    if plan.waiting:
        late = counted(len(plan.waiting), "compte attend", "comptes attendent")
        yield f"**{late}** : cette demande est pleine, la suite viendra quand elle sera fusionnée."
    yield from _asked(plan)


def _statuses(kinds: Kinds) -> str:
    label = counted(len(kinds.statuses), "changement de statut", "changements de statut")
    changed = ranked(e.after for e in kinds.statuses)[:6]
    ends = [f"vers « {text(value, 30)} »" for value, _ in changed]
    if not changed[1:]:
        return f"**{label}** {ends[0]}."
    said = joined([f"{number(n)} {end}" for (_, n), end in zip(changed, ends, strict=True)])
    return f"**{label}** : {said}."


def _missing(plan: Plan) -> Iterator[str]:
    if plan.absents:
        label = counted(len(plan.absents), "compte absent", "comptes absents")
        yield f"**{label}** : le registre ne change pas, la moisson en garde la date."
    if plan.revenus:
        label = counted(len(plan.revenus), "compte revenu", "comptes revenus")
        whose = "leur" if plan.revenus[1:] else "son"
        yield f"**{label}** : {whose} absence est oubliée."


def _asked(plan: Plan) -> Iterator[str]:
    """What waits for a person's word."""
    asked, later = questions(plan), held(plan)
    if asked:
        more = counted(later, "autre attend", "autres attendent")
        rest = f" ; {more} vos réponses ou la fusion" if later else ""
        yield f"**{counted(asked, 'question')}** pour vous, ci-dessous{rest}."
    elif later:
        yield f"{counted(later, 'question attend', 'questions attendent')} la fusion."
    if unknown := sum(not d.sirens for d in plan.doubts):
        yield f"**{counted(unknown, 'compte inconnu', 'comptes inconnus')}**, sans rien à cocher."


def _entries(entries: Sequence[Addition], names: Names) -> str:
    label = counted(len(entries), "organisme entre", "organismes entrent")
    kinds = amounts(a.row.get("type", "") for a in entries)
    return f"**{label} au registre** : {kinds}{_where(entries, names)}."


def _where(additions: Sequence[Addition], names: Names) -> str:
    """The départements that come most often, when there is more than one line to place."""
    shown = Shown(names)
    codes = [c for a in additions if (c := _departement(a, names))]
    if len(additions) == 1 or not codes:
        return f" — {shown.territory(codes[0])}" if codes else ""
    found = ranked(codes)
    said = ", ".join(f"{shown.territory(code)} {number(n)}" for code, n in found[:TERRITORIES])
    rest = len(found) - TERRITORIES
    more = f", et {counted(rest, 'autre département', 'autres départements')}" if rest > 0 else ""
    return f" — {said}{more}"


def _departement(addition: Addition, names: Names) -> str:
    known = names.organisations.get(addition.key[0], ("", ""))[1]
    return addition.row.get("departement", "") or known


def _datasets(kinds: Kinds) -> str:
    """How many datasets more or less the updated counts make."""
    moved = [e for line in kinds.counts for e in line if e.field == "nb_jeux"]
    before, after = (sum(whole(getattr(e, end)) for e in moved) for end in ("before", "after"))
    if before == after:
        return ""
    sign = "+" if after > before else "−"
    said = counted(abs(after - before), "jeu de données", "jeux de données")
    return f" ({sign} {said} au total)"


def origin(evidence: Evidence) -> str:
    """Where the figures come from, on one line."""
    rows = counted(evidence.rows, *evidence.read)
    return (
        f"Source : {text(evidence.title)}, {evidence.act} du {day(evidence.date)}, {rows},"
        f" empreinte `{evidence.digest[:16]}`."
    )
