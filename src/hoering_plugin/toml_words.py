"""What the standard library's TOML reader says is wrong, in words for the person who edits the file."""

from __future__ import annotations

_WORDS = (
    ("Cannot overwrite a value", "samme felt står to gange"),
    ("Cannot declare", "samme afsnit står to gange"),
    ("Cannot mutate", "et afsnit, der allerede er skrevet færdigt, fortsættes her"),
    ("Cannot redefine", "et afsnit skrives igen under samme navn"),
    ("Duplicate inline table key", "samme felt står to gange mellem { og }"),
    ("Expected '='", "der mangler et lighedstegn efter feltets navn"),
    ("Expected ']]'", "der mangler ]] efter afsnittets navn"),
    ("Expected ']'", "der mangler ] efter afsnittets navn"),
    ("Expected newline", "der står noget efter værdien; begynd på en ny linje"),
    ("Invalid date", "datoen findes ikke; den skrives som 2020-12-01 uden anførselstegn"),
    ("Invalid initial character", "her ventes navnet på et felt"),
    ("Invalid statement", "linjen er hverken et felt, et afsnit eller en kommentar"),
    ("Invalid hex", "tegnkoden efter »\\« er ikke gyldig"),
    ("Escaped character", "tegnkoden efter »\\« er ikke et tegn"),
    ("Invalid value", "værdien kan ikke læses; tekst skal stå i anførselstegn"),
    ("Unclosed array", "der mangler ] efter listen"),
    ("Unclosed inline table", "der mangler } efter gruppen"),
    ("Unescaped", "tegnet »\\« i en tekst skal skrives to gange"),
    ("Unterminated string", "der mangler et anførselstegn efter teksten"),
    ("Illegal character", "her står et tegn, som ikke må stå i filen"),
    ("Found invalid character", "her står et tegn, som ikke må stå i filen"),
    ("Expected", "der mangler et tegn"),
)


def in_danish(said: str) -> str:
    """The reader's message in Danish; as it is where this list hasn't got it."""
    return next((words for beginning, words in _WORDS if said.startswith(beginning)), said)
