"""Guessing the slip behind a wrong cell: what the person meant, and how it was written.

Every guess is a ``Slip``: the cell to write, and words that name the slip. A guess is only made
when one reading is possible; otherwise there is none, and the message says what is expected.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from observatoire.letters import fold, slug
from observatoire.schema import Field, Schema

# Patterns are compiled when a wrong cell comes: start-up counts.
_BLANKS = "\u0020\u00a0\u202f\u2009\t"
_GROUPED = rf"[+-]?[0-9]{{1,3}}([{_BLANKS}][0-9]{{3}})+([.,][0-9]+)?"
_PLAIN = r"-[0-9]+(?:\.[0-9]+)?"
_COMMA = r"[+-]?[0-9]*,[0-9]+"
_AMBIGUOUS = r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3}|\.[0-9]{3})"
"""Thousands for one spreadsheet, three decimals for another: 1,000 or 20.000."""
_FRENCH_DATE = r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})(\D.*)?"
_SHORT_DATE = r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{2}|[0-9]{4})"
_SERIAL = r"[3-5][0-9]{4}"
"""The number of a day in a spreadsheet, from 1982 to 2064."""
_EPOCH = date(1899, 12, 30)
_OTHER_DATE = r"([0-9]{4})[/.-]?([0-9]{1,2})[/.-]?([0-9]{1,2})([T ].*)?"
_WRITTEN_DATE = r"(?:[^\W\d]+\.? )?([0-9]{1,2})(?:er)?[ -]([^\W\d]+)\.?[ -]([0-9]{2}|[0-9]{4})"
_WORDS = r"(?:[^0-9.,]|\.(?![0-9]))*"
_QUANTITY = rf"{_WORDS}([0-9]{{1,3}}(?:[ \u00a0\u202f.,'’][0-9]{{3}})+|[0-9]+){_WORDS}"
"""A whole number among words: 12 jeux, env. 1 200 hab., 1.234."""
_DEGREES = (
    r"([+-]?[0-9]{1,3})°\s*(?:([0-9]{1,2})['’′]\s*)?(?:([0-9]{1,2}(?:[.,][0-9]+)?)(?:\"|''|”|″)\s*)?"
    r"([NSEWO])?"
)
_DOTTED = r"([+-]?[0-9]{1,3})\.([0-9]{3})\.([0-9]{1,12})"
"""A decimal number whose digits a spreadsheet put in groups of three."""
_MEASURED = r"([+-]?[0-9]{1,3}[.,][0-9]+)\s*°\s*[NSEWO]?"
_MONTHS = ("jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec")
_SCHEME = r"(?i)^h?t{1,3}p(s?)[:;]?/{1,3}(?=[^/])"
SIREN, SIRET = 9, 14
SHORT = 2
"""Digits of a year without its century."""


_ENGLISH = {
    "": "",
    "avec un point et non une virgule": "with a point, not a comma",
    "sans espace entre les chiffres": "without blanks between the digits",
    "sans partie décimale": "without decimals",
    "avec le signe moins du clavier": "with the minus sign of the keyboard",
    "dans l'ordre année-mois-jour": "in the order year-month-day",
    "sans l'heure": "without the time",
    "avec des tirets et deux chiffres par élément": "with hyphens and two digits by element",
    "en chiffres, année-mois-jour": "in digits, year-month-day",
    "sans espace ni caractère invisible autour": "without blank or invisible character around",
    "les 9 premiers chiffres du SIRET": "the first 9 digits of the SIRET",
    "avec son zéro de tête": "with its leading zero",
    "sans apostrophe devant": "without an apostrophe before it",
    "le numéro seul": "the number alone",
    "en majuscules": "in capitals",
    "en minuscules, sans accent ni espace": "in lower case, without accents or blanks",
}


WORDED = frozenset(("nom", "adresse", "porteur", "programmes"))
"""Columns of words, in the tables that people write."""


class Slip(NamedTuple):
    """What the person meant, and the slip in words ("" when the repair speaks for itself)."""

    fix: str
    words: str = ""

    @property
    def english(self) -> str:
        """The words in English."""
        return _ENGLISH[self.words]


def worded(schema: Schema, field: Field) -> bool:
    """Whether a column holds the words of people; those of a portal are kept as they are."""
    return schema.name in ("organisations", "plateformes") and field.name in WORDED


def spaced(cell: str) -> str:
    """The words with one space between them."""
    return re.sub("  +", " ", cell)


def number(cell: str) -> Slip | None:
    """A number as people write it in French: decimal comma, blanks between thousands."""
    text = cell.strip(_BLANKS).replace("−", "-").replace("–", "-")
    if re.fullmatch(_PLAIN, text) and text not in cell:
        return Slip(shortest(text), "avec le signe moins du clavier")
    if re.fullmatch(_COMMA, text):
        return Slip(shortest(text.replace(",", ".")), "avec un point et non une virgule")
    if re.fullmatch(_GROUPED, text):
        packed = re.sub(rf"[{_BLANKS}]", "", text).replace(",", ".")
        return Slip(shortest(packed), "sans espace entre les chiffres")
    return None


def integer(cell: str) -> Slip | None:
    """A whole number with a needless decimal part (``20.0``), or as people write it in French."""
    if re.fullmatch(_AMBIGUOUS, cell.strip(_BLANKS)):
        return None
    slip = number(cell)
    text = slip.fix if slip else cell.strip(_BLANKS)
    if re.fullmatch(r"[+-]?[0-9]+(\.0*)?", text):
        words = slip.words if slip and "," not in cell else "sans partie décimale"
        return Slip(shortest(text), words)
    return None


def shortest(text: str) -> str:
    """The shortest decimal of a plain number: no sign plus, no needless zero."""
    sign = "-" if text.startswith("-") else ""
    whole, _, rest = text.lstrip("+-").partition(".")
    whole, rest = whole.lstrip("0") or "0", rest.rstrip("0")
    out = f"{whole}.{rest}" if rest else whole
    return out if out == "0" else sign + out


def day(cell: str) -> Slip | None:
    """A date in another form: 23/11/2026, 23-11-2026, 2026/11/23, 23 novembre 2026."""
    text = cell.strip(_BLANKS)
    if found := re.fullmatch(_FRENCH_DATE, text):
        return _slip(found[3], found[2], found[1], "dans l'ordre année-mois-jour")
    if found := re.fullmatch(_OTHER_DATE, text):
        words = "sans l'heure" if found[4] else "avec des tirets et deux chiffres par élément"
        return _slip(found[1], found[2], found[3], words)
    found = re.fullmatch(_WRITTEN_DATE, text)
    if found and len(found[3]) > SHORT:
        month = [i for i, m in enumerate(_MONTHS, 1) if fold(found[2]).startswith(m)]
        if month:
            return _slip(found[3], str(month[0]), found[1], "en chiffres, année-mois-jour")
    return None


def likely_number(cell: str, kind: str) -> str:
    """The number that was probably meant, to be confirmed: 12 jeux, 43° 35' N, 43.603.956."""
    text = cell.strip(_BLANKS).replace("−", "-")
    if kind == "integer":
        found = re.fullmatch(_QUANTITY, text)
        return shortest(re.sub(r"\D", "", found[1])) if found else ""
    if found := re.fullmatch(_DOTTED, text):
        return shortest(f"{found[1]}.{found[2]}{found[3]}")
    if found := re.fullmatch(_MEASURED, text):
        return shortest(found[1].replace(",", "."))
    if (found := re.fullmatch(_DEGREES, text)) and (found[2] or found[3]):
        whole, minutes, seconds = found[1], int(found[2] or 0), (found[3] or "0").replace(",", ".")
        size = abs(int(whole)) + minutes / 60 + float(seconds) / 3600
        south = whole.startswith("-") or (found[4] or "") in ("S", "W", "O")
        return shortest(f"{'-' if south else ''}{size:.6f}")
    return ""


def pointed(cell: str, whole: int) -> str:
    """A number whose decimal point was lost, after so many digits; "" for another."""
    found = re.fullmatch(rf"(-?[0-9]{{{whole}}})([0-9]{{4,15}})", cell)
    return shortest(f"{found[1]}.{found[2]}") if found else ""


def likely_day(cell: str) -> str:
    """The day that was probably meant, to be confirmed: 23/11/26, 11/23/2026, 46349; else ""."""
    text = cell.strip(_BLANKS)
    if re.fullmatch(_SERIAL, text):
        return (_EPOCH + timedelta(days=int(text))).isoformat()
    if (found := re.fullmatch(_WRITTEN_DATE, text)) and len(found[3]) == SHORT:
        day_, month, year_ = found[1], found[2], found[3]
        meant = day(f"{day_} {month} 20{year_}")
        return meant.fix if meant else ""
    found = re.fullmatch(_SHORT_DATE, text)
    if not found:
        return ""
    year = found[3] if len(found[3]) > SHORT else f"20{found[3]}"
    meant = _slip(year, found[2], found[1], "") or _slip(year, found[1], found[2], "")
    return meant.fix if meant else ""


def _slip(year: str, month: str, number: str, words: str) -> Slip | None:
    try:
        return Slip(date(int(year), int(month), int(number)).isoformat(), words)
    except ValueError:
        return None


def choice(cell: str, allowed: Sequence[str]) -> Slip | None:
    """An allowed value but for its capitals, accents or punctuation."""
    near = [a for a in allowed if fold(a) == fold(cell)]
    return Slip(near[0]) if len(near) == 1 else None


def shape(cell: str, field: Field) -> Slip | None:
    """A text that fits the pattern once cleaned as its field allows."""
    pattern = field.compiled
    if pattern is None:
        return None
    for attempt, words in _ATTEMPTS:
        meant = attempt(cell)
        if meant and meant != cell and pattern.fullmatch(meant):
            return Slip(meant, words)
    return None


def _bare(cell: str) -> str:
    return "".join(c for c in cell if unicodedata.category(c) not in {"Cf", "Cc"}).strip()


def digits(cell: str) -> str:
    """A SIREN in groups of three digits, with or without dots."""
    packed = re.sub(rf"[{_BLANKS}.]", "", _bare(cell))
    return packed if packed.isdigit() else ""


def _siret(cell: str) -> str:
    packed = digits(cell)
    return packed[:SIREN] if len(packed) == SIRET else ""


def unmarked(cell: str) -> str:
    """A number before which a spreadsheet's mark of text was left: '213500010."""
    text = _bare(cell)
    return text[1:] if text[:1] in "'’" and text[1:].isalnum() else ""


def _alone(cell: str) -> str:
    """The only SIREN among words: SIREN 213500010, n° 213 500 010."""
    found = re.findall(r"(?<!\d)\d{3}[ .\u00a0\u202f]?\d{3}[ .\u00a0\u202f]?\d{3}(?!\d)", cell)
    return digits(found[0]) if len(found) == 1 else ""


def padded(cell: str) -> str:
    """A département without its leading zero, as a spreadsheet leaves it."""
    return f"0{cell}" if len(cell) == 1 and cell in "123456789" else ""


def upper(cell: str) -> str:
    """In capitals."""
    return cell.upper()


def _web(cell: str) -> str:
    """An address without its scheme, with a misspelt one (htps:/…), or with a blank in it."""
    if cell.count("://") > 1:
        return ""  # two addresses: nobody can tell which one is meant
    text = re.sub(r"(?<=:)(/*)\s+", r"\1", _bare(cell).strip("<>").rstrip()).replace(" ", "%20")
    if re.match(r"(www\.|[a-z0-9-]+(\.[a-z0-9-]+)*\.(fr|com|org|net|eu|bzh)(/|$))", text):
        return f"https://{text}"
    return re.sub(_SCHEME, lambda found: f"http{found[1].lower()}://", text, count=1)


_ATTEMPTS: tuple[tuple[Callable[[str], str], str], ...] = (
    (_bare, "sans espace ni caractère invisible autour"),
    (digits, "sans espace entre les chiffres"),
    (_siret, "les 9 premiers chiffres du SIRET"),
    (unmarked, "sans apostrophe devant"),
    (_alone, "le numéro seul"),
    (padded, "avec son zéro de tête"),
    (upper, "en majuscules"),
    (_web, ""),
    (slug, "en minuscules, sans accent ni espace"),
)
