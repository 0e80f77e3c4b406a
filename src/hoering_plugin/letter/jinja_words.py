"""What Jinja says of a template it can't read, in Danish."""

from __future__ import annotations

import re

from hoering_plugin.language import Phrase, marked

_TOKENS = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "end of template": Phrase("skabelonens slutning"),
    "begin of statement block": "{%",
    "begin of print statement": "{{",
    "name": Phrase("et navn"),
    "integer": Phrase("et tal"),
    "string": Phrase("en tekst"),
}
_WORD = r"'?([^']*?)'?"
_SENTENCES = (
    (
        re.compile(rf"expected token {_WORD}, got {_WORD}$", re.IGNORECASE),
        marked("der skal stå »{a}« før »{b}«"),
    ),
    (
        re.compile(rf"expected an expression, got {_WORD}$", re.IGNORECASE),
        marked("der mangler noget før »{a}«"),
    ),
    (re.compile(rf"unexpected {_WORD}$", re.IGNORECASE), marked("»{a}« er uventet her")),
    (
        re.compile(r"unexpected char (?P<quote>['\"])(.)(?P=quote) at \d+$", re.IGNORECASE),
        marked("tegnet »{b}« kan ikke stå her"),
    ),
    (re.compile(r"no filter named '([^']*)'$", re.IGNORECASE), marked("der er intet filter »{a}«")),
    (re.compile(r"no test named '([^']*)'$", re.IGNORECASE), marked("der er ingen prøve »{a}« efter is")),
    (re.compile(r"division by zero$", re.IGNORECASE), marked("der divideres med nul")),
    (re.compile(r".* is not safely callable$", re.DOTALL), marked("det må en skabelon ikke kalde")),
)


def in_danish(message: str) -> str:
    """A message of Jinja's in Danish, if it is one of the common ones; else as it is."""
    message = message.rstrip(".")
    for pattern, sentence in _SENTENCES:
        if found := pattern.match(message):
            words = (_TOKENS.get(group, group) for group in found.groups())
            return Phrase(sentence, **dict(zip("ab", words, strict=False)))
    return message
