"""Where a reader goes to report an error or to edit a line: addresses of the repository's forge."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from observatoire.propose import markdown
from observatoire.publish.datami.urls import GITHUB

TEMPLATE = ".gitlab/issue_templates/Signaler une erreur.md"
FIELDS = {"Organisme": "organisme", "Page qui le montre": "page"}
"""The fields of the template that the page can fill in, by how their line begins."""

_FIELD = re.compile(r"^- ([^:(]+?) *(\([^)]*\))? *:[ \t]*$", re.M)


@dataclass(frozen=True)
class Forge:
    """The repository where the register is kept; ``template`` is that of an issue."""

    project: str
    template: str

    @property
    def known(self) -> bool:
        """Whether there is an address to go to."""
        return self.project.startswith(("https://", "http://"))

    def edit(self, table: str, line: int) -> str:
        """The web editor on a line of ``main``; "" when the repository is not known."""
        if not self.known:
            return ""
        middle = "" if self._github else "-/"
        return f"{self._home}/{middle}edit/main/data/{table}.csv#L{line}"

    def report(self, siren: str, nom: str, page: str) -> str:
        """A new issue about an organisation, already filled in; "" without a repository."""
        if not self.known:
            return ""
        name = markdown.flat(nom)
        title = f"Erreur : {name} ({siren})"
        body = self._filled({"organisme": f"{markdown.text(nom)}, {siren}", "page": page})
        if self._github:
            return f"{self._home}/issues/new?{_query(title=title, body=body)}"
        query = _query(**{"issue[title]": title, "issue[description]": body})
        return f"{self._home}/-/issues/new?{query}"

    def _filled(self, values: dict[str, str]) -> str:
        def fill(found: re.Match[str]) -> str:
            value = values.get(FIELDS.get(found[1], ""), "")
            return f"{found[0].rstrip()} {value}".rstrip()

        return _FIELD.sub(fill, self.template)

    @property
    def _home(self) -> str:
        return self.project.rstrip("/")

    @property
    def _github(self) -> bool:
        return self.project.startswith(GITHUB)


def _query(**values: str) -> str:
    return urlencode(values, quote_via=quote)
