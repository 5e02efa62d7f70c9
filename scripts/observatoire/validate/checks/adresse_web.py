"""A web address that a visitor cannot use: internal, with a session or tracking, malformed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.words import quote

CODE = "adresse-web"
TITLE = "Adresse web inutilisable"
TITLE_EN = "Unusable web address"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "publications",
        "cette adresse contient un numéro de session, qui ne marche que pour vous : écrivez"
        " « https://data.rennesmetropole.fr/explore/?q=bus ».",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"url": "https://data.rennesmetropole.fr/explore/;jsessionid=A1B2?q=bus"},
        good={"url": "https://data.rennesmetropole.fr/explore/?q=bus"},
        fix="https://data.rennesmetropole.fr/explore/?q=bus",
    ),
    Example(
        "publications",
        "cette adresse contient un mouchard (utm_source) : écrivez"
        " « https://data.rennesmetropole.fr/explore/ ».",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"url": "https://data.rennesmetropole.fr/explore/?utm_source=lettre"},
        good={"url": "https://data.rennesmetropole.fr/explore/"},
        fix="https://data.rennesmetropole.fr/explore/",
    ),
    Example(
        "plateformes",
        "« 192.168.1.12 » est une adresse interne, que personne ne peut ouvrir de l'extérieur :"
        " écrivez l'adresse publique.",
        key=("rennes-metropole",),
        bad={"url": "http://192.168.1.12/opendata"},
        good={"url": "https://data.rennesmetropole.fr"},
    ),
    Example(
        "plateformes",
        "« datarennes » n'est pas un nom de site complet : il y manque un point (exemple :"
        " « data.rennesmetropole.fr »).",
        key=("rennes-metropole",),
        bad={"url": "https://datarennes/portail"},
        good={"url": "https://data.rennesmetropole.fr"},
    ),
)

# Compiled when a cell is judged: start-up counts.
SESSION = r"(?i);jsessionid=[^?#]*|(?<=[?&])(?:jsessionid|phpsessid|session_?id)=[^&#]*&?"
TRACKING = r"(?i)(?<=[?&])(utm_[a-z]+|fbclid|gclid)=[^&#]*&?"
PARTS = r"https?://(?:([^/?#]*)@)?(\[[^\]]*\]|[^/?#:]*)(?::[0-9]*)?([/?#].*)?"
LOCAL = r"(?i)localhost|.*\.(?:local|lan|localhost|internal|home|test)"
HOST = r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}"


def check(context: Context) -> Iterator[Finding]:
    """Addresses in any column whose name begins with ``url``."""
    for sheet in context.sheets():
        for field in sheet.schema.fields:
            if field.name.startswith("url"):
                yield from sheet.judge(CODE, field.name, verdict)


def verdict(url: str) -> Remark | None:
    """What is wrong with an address; None for a sound one, or one that is not of the web."""
    parts = re.fullmatch(PARTS, url)
    if parts is None:
        return None
    secret, host, rest = parts.groups()
    if secret is not None:
        return Remark(
            "cette adresse contient un nom d'utilisateur : enlevez ce qui précède « @ ».",
            "this address contains a user name: remove what comes before « @ ».",
        )
    if re.match(r"https?://https?(:|/)", url, re.I):
        return Remark(
            "l'adresse commence deux fois par « https:// » : gardez-en un seul.",
            "the address begins twice with « https:// »: keep only one.",
        )
    if " " in host or not (host or rest):
        return None  # without the shape of an address: another check tells
    return _host(host) or _query(url)


def _host(host: str) -> Remark | None:
    if re.fullmatch(LOCAL, host) or _private(host):
        return Remark(
            f"{quote(host)} est une adresse interne, que personne ne peut ouvrir de l'extérieur :"
            " écrivez l'adresse publique.",
            f"{quote(host)} is an internal address, which nobody can open from outside: write the"
            " public address.",
        )
    if re.fullmatch(HOST, host) or _numeric(host):
        return None
    if not host:
        return Remark(
            "il manque le nom du site après « https:// » (exemple : « data.rennesmetropole.fr »).",
            "the name of the site is missing after « https:// » (example:"
            " « data.rennesmetropole.fr »).",
        )
    if "." not in host:
        return Remark(
            f"{quote(host)} n'est pas un nom de site complet : il y manque un point (exemple :"
            " « data.rennesmetropole.fr »).",
            f"{quote(host)} is not a complete site name: a dot is missing (example:"
            " « data.rennesmetropole.fr »).",
        )
    return Remark(
        f"{quote(host)} n'est pas un nom de site : corrigez l'adresse.",
        f"{quote(host)} is not a site name: correct the address.",
    )


def _query(url: str) -> Remark | None:
    if re.search(SESSION, url):
        clean = _trim(re.sub(SESSION, "", url))
        return Remark(
            "cette adresse contient un numéro de session, qui ne marche que pour vous : écrivez"
            f" {quote(clean)}.",
            "this address contains a session number, which works for you only: write"
            f" {quote(clean)}.",
            clean,
        )
    tracking = re.search(TRACKING, url)
    if tracking:
        clean = _trim(re.sub(TRACKING, "", url))
        return Remark(
            f"cette adresse contient un mouchard ({tracking[1]}) : écrivez {quote(clean)}.",
            f"this address contains a tracker ({tracking[1]}): write {quote(clean)}.",
            clean,
        )
    return None


def _trim(url: str) -> str:
    """Without the marks that a removed parameter leaves behind."""
    return re.sub(r"[?&](?=#|$)", "", url)


def _numeric(host: str) -> bool:
    return host.startswith("[") or host.replace(".", "").isdigit()


def _private(host: str) -> bool:
    """An IP address that is not of the public Internet, however it is spelt."""
    if not _numeric(host):
        return False
    import ipaddress  # only for a numeric host: start-up counts

    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return True
