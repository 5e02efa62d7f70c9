"""What remains to be done between what is wanted and what is there; nothing is ever deleted.

What people made or chose is left: a label of another colour, a schedule at another hour, a guard
that is stricter.
"""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.setup.model import (
    ROLES,
    TITLES,
    Found,
    Guard,
    Held,
    Kept,
    Part,
    Schedule,
    Secret,
    Step,
    Verb,
    Wanted,
    Workshop,
)


def steps(shop: Workshop, found: Found) -> list[Step]:
    """Every step, in the order in which a person reads them."""
    wanted = shop.wanted
    out: list[Step] = []
    for part in TITLES:
        if part in found.closed:
            role = shop.role_for(part)
            said = f"impossible à lire avec ce jeton : {found.closed[part]} Il faut le rôle {role}."
            out.append(Step(part, "main", said, page=shop.page(part)))
        else:
            out += _of(part, wanted, found, shop)
    return out


def _of(part: Part, wanted: Wanted, found: Found, shop: Workshop) -> Iterator[Step]:
    match part:
        case "etiquettes":
            yield from _labels(wanted, found)
        case "protections":
            for guard in wanted.guards:
                yield _guard(guard, found.guards.get((guard.kind, guard.name)))
        case "reglages":
            yield from _settings(wanted, found, shop)
        case "programmes":
            for schedule in wanted.schedules:
                yield _schedule(schedule, found, shop)
        case "variables":
            for secret in wanted.secrets:
                yield _secret(secret, found.secrets.get(secret.name), shop)
        case "modeles":
            yield from _templates(wanted, found, shop)


def _labels(wanted: Wanted, found: Found) -> Iterator[Step]:
    for label in wanted.labels:
        verb: Verb = "laisser" if label.name in found.labels else "creer"
        yield Step("etiquettes", verb, f"« {label.name} » : {label.about}", label)


def _guard(wanted: Guard, held: Guard | None) -> Step:
    said = f"{wanted.kind} « {wanted.name} »"
    who = f"pousser : {ROLES[wanted.push]}"
    if wanted.kind == "branche":
        who += f" ; fusionner : {ROLES[wanted.merge]}"
    if held is None:
        return Step("protections", "creer", f"{said} ({who})", wanted, why=wanted.why)
    looser = held.push > wanted.push == 0 or 0 < held.push < wanted.push
    looser |= 0 < held.merge < wanted.merge or held.force
    if looser:
        return Step("protections", "changer", f"{said} ({who})", wanted, why=wanted.why)
    return Step("protections", "laisser", said)


def _settings(wanted: Wanted, found: Found, shop: Workshop) -> Iterator[Step]:
    for setting in wanted.settings:
        page = shop.page(setting.page)
        if setting.name not in found.settings:
            said = f"{setting.about} : cette version de {shop.title} ne le dit pas, à vérifier"
            yield Step("reglages", "main", said, page=page)
        elif found.settings[setting.name] == setting.value:
            yield Step("reglages", "laisser", setting.about)
        else:
            yield Step("reglages", "changer", setting.about, setting, page)


def _schedule(wanted: Schedule, found: Found, shop: Workshop) -> Step:
    said = f"« {wanted.role} » : {wanted.about}"
    held = [s for s in found.schedules if s.role == wanted.role]
    if not held:
        return Step("programmes", "creer", f"{said} (cron {wanted.cron})", wanted)
    if held[0].unfinished:
        return Step("programmes", "changer", f"{said} : à finir", wanted, ident=held[0].id)
    problem = _trouble(held[0], found)
    if problem:
        return Step("programmes", "main", f"{said} : {problem}", page=shop.page("programmes"))
    return Step("programmes", "laisser", said)


def _trouble(held: Held, found: Found) -> str:
    """What a person should see to about a schedule; "" when it is fine."""
    if not held.active:
        return "il est en pause, une personne l'a décidé ; pour le relancer, cochez « Activé »"
    if held.owner_id and found.me.id and held.owner_id != found.me.id:
        return (
            f"il tourne avec les droits de {held.owner} ; connectez-vous avec le compte du robot et"
            " choisissez « Prendre possession »"
        )
    return ""


def _secret(wanted: Secret, held: Kept | None, shop: Workshop) -> Step:
    said, page = f"{wanted.name} : {wanted.about}", shop.page("variables")
    scoped = "" if wanted.scope == "*" else f", environnement « {wanted.scope} »"
    if held is None:
        how = f" ; cochez « Protégée » et « Masquée »{scoped}" if shop.title == "GitLab" else ""
        return Step("variables", "main" if wanted.required else "laisser", said + how, page=page)
    lacks = [] if held.protected else ["« Protégée »"]
    lacks += [] if held.masked else ["« Masquée »"]
    if lacks:
        return Step("variables", "main", f"{said} : cochez {' et '.join(lacks)}", page=page)
    if held.scope != wanted.scope:
        said = f"{said} : limitez-la à l'environnement « {wanted.scope} » (ici « {held.scope} »)"
        return Step("variables", "main", said, page=page)
    return Step("variables", "laisser", wanted.name)


def _templates(wanted: Wanted, found: Found, shop: Workshop) -> Iterator[Step]:
    for name in sorted(wanted.templates):
        if name in found.templates:
            yield Step("modeles", "laisser", f"« {name} »")
        else:
            said = f"« {name} » manque sur la branche main : poussez-la avec ses modèles"
            yield Step("modeles", "main", said, page=shop.page("modeles"))
