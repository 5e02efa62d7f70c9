"""Reading a form in the text of an issue: Markdown of a template, or of a GitHub form.

People delete comments, change a heading's level, answer on its line: all that is understood. What
is not understood is said, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping

from observatoire.letters import fold
from observatoire.signalement.model import Form, Question, Reading
from observatoire.words import closest

MAX_TEXT, MAX_LINES, MAX_LINE = 1_100_000, 2_000, 2_000
"""Characters, lines, characters of a line that are read: a forge takes a million characters."""
MAX_ANSWER = 400
FEWEST = 2
"""Headings of a form that make an issue a report."""
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
MARK = re.compile(r"<!-- observatoire formulaire=([a-z]+)\b")
HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+(?P<title>\S.{0,120}?)[ \t]*#*[ \t]*")
BOLD = re.compile(r"[ ]{0,3}\*\*(?P<title>[^*\n]{2,120})\*\*[ \t]*:?[ \t]*(?P<rest>.*)")
INLINE = re.compile(r"[ ]{0,3}(?:[-*+][ \t]+)?(?P<title>[^:\n]{2,120}?)[ \t]*:[ \t]*(?P<rest>.*)")
BOX = re.compile(r"\s*[-*+][ \t]+\[(?P<tick>[^\]\n]{0,3})\][ \t]*(?P<text>.*)")
QUICK = re.compile(r"/[a-z_]+(?:[ \t].*)?")
NOTHING = {"noresponse", "aucunereponse", "na", "nsp", "jenesaispas", "inconnu", "nonrenseigne"}
TOO_LONG = f"la réponse dépasse {MAX_ANSWER} caractères : raccourcissez-la"
SEVERAL = "plusieurs cases sont cochées : n'en gardez qu'une"
OTHER = "cette réponse n'est pas dans la liste : cochez une des cases du modèle"


def read(body: str, labels: Collection[str], forms: Mapping[str, Form]) -> Reading | None:
    """What an issue says; None when it follows no form."""
    text = body[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    marked = MARK.search(text)
    bare = COMMENT.sub("", text)
    found = {kind: _answers(bare, form) for kind, form in forms.items()}
    kinds = [k for k in forms if len(found[k]) >= FEWEST]
    named = [k for k in kinds if (marked and marked[1] == k) or k in labels]
    if not kinds:
        return None
    kind = max(named or kinds, key=lambda k: len(found[k]))
    return _reading(forms[kind], found[kind])


def _answers(text: str, form: Form) -> dict[str, list[str]]:
    """The lines under each heading of a form; the first of two equal headings wins."""
    out: dict[str, list[str]] = {}
    current: list[str] = []
    for whole in text.split("\n")[:MAX_LINES]:
        line = whole[:MAX_LINE]
        question, rest, ends = _asks(line, form)
        if question and question.name not in out:
            current = out.setdefault(question.name, [])
            current.append(rest)
            continue
        if ends:
            current = []
        current.append(line)
    return out


def _asks(line: str, form: Form) -> tuple[Question | None, str, bool]:
    """The question of a line, what follows on it, and whether the answer before ends here."""
    heading = HEADING.fullmatch(line)
    if heading:
        return _titled(heading["title"], form), "", True
    for pattern in (BOLD, INLINE):
        found = pattern.fullmatch(line)
        question = form.titled(_bare(found["title"])) if found else None
        if found and question:
            return question, found["rest"], True
    return None, "", False


def _titled(heading: str, form: Form) -> Question | None:
    bare = _bare(heading)
    return form.titled(bare) or form.titled(closest(bare, [q.title for q in form.questions]))


def _bare(title: str) -> str:
    """A heading without what was added between brackets, nor marks of emphasis."""
    return re.sub(r"\([^()]*\)", " ", title).strip(" *_:`")


def _reading(form: Form, found: Mapping[str, list[str]]) -> Reading:
    values: dict[str, str] = {}
    unclear: dict[str, str] = {}
    for question in form.questions:
        lines = [x for x in found.get(question.name, ()) if not QUICK.fullmatch(x.strip())]
        value = _chosen(lines, question) if question.choices else _written(lines)
        if len(value) > MAX_ANSWER:
            value, unclear[question.name] = "", TOO_LONG
        elif value in (SEVERAL, OTHER):
            value, unclear[question.name] = "", value
        values[question.name] = value
    return Reading(form, values, unclear)


def _written(lines: list[str]) -> str:
    """An answer on one line, without what stands for nothing."""
    words = " ".join(" ".join(_plain(x) for x in lines).split()).strip("-—_* ")
    return "" if fold(words) in NOTHING else words


def _plain(line: str) -> str:
    """A line without control and invisible characters, which no honest answer holds."""
    return "".join(c for c in line if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})


def _chosen(lines: list[str], question: Question) -> str:
    """The code of the choice that is ticked, or written out; a sentence when it is unclear."""
    boxes = [box for line in lines if (box := BOX.fullmatch(line))]
    ticked = [b["text"] for b in boxes if b["tick"].strip().lower() in {"x", "✓", "✔", "v"}]
    if len(ticked) > 1:
        return SEVERAL
    written = ticked[0] if ticked else _written([x for x in lines if not BOX.fullmatch(x)])
    return _code(written, question) if written else ""


def _code(written: str, question: Question) -> str:
    said = {sentence: code for code, sentence in question.choices}
    exact = next((c for s, c in said.items() if fold(s) == fold(written)), "")
    near = closest(written, list(said))
    return exact or (said[near] if near else OTHER)


def addresses(text: str) -> Iterator[str]:
    """The web addresses in an answer, be it a link in Markdown."""
    for found in re.finditer(r"https?://[^\s<>()\[\]\"'`|]{1,500}", text):
        yield found[0].rstrip(".,;:!?*_")
