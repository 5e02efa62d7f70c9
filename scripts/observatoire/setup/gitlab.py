"""GitLab as a workshop: each part read and set through its API, values of variables never kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from observatoire.propose.forges import ForgeError
from observatoire.propose.forges.gitlab_client import Client
from observatoire.propose.forges.online import failures
from observatoire.setup import common
from observatoire.setup.gitlab_wanted import PAGES, wanted
from observatoire.setup.model import (
    Found,
    Guard,
    Held,
    Kept,
    Label,
    Me,
    Part,
    Ran,
    Schedule,
    Setting,
    Step,
)
from observatoire.setup.parts import Parts

ROLE_OF: Mapping[Part, str] = {
    "etiquettes": "Rapporteur (Reporter), ou plus",
    "programmes": "Développeur (Developer), ou plus",
    "modeles": "de membre du projet",
}
MAINTAINERS = "Responsable (Maintainer)"
ENDED = frozenset(("success", "failed", "canceled"))
UNFINISHED = " (en préparation)"


class GitLabWorkshop:
    """A project on GitLab."""

    title = "GitLab"

    def __init__(self, client: Client) -> None:
        self.client = client
        self.wanted = wanted(client.access.project)

    def page(self, name: str) -> str:
        """The address where a person sets something."""
        access = self.client.access
        return f"{access.server}/{access.project}{PAGES[name]}"

    def role_for(self, part: Part) -> str:
        """The role that a token needs, in GitLab's words."""
        return ROLE_OF.get(part, MAINTAINERS)

    # Reading

    def look(self) -> Found:
        """What the project has now; raises ForgeError when it does not open."""
        project = self._get("", "lire le projet")
        parts = Parts()
        names = {s.name for s in self.wanted.settings}
        return Found(
            project=self.client.access.project,
            me=self._me(project),
            labels=parts.read("etiquettes", self._labels, frozenset()),
            guards=parts.read("protections", self._guards, {}),
            schedules=parts.read("programmes", self._schedules, []),
            secrets=parts.read("variables", self._secrets, {}),
            settings={k: v for k, v in project.items() if k in names},
            templates=parts.read("modeles", self._templates, frozenset()),
            closed=parts.closed,
        )

    def _me(self, project: Mapping[str, Any]) -> Me:
        held = [a["access_level"] for a in (project.get("permissions") or {}).values() if a]
        me = self.client.me
        try:
            token = self._raw("/personal_access_tokens/self", "lire le jeton")
        except ForgeError:
            # A token of another kind (OAuth, job) does not tell about itself.
            token = {}
        return Me(
            name=str(me.get("name") or me.get("username")),
            id=int(me["id"]),
            level=max(held, default=0),
            scopes=frozenset(token.get("scopes") or ()),
            expires=str(token.get("expires_at") or ""),
        )

    def _labels(self) -> frozenset[str]:
        return frozenset(x["name"] for x in self._list("/labels", "lire les étiquettes"))

    def _guards(self) -> dict[tuple[str, str], Guard]:
        what = "lire les branches protégées"
        found = [_branch(raw) for raw in self._list("/protected_branches", what)]
        found += [_tag(raw) for raw in self._list("/protected_tags", what)]
        return {(g.kind, g.name): g for g in found}

    def _schedules(self) -> list[Held]:
        what = "lire les pipelines programmés"
        short = self._list("/pipeline_schedules", what)
        return [_held(self._get(f"/pipeline_schedules/{raw['id']}", what)) for raw in short]

    def _secrets(self) -> dict[str, Kept]:
        """The variables without their values, which GitLab sends along."""
        found = self._list("/variables", "lire les variables")
        return {
            x["key"]: Kept(bool(x["protected"]), bool(x["masked"]), x["environment_scope"])
            for x in found
        }

    def _templates(self) -> frozenset[str]:
        kinds = ("issues", "merge_requests")
        lists = (self._list(f"/templates/{k}", "lire les modèles") for k in kinds)
        return frozenset(x["name"] for found in lists for x in found)

    def ran(self) -> Sequence[Ran]:
        """The last scheduled pipelines of main, newest first."""
        target = self.client.access.target
        query = f"/pipelines?ref={target}&source=schedule&per_page=20"
        found = self._page(query, "lire les pipelines")
        return [
            Ran(
                date=str(x["created_at"]),
                ended=x["status"] in ENDED,
                good=x["status"] == "success",
                place=str(x["web_url"]),
            )
            for x in found
        ]

    def site(self) -> str:
        """The address of Pages; "" as long as nothing is published."""
        try:
            return str(self._get("/pages", "lire le site").get("url") or "")
        except failures.Missing:
            return ""

    # Writing

    def do(self, step: Step) -> None:
        """Create or change one thing."""
        match step.wish:
            case Label() as label:
                content = {"name": label.name, "color": label.color, "description": label.about}
                self._post("/labels", content, "créer une étiquette")
            case Guard() as guard:
                self._protect(guard, again=step.verb == "changer")
            case Schedule() as schedule:
                self._plan(schedule, step.ident)
            case Setting() as setting:
                project = self.client.access.project
                what = "changer un réglage du projet"
                change = {setting.name: setting.value}
                manager = self.client._gitlab.projects
                self.client._ask(what, lambda: manager.update(project, change))
            case None:
                raise ForgeError("il n'y a rien à faire ici.")

    def _protect(self, guard: Guard, *, again: bool) -> None:
        """Protect; GitLab's free offer changes a protection only by lifting it for an instant."""
        what = f"protéger « {guard.name} »"
        if guard.kind == "version":
            content = {"name": guard.name, "create_access_level": guard.push}
            self._post("/protected_tags", content, what)
            return
        levels = {"push_access_level": guard.push, "merge_access_level": guard.merge}
        content = {"name": guard.name, **levels, "allow_force_push": guard.force}
        if again:
            self._delete(f"/protected_branches/{guard.name}", what)
        try:
            self._post("/protected_branches", content, what)
        except ForgeError as error:
            if again:
                raise ForgeError(
                    f"« {guard.name} » n'est plus protégée ({error}) Relancez tout de suite"
                    " « observatoire init-forge --appliquer »."
                ) from None
            raise

    def _plan(self, schedule: Schedule, ident: int) -> None:
        """A schedule, asleep and called unfinished until it has its variable."""
        what = "programmer un pipeline"
        name = f"{schedule.role} : {schedule.about}"
        content = {
            "description": f"{name}{UNFINISHED}",
            "ref": self.client.access.target,
            "cron": schedule.cron,
            "cron_timezone": common.ZONE,
            "active": False,
        }
        number = ident or int(self._post("/pipeline_schedules", content, what)["id"])
        place = f"/pipeline_schedules/{number}"
        held = self._get(place, what).get("variables") or ()
        if not any(v["key"] == "ROLE" for v in held):
            self._post(f"{place}/variables", {"key": "ROLE", "value": schedule.role}, what)
        forge, path = self.client._gitlab, f"{self._path}{place}"
        ready = {"description": name, "active": True}
        self.client._ask(what, lambda: forge.http_put(path, post_data=ready))

    # Calls

    @cached_property
    def _path(self) -> str:
        from gitlab.utils import EncodedId

        return f"/projects/{EncodedId(self.client.access.project)}"

    def _get(self, path: str, what: str) -> Mapping[str, Any]:
        return self._raw(f"{self._path}{path}", what)

    def _raw(self, path: str, what: str) -> Mapping[str, Any]:
        found = self.client._ask(what, lambda: self.client._gitlab.http_get(path))
        if not isinstance(found, dict):
            raise failures.incomplete(self.client.access)
        return found

    def _list(self, path: str, what: str) -> list[dict[str, Any]]:
        forge, whole = self.client._gitlab, f"{self._path}{path}"
        return self.client._ask(
            what, lambda: [dict(x) for x in forge.http_list(whole, iterator=True, per_page=100)]
        )

    def _page(self, path: str, what: str) -> list[dict[str, Any]]:
        """The first page of a list."""
        forge, whole = self.client._gitlab, f"{self._path}{path}"
        found = self.client._ask(what, lambda: forge.http_list(whole, get_all=False))
        return [dict(x) for x in found]

    def _post(self, path: str, content: dict[str, Any], what: str) -> Mapping[str, Any]:
        forge, whole = self.client._gitlab, f"{self._path}{path}"
        made = self.client._ask(what, lambda: forge.http_post(whole, post_data=content))
        return made if isinstance(made, dict) else {}

    def _delete(self, path: str, what: str) -> None:
        forge, whole = self.client._gitlab, f"{self._path}{path}"
        self.client._ask(what, lambda: forge.http_delete(whole))


def _lowest(levels: list[Mapping[str, Any]]) -> int:
    """The least role of some access levels; nobody when there is none."""
    found = [int(x["access_level"]) for x in levels if x.get("access_level") is not None]
    return min(found, default=0)


def _branch(raw: Mapping[str, Any]) -> Guard:
    push, merge = _lowest(raw["push_access_levels"]), _lowest(raw["merge_access_levels"])
    return Guard("branche", raw["name"], push, merge, bool(raw.get("allow_force_push")))


def _tag(raw: Mapping[str, Any]) -> Guard:
    return Guard("version", raw["name"], _lowest(raw["create_access_levels"]))


def _held(raw: Mapping[str, Any]) -> Held:
    roles = [v["value"] for v in raw.get("variables") or () if v["key"] == "ROLE"]
    name = str(raw.get("description") or "")
    unfinished = name.endswith(UNFINISHED)
    roles += [name.partition(" : ")[0]] if unfinished else []
    owner = raw.get("owner") or {}
    return Held(
        id=int(raw["id"]),
        role=str(roles[0]) if roles else "",
        cron=str(raw["cron"]),
        active=bool(raw["active"]),
        owner=str(owner.get("name") or owner.get("username") or "?"),
        owner_id=int(owner.get("id") or 0),
        unfinished=unfinished,
    )
