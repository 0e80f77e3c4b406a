"""What Jinja says of a template it can't read, in Danish."""

from __future__ import annotations

import re

_TOKENS = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "end of template": "skabelonens slutning",
    "begin of statement block": "{%",
    "begin of print statement": "{{",
    "name": "et navn",
    "integer": "et tal",
    "string": "en tekst",
}
_WORD = r"'?([^']*?)'?"
_SENTENCES = (
    (re.compile(rf"expected token {_WORD}, got {_WORD}$", re.IGNORECASE), "der skal stå »{}« før »{}«"),
    (re.compile(rf"expected an expression, got {_WORD}$", re.IGNORECASE), "der mangler noget før »{}«"),
    (re.compile(rf"unexpected {_WORD}$", re.IGNORECASE), "»{}« er uventet her"),
    (
        re.compile(r"unexpected char (?P<quote>['\"])(.)(?P=quote) at \d+$", re.IGNORECASE),
        "tegnet »{1}« kan ikke stå her",
    ),
    (re.compile(r"no filter named '([^']*)'$", re.IGNORECASE), "der er intet filter »{}«"),
    (re.compile(r"no test named '([^']*)'$", re.IGNORECASE), "der er ingen prøve »{}« efter is"),
    (re.compile(r"division by zero$", re.IGNORECASE), "der divideres med nul"),
    (re.compile(r".* is not safely callable$", re.DOTALL), "det må en skabelon ikke kalde"),
)


def in_danish(message: str) -> str:
    """A message of Jinja's in Danish, if it is one of the common ones; else as it is."""
    message = message.rstrip(".")
    for pattern, sentence in _SENTENCES:
        if found := pattern.match(message):
            return sentence.format(*(_TOKENS.get(group, group) for group in found.groups()))
    return message
