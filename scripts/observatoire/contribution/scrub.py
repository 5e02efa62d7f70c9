"""A visitor's message without names and addresses: a commit's message is public for ever.

Datami writes the visitor's name and e-mail under the message (datami.md, 8.5).
"""

from __future__ import annotations

import re

from observatoire.contribution.allowed import EMAIL

SIGNED = re.compile(r"(?:\A|\n)-{2,}[ \t]*\n\s*Contribution from[ \t]*:.*\Z", re.DOTALL)
NAME = re.compile(r"^[ \t]*User name[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
IDENTITY = re.compile(
    r"^[ \t]*(?:User name|Email|[A-Za-z]+(?:-[A-Za-z]+)*-by)[ \t]*:.*$",
    re.MULTILINE | re.IGNORECASE,
)
OWN = re.compile(r"\ACommit on branch '[^'\n]*'(?:\s*Date:[^\n]*)?(?:\s*Time:[^\n]*)?\s*\Z")
PHONE = re.compile(r"(?<![\w.])(?:\+33[ .-]?|0)[1-9](?:[ .-]?[0-9]{2}){4}(?![\w])")
SHORTEST = 3
"""Letters; a shorter name is an ordinary word too often."""
LONGEST = 2_000


def scrub(message: str) -> str:
    """What the visitor wanted to say, without who said it; "" when Datami wrote it all."""
    message = message.replace("\r\n", "\n")
    names = [n for n in NAME.findall(message) if len(n) >= SHORTEST]
    text = IDENTITY.sub("", SIGNED.sub("", message))
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[nom]", text, flags=re.IGNORECASE)
    text = PHONE.sub("[téléphone]", EMAIL.sub("[adresse électronique]", text))
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    return "" if text == "undefined" or OWN.match(text) else text[:LONGEST]
