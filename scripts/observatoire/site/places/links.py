"""Where a reader goes to report an error or to edit a line: addresses of the repository's forge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urlencode

from observatoire.propose import markdown
from observatoire.signalement import templates
from observatoire.signalement.forms.erreur import FORM
from observatoire.site.forge import Pages

ANSWERS = ("nom", "siren", "territoire")
"""The questions of the form that a page answers by itself."""

HOLE = "\x00"
SAFE = "/:?!$'()*,;@"
"""What a query may hold as it is (RFC 3986, section 3.4): these addresses stand on every page."""


@dataclass(frozen=True)
class Forge:
    """The repository where the register is kept, by its public address."""

    project: str

    @cached_property
    def pages(self) -> Pages:
        """The pages of the repository."""
        return Pages(self.project.rstrip("/"))

    def edit(self, table: str, line: int) -> str:
        """The web editor on a line of ``main``; "" when the repository is not known."""
        return _at(self.pages.edit(f"data/{table}.csv"), line)

    def blame(self, table: str, line: int) -> str:
        """Who wrote a line of ``main``, and why; "" when the repository is not known."""
        return _at(self.pages.blame(f"data/{table}.csv"), line)

    def report(self, nom: str, siren: str, departement: str) -> str:
        """A new issue about an organisation, already filled in; "" without a repository."""
        if not self.pages.known:
            return ""
        title = f"{FORM.title} : {markdown.flat(nom)}"
        answers = dict(zip(ANSWERS, (markdown.text(nom), siren, departement), strict=True))
        if self.pages.github:
            return f"{self._new}?{_query(template=f'{FORM.kind}.yml', title=title, **answers)}"
        body = self._parts[0]
        for answer, part in zip(answers.values(), self._parts[1:], strict=True):
            body += quote(answer, safe=SAFE) + part
        return f"{self._new}?{_query(**{'issue[title]': title})}&issue%5Bdescription%5D={body}"

    @property
    def _new(self) -> str:
        return f"{self.pages.issues()}/new"

    @cached_property
    def _parts(self) -> list[str]:
        """The template around the answers, ready for an address: there are 40,000 of them."""
        return [quote(part, safe=SAFE) for part in with_holes().split(HOLE)]


def _at(address: str, line: int) -> str:
    return f"{address}#L{line}" if address else ""


def with_holes() -> str:
    """The template, with a hole under each heading that is answered."""
    text = templates.markdown(FORM)
    for name in ANSWERS:
        heading = f"### {FORM.title_of(name)}\n"
        before, found, after = text.partition(heading)
        text = f"{before}{found}\n{HOLE}\n{after}"
    return text


def _query(**values: str) -> str:
    return urlencode(values, quote_via=quote, safe=SAFE)
