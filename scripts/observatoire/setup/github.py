"""GitHub as a workshop: labels, rulesets, options, names of secrets; schedules are in the code."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from observatoire.propose.forges import ForgeError
from observatoire.propose.forges.github_client import Client
from observatoire.propose.forges.online import failures
from observatoire.setup import common
from observatoire.setup.labels import labels
from observatoire.setup.model import (
    ADMIN_ON_GITHUB,
    DEVELOPER,
    MAINTAINER,
    NOBODY,
    Found,
    Guard,
    Kept,
    Label,
    Me,
    Part,
    Ran,
    Secret,
    Setting,
    Step,
    Wanted,
)
from observatoire.setup.parts import Parts

RIGHTS = "default_workflow_permissions"
WORKFLOW = "actions/permissions/workflow"
SETTINGS = (
    Setting("has_issues", True, "tickets ouverts à tous", "general"),
    Setting("allow_squash_merge", True, "une demande peut s'écraser en un commit", "general"),
    Setting("delete_branch_on_merge", True, "la branche d'une demande fusionnée part", "general"),
    Setting(RIGHTS, "read", "les pipelines ne font que lire, sauf s'ils le disent", "actions"),
)
SECRETS = (
    Secret("OBSERVATOIRE_JETON", "un jeton du robot (facultatif : GITHUB_TOKEN suffit souvent)"),
    common.DATAGOUV,
)
PAGES = {
    "etiquettes": "/labels",
    "protections": "/settings/rules",
    "reglages": "/settings",
    "general": "/settings",
    "actions": "/settings/actions",
    "programmes": "/actions",
    "variables": "/settings/secrets/actions",
    "modeles": "/tree/main/.github",
    "jeton": "/settings/tokens",
    "site": "/settings/pages",
    "pipelines": "/actions",
}
PLACES = {"branche": ("branch", "refs/heads/"), "version": ("tag", "refs/tags/")}


class GitHubWorkshop:
    """A repository on GitHub."""

    title = "GitHub"

    def __init__(self, client: Client) -> None:
        self.client = client
        self.wanted = Wanted(
            labels=labels(),
            guards=[g for g in common.GUARDS if g.push == NOBODY or g.kind == "version"],
            schedules=(),
            secrets=SECRETS,
            settings=SETTINGS,
            templates=frozenset(),
        )

    def page(self, name: str) -> str:
        """The address where a person sets something."""
        access = self.client.access
        return f"{access.server}/{access.project}{PAGES[name]}"

    def role_for(self, part: Part) -> str:
        """The role that a token needs, in GitHub's words."""
        return "Write" if part == "etiquettes" else "Admin"

    def look(self) -> Found:
        """What the repository has now; raises ForgeError when it does not open."""
        repository = self._get("", "lire le dépôt")
        parts = Parts()
        known = {s.name for s in SETTINGS}
        settings: dict[str, object] = {k: v for k, v in repository.items() if k in known}
        none: dict[str, object] = {}
        return Found(
            project=self.client.access.project,
            me=self._me(repository),
            labels=parts.read("etiquettes", self._labels, frozenset()),
            guards=parts.read("protections", self._guards, {}),
            secrets=parts.read("variables", self._secrets, {}),
            settings=settings | parts.read("reglages", self._rights, none),
            closed=parts.closed,
        )

    def _me(self, repository: Mapping[str, Any]) -> Me:
        rights = repository.get("permissions") or {}
        level = MAINTAINER if rights.get("maintain") else DEVELOPER if rights.get("push") else 0
        me = self.client.me or {}
        name = str(me.get("name") or me.get("login") or "un pipeline")
        return Me(name, int(me.get("id") or 0), ADMIN_ON_GITHUB if rights.get("admin") else level)

    def _labels(self) -> frozenset[str]:
        return frozenset(x["name"] for x in self._list("labels", "lire les étiquettes"))

    def _guards(self) -> dict[tuple[str, str], Guard]:
        what = "lire les règles de protection"
        found = [self._get(f"rulesets/{raw['id']}", what) for raw in self._list("rulesets", what)]
        return {(g.kind, g.name): g for raw in found for g in _guarded(raw)}

    def _secrets(self) -> dict[str, Kept]:
        found = self._get("actions/secrets?per_page=100", "lire les noms des secrets")
        return {x["name"]: Kept(protected=True, masked=True) for x in found["secrets"]}

    def _rights(self) -> dict[str, object]:
        found = self._get(WORKFLOW, "lire les droits des pipelines")
        return {RIGHTS: found.get(RIGHTS)}

    def ran(self) -> Sequence[Ran]:
        """The last scheduled workflows of main, newest first."""
        target = self.client.access.target
        query = f"actions/runs?branch={target}&event=schedule&per_page=20"
        found = self._get(query, "lire les pipelines")["workflow_runs"]
        return [
            Ran(
                date=str(x["created_at"]),
                ended=x["status"] == "completed",
                good=x["conclusion"] == "success",
                place=str(x["html_url"]),
            )
            for x in found
        ]

    def site(self) -> str:
        """The address of Pages; "" without any."""
        try:
            return str(self._get("pages", "lire le site").get("html_url") or "")
        except failures.Missing:
            return ""

    def do(self, step: Step) -> None:
        """Create or change one thing."""
        match step.wish:
            case Label() as label:
                color = label.color.removeprefix("#")
                content = {"name": label.name, "color": color, "description": label.about}
                self._send("post", "labels", content, "créer une étiquette")
            case Guard() as guard:
                self._send("post", "rulesets", _ruleset(guard), f"protéger « {guard.name} »")
            case Setting() as setting:
                place, method = (WORKFLOW, "put") if setting.name == RIGHTS else ("", "patch")
                self._send(method, place, {setting.name: setting.value}, "changer un réglage")
            case _:
                raise ForgeError("il n'y a rien à faire ici.")

    def _get(self, path: str, what: str) -> Mapping[str, Any]:
        repository = self.client._repository
        url = f"{repository.url}/{path}".rstrip("/")
        found = self.client._ask(what, lambda: repository._json(repository._get(url), 200))
        if not isinstance(found, dict):
            raise failures.incomplete(self.client.access)
        return found

    def _list(self, path: str, what: str) -> list[dict[str, Any]]:
        """A list of at most a hundred items: labels, rulesets."""
        repository = self.client._repository
        url = f"{repository.url}/{path}?per_page=100"
        found = self.client._ask(what, lambda: repository._json(repository._get(url), 200))
        return [dict(x) for x in found or ()]

    def _send(self, method: str, path: str, content: Mapping[str, Any], what: str) -> None:
        repository = self.client._repository
        url = f"{repository.url}/{path}".rstrip("/")
        call = getattr(repository, f"_{method}")
        good = {"post": 201, "patch": 200, "put": 204}[method]
        body = dict(content) if method == "post" else json.dumps(dict(content))
        self.client._ask(what, lambda: repository._boolean(call(url, data=body), good, 404))


def _guarded(raw: Mapping[str, Any]) -> list[Guard]:
    """The guards that a ruleset makes; one that is off, or of another kind, makes none."""
    if raw.get("enforcement") != "active":
        return []
    kind = "branche" if raw.get("target") == "branch" else "version"
    prefix = PLACES[kind][1]
    included = ((raw.get("conditions") or {}).get("ref_name") or {}).get("include") or ()
    names = [n.removeprefix(prefix) for n in included if n.startswith(prefix)]
    names += [common.TARGET] if "~DEFAULT_BRANCH" in included else []
    rules = {rule["type"] for rule in raw.get("rules") or ()}
    if kind == "version":
        return [Guard("version", n, MAINTAINER) for n in names if "update" in rules]
    asked = NOBODY if "pull_request" in rules else DEVELOPER
    return [Guard("branche", n, asked, MAINTAINER) for n in names]


def _ruleset(guard: Guard) -> dict[str, Any]:
    target, prefix = PLACES[guard.kind]
    counts = ("dismiss_stale_reviews_on_push", "require_code_owner_review")
    more = ("require_last_push_approval", "required_review_thread_resolution")
    review = {"required_approving_review_count": 0, **dict.fromkeys((*counts, *more), False)}
    rules: list[dict[str, Any]] = [{"type": "deletion"}, {"type": "non_fast_forward"}]
    if guard.kind == "branche":
        rules.append({"type": "pull_request", "parameters": review})
    else:
        rules.append({"type": "update"})
    return {
        "name": f"Observatoire : {guard.name}",
        "target": target,
        "enforcement": "active",
        "conditions": {"ref_name": {"include": [prefix + guard.name], "exclude": []}},
        "rules": rules,
    }
