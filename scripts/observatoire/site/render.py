"""The templates of the page, with French numbers and everything escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from observatoire import french
from observatoire.site import pages
from observatoire.site.page import File, Frame, Page

_THOUSANDS = re.compile(r"(?<=[0-9]) (?=[0-9]{3}\b)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_HIDDEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_BEFORE = re.compile(r" (?=[;:!?»%])|(?<=«) ")


@cache
def environment() -> Environment:
    """Jinja with automatic escaping; a name that a template misspells is an error."""
    out = Environment(
        loader=PackageLoader("observatoire.site"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    out.filters |= {
        "number": french.number,
        "counted": french.counted,
        "plural": french.plural,
        "measure": french.measure,
        "gap": french.gap,
        "day": french.day,
        "size": french.size,
        "prose": prose,
        "web": web,
        "host": lambda url: urlsplit(url).netloc,
    }
    return out


def page(page: Page, frame: Frame, **more: object) -> bytes:
    """A page, as bytes; ``more`` is what its template may read beside its values."""
    around = {"site": frame, "menu": pages.menu(), "up": page.up, "here": page.path}
    values = {**page.values, **around, **more, "csp": page.csp}
    return environment().get_template(page.template).render(values).encode()


def statics() -> Iterator[File]:
    """The files that are served as they are: each of ``templates/static``, with its folder."""
    return _under(files("observatoire.site") / "templates" / "static", "")


def _under(folder: Traversable, path: str) -> Iterator[File]:
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        if entry.is_dir():
            yield from _under(entry, f"{path}{entry.name}/")
        else:
            yield File(f"{path}{entry.name}", entry.read_bytes())


def visible(value: object) -> object:
    """A value without the marks that nobody sees: some turn over the words around them."""
    if isinstance(value, str) and _HIDDEN.search(value):
        return value.__class__(_HIDDEN.sub("", value))
    return value


def prose(text: str) -> str:
    """A French sentence with the apostrophes and no-break spaces that typography wants."""
    text = _APOSTROPHE.sub("’", text)
    return _BEFORE.sub("\u00a0", _THOUSANDS.sub(french.THIN, text))


def web(url: str) -> str:
    """The address when it is one of the web, else "": data must not become a script."""
    return url if url.startswith(("https://", "http://")) else ""
