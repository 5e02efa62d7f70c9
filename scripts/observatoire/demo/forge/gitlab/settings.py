"""Labels, protected branches, schedules and variables on GitLab's face."""

from __future__ import annotations

from typing import Any

from observatoire.demo.faces import Answer
from observatoire.demo.forge.calls import Refusal, Routes, reply
from observatoire.demo.forge.gitlab import shapes
from observatoire.demo.forge.records import Guard, Label, Schedule, Variable
from observatoire.demo.forge.visit import Visit

ROUTES = Routes()
PROJECT = "/projects/{project}"
SCHEDULES = PROJECT + "/pipeline_schedules"
MOST_SCHEDULES = 10


def _label(label: Label) -> dict[str, Any]:
    facts = {"name": label.name, "color": label.color, "description": label.description}
    return {"id": label.id, **facts, "text_color": "#FFFFFF", "is_project_label": True}


@ROUTES.on("GET", PROJECT + "/labels")
def list_labels(visit: Visit) -> Answer:
    """The labels."""
    return shapes.listed(visit, [_label(one) for _, one in sorted(visit.store.labels.items())])


@ROUTES.on("POST", PROJECT + "/labels")
def create_label(visit: Visit) -> Answer:
    """A new label."""
    name, color = visit.required("name", "color")
    if name in visit.store.labels:
        raise Refusal(409, {"message": "Label already exists"})
    made = Label(visit.store.number(), name, color, visit.fields.get("description") or "")
    visit.store.labels[name] = made
    return reply(201, _label(made))


def _levels(level: int) -> list[dict[str, Any]]:
    said = {0: "No one", 30: "Developers + Maintainers", 40: "Maintainers"}
    words = {"access_level_description": said.get(level, str(level))}
    return [{"id": 1, "access_level": level, **words, "user_id": None, "group_id": None}]


def _protection(name: str, guard: Guard) -> dict[str, Any]:
    levels = {
        "push_access_levels": _levels(guard.push),
        "merge_access_levels": _levels(guard.merge),
    }
    more = {"allow_force_push": guard.force, "code_owner_approval_required": False}
    return {"id": 1, "name": name, **levels, "unprotect_access_levels": [], **more}


@ROUTES.on("GET", PROJECT + "/protected_branches")
def list_protected(visit: Visit) -> Answer:
    """The protected branches."""
    return shapes.listed(visit, [_protection(n, g) for n, g in visit.store.protected.items()])


@ROUTES.on("POST", PROJECT + "/protected_branches")
def protect(visit: Visit) -> Answer:
    """A branch, protected."""
    (name,) = visit.required("name")
    if name in visit.store.protected:
        raise Refusal(409, {"message": f"Protected branch '{name}' already exists"})
    fields = visit.fields
    push, merge = (int(fields.get(f"{act}_access_level", 40)) for act in ("push", "merge"))
    guard = Guard(push, merge, bool(fields.get("allow_force_push")))
    visit.store.protected[name] = guard
    return reply(201, _protection(name, guard))


@ROUTES.on("DELETE", PROJECT + "/protected_branches/{name}")
def unprotect(visit: Visit, name: str) -> Answer:
    """A branch, no more protected."""
    if visit.store.protected.pop(name, None) is None:
        raise Refusal(404, {"message": "404 Not found"})
    return reply(204)


def _tag_protection(name: str, guard: Guard) -> dict[str, Any]:
    return {"name": name, "create_access_levels": _levels(guard.push)}


@ROUTES.on("GET", PROJECT + "/protected_tags")
def list_protected_tags(visit: Visit) -> Answer:
    """The protected tags."""
    held = visit.store.protected_tags
    return shapes.listed(visit, [_tag_protection(n, g) for n, g in held.items()])


@ROUTES.on("POST", PROJECT + "/protected_tags")
def protect_tag(visit: Visit) -> Answer:
    """A tag, protected."""
    (name,) = visit.required("name")
    if name in visit.store.protected_tags:
        raise Refusal(409, {"message": f"Protected tag '{name}' already exists"})
    guard = Guard(int(visit.fields.get("create_access_level", 40)))
    visit.store.protected_tags[name] = guard
    return reply(201, _tag_protection(name, guard))


def _schedule(visit: Visit, schedule: Schedule, *, whole: bool = True) -> dict[str, Any]:
    """A schedule; its variables are only in the answer about it alone."""
    held = [
        {"key": k, "value": v, "variable_type": "env_var", "raw": False}
        for k, v in schedule.variables.items()
    ]
    return {
        "id": schedule.id,
        "description": schedule.description,
        "ref": schedule.ref,
        "cron": schedule.cron,
        "cron_timezone": schedule.zone,
        "active": schedule.active,
        "owner": shapes.account(visit, schedule.owner),
        **({"variables": held} if whole else {}),
    }


@ROUTES.on("GET", SCHEDULES)
def list_schedules(visit: Visit) -> Answer:
    """The pipeline schedules."""
    return shapes.listed(visit, [_schedule(visit, s, whole=False) for s in visit.store.schedules])


@ROUTES.on("POST", SCHEDULES)
def create_schedule(visit: Visit) -> Answer:
    """A new schedule; the free offer has ten."""
    description, ref, cron = visit.required("description", "ref", "cron")
    if len(visit.store.schedules) >= MOST_SCHEDULES:
        raise Refusal(400, {"message": {"base": ["Maximum number of pipeline schedules exceeded"]}})
    made = Schedule(visit.store.number(), description, ref, cron, visit.who)
    visit.store.schedules.append(made)
    return _changed(visit, made, 201)


def _changed(visit: Visit, schedule: Schedule, status: int) -> Answer:
    same = {name: name for name in ("active", "cron", "description", "ref")}
    for name, field in {"cron_timezone": "zone", **same}.items():
        if name in visit.fields:
            setattr(schedule, field, visit.fields[name])
    return reply(status, _schedule(visit, schedule))


@ROUTES.on("GET", SCHEDULES + "/{id}")
def get_schedule(visit: Visit, id: str) -> Answer:
    """A schedule with its variables."""
    return reply(200, _schedule(visit, visit.found(visit.store.schedules, id=id)))


@ROUTES.on("PUT", SCHEDULES + "/{id}")
def update_schedule(visit: Visit, id: str) -> Answer:
    """A schedule, changed."""
    return _changed(visit, visit.found(visit.store.schedules, id=id), 200)


@ROUTES.on("POST", SCHEDULES + "/{id}/take_ownership")
def own_schedule(visit: Visit, id: str) -> Answer:
    """A schedule that runs as somebody else from now on."""
    schedule = visit.found(visit.store.schedules, id=id)
    schedule.owner = visit.who
    return reply(201, _schedule(visit, schedule))


@ROUTES.on("POST", SCHEDULES + "/{id}/variables")
def add_to_schedule(visit: Visit, id: str) -> Answer:
    """A variable of a schedule."""
    key, value = visit.required("key", "value")
    visit.found(visit.store.schedules, id=id).variables[key] = value
    return reply(201, {"key": key, "value": value, "variable_type": "env_var"})


def _variable(one: Variable) -> dict[str, Any]:
    flags = {"protected": one.protected, "masked": one.masked, "hidden": False, "raw": False}
    kind = {"variable_type": "env_var", "environment_scope": one.scope, "description": None}
    return {"key": one.key, "value": one.value, **kind, **flags}


@ROUTES.on("GET", PROJECT + "/variables")
def list_variables(visit: Visit) -> Answer:
    """The variables of pipelines."""
    return shapes.listed(visit, [_variable(v) for v in visit.store.variables.values()])


@ROUTES.on("POST", PROJECT + "/variables")
def create_variable(visit: Visit) -> Answer:
    """A new variable."""
    key, value = visit.required("key", "value")
    if key in visit.store.variables:
        raise Refusal(400, {"message": {"key": [f"({key}) has already been taken"]}})
    flags = {name: bool(visit.fields.get(name)) for name in ("protected", "masked")}
    scope = str(visit.fields.get("environment_scope") or "*")
    visit.store.variables[key] = Variable(key, value, scope=scope, **flags)
    return reply(201, _variable(visit.store.variables[key]))
