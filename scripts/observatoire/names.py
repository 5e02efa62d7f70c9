"""Names of local authorities in one comparable form, and the kind of body that a name announces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

EPCI_KINDS = ("MET", "CU", "CA", "CC", "EPT")
"""Kinds that names mix up: a « Métropole » may be a CU or a CA, a « Communauté » anything."""

_EMPTY_WORDS = frozenset(("d", "de", "des", "du", "et", "l", "la", "le", "les"))
_SHORT_FORMS = {"saint": "st", "sainte": "ste", "saints": "sts", "saintes": "stes", "lez": "les"}

# What announces a body before its name; longest first where one phrase begins with another.
_ANNOUNCES = (
    ("EPT", r"etablissements? publics? territorial(?:aux)?|ept|etp"),
    ("CC", r"communaute (?:de )?communes|comm? de comm?|comm? comm?|comcom|cc|c c"),
    ("CA", r"communaute (?:d )?agglo(?:meration)?|agglo(?:meration)?|ca|c a"),
    ("CU", r"communaute urbaine|cu|c u"),
    ("MET", r"metropole europeenne|metropole|eurometropole"),
    ("CC", r"communaute"),
    ("DEP", r"conseil departemental|conseil general|collectivite europeenne|departement"),
    (
        "REG",
        r"conseil regional|collectivite territoriale|collectivite|gouvernement|region",
    ),
    (
        "COM",
        r"hotel (?:de )?ville|commune nouvelle|commune|mairie|municipalite"
        r"|ville (?=(?:de|des|du|d) )",
    ),
)
_KINDS = tuple(kind for kind, _ in _ANNOUNCES)
_BEFORE = re.compile(
    r"(?:(?:la|le|les|l) )?(?:"
    + "|".join(f"({phrases})" for _, phrases in _ANNOUNCES)
    + r") ?(?:(?<= )(?=\S))(?:(?:de|des|du|d) )?(?:(?:la|le|les|l) )?(?=\S)"
)
_AFTER = re.compile(
    r"(?<=\S) (?:(?P<CC>communaute (?:de )?communes|communaute|cc)"
    r"|(?P<CA>communaute (?:d )?agglo(?:meration)?|agglo(?:meration)?|ca)"
    r"|(?P<CU>communaute urbaine|cu)|(?P<MET>metropole)"
    r"|(?P<DEP>departement)|(?P<REG>region|gouvernement))$"
)
_FIRST = frozenset(
    re.findall(
        r"\w+",
        "la le les l etablissement etablissements ept etp communaute com"
        " comm comcom cc c agglo agglomeration ca cu metropole"
        " eurometropole conseil collectivite departement gouvernement region"
        " hotel commune mairie municipalite ville",
    )
)
"""The words that ``_BEFORE`` can begin with: most names begin with none of them."""
_LAST = frozenset(
    re.findall(
        r"\w+",
        "communes communaute cc agglo agglomeration ca urbaine cu metropole"
        " departement region gouvernement",
    )
)
"""The words that ``_AFTER`` can end with."""
_BRACKETS = re.compile(r"\([^()]*(?:\)|$)")
_NOT_WORD = re.compile(r"\W+")
_NOT_WORD_IN_LINES = re.compile(r"[^\w\n]+")
_ABROAD = re.compile(r"[^\x00-\x7f]+")
_LIGATURES = (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"))
_ACCENTS = re.compile("[\u0300-\u036f]+")
_CACHE = 1 << 17  # every commune, with room for the publishers of all the portals


def normalise(name: str) -> str:
    """The name without what varies from one writer to another; never empty for a real name.

    Accents, case, punctuation, what stands between brackets, articles and « de », the words that
    announce a body (« Ville de », « CC du », « Métropole ») go; « saint » becomes « st ».
    ``normalise(normalise(x)) == normalise(x)``.
    """
    return _split(name)[1]


def normalised(names: Sequence[str]) -> list[str]:
    """``normalise`` of each of many names, in half the time: accents go from all of them at once.

    What announces a body is left to ``normalise``, as are names with brackets or line ends.
    """
    lines = _words("\n".join(names), _NOT_WORD_IN_LINES).split("\n")
    if len(lines) != len(names):
        return [normalise(name) for name in names]
    return [_usual(line, name) or normalise(name) for name, line in zip(names, lines, strict=True)]


def _usual(line: str, name: str) -> str:
    """The form of a name that announces no body, from its plain words; "" for any other name."""
    words = line.split(" ")
    if len(words) == 1:
        return _SHORT_FORMS.get(line, line)
    kept = [_SHORT_FORMS.get(w, w) for w in words if w not in _EMPTY_WORDS]
    announces = {words[0], *kept[:1]} & _FIRST or {words[-1], *kept[-1:]} & _LAST
    again = "(" in name or "" in words or "les" in kept
    return "" if announces or again else " ".join(kept)


def kind_hint(name: str) -> str:
    """The type that a name announces: REG DEP MET CU CA CC EPT COM, or "" when it says nothing.

    A hint only: « Limoges Métropole » is a CU, and « Communauté » alone says CC.
    """
    return _split(name)[0]


@lru_cache(maxsize=_CACHE)
def _split(name: str) -> tuple[str, str]:
    words = _words(_BRACKETS.sub(" ", name) if "(" in name else name) or _words(name)
    if " " not in words:
        return "", _SHORT_FORMS.get(words, words)
    hint = ""
    while True:
        kind, bare = _without_kind(words)
        hint = hint or kind
        # « Ville de Ville-d'Avray »: what announces goes while « de » still shows where it ends.
        short = bare if kind else _short(words)
        if short == words:
            return hint, words
        words = short


def _words(name: str, marks: re.Pattern[str] = _NOT_WORD) -> str:
    """Lower case letters and digits, in words separated by one space in place of ``marks``."""
    if not name.isascii():
        for one, two in _LIGATURES:
            name = name.replace(one, two)
        name = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
        name = _ACCENTS.sub("", name)
        name = _ABROAD.sub(_standing, name)
    name = name.replace("&", " et ").replace("_", " ")
    return marks.sub(" ", name.lower().strip().replace(" s/", " sur ")).strip()


def _standing(found: re.Match[str]) -> str:
    """Letters that are not Latin, without the marks above and below them."""
    return "".join(c for c in found[0] if not unicodedata.combining(c))


def _without_kind(words: str) -> tuple[str, str]:
    first, _, rest = words.partition(" ")
    if first in _FIRST and (before := _BEFORE.match(words)):
        return _KINDS[(before.lastindex or 1) - 1], words[before.end() :]
    if rest.rpartition(" ")[2] in _LAST and (after := _AFTER.search(words)):
        return after.lastgroup or "", words[: after.start()]
    return "", words


def _short(words: str) -> str:
    kept = [_SHORT_FORMS.get(w, w) for w in words.split(" ") if w not in _EMPTY_WORDS]
    return " ".join(kept) or words
