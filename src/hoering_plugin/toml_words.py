"""What the standard library's TOML reader says is wrong, in words for the person who edits the file."""

from __future__ import annotations

from hoering_plugin.language import Phrase

_WORDS = (
    ("Cannot overwrite a value", Phrase("samme felt står to gange")),
    ("Cannot declare", Phrase("samme afsnit står to gange")),
    ("Cannot mutate", Phrase("et afsnit, der allerede er skrevet færdigt, fortsættes her")),
    ("Cannot redefine", Phrase("et afsnit skrives igen under samme navn")),
    ("Duplicate inline table key", Phrase("samme felt står to gange mellem {{ og }}")),
    ("Expected '='", Phrase("der mangler et lighedstegn efter feltets navn")),
    ("Expected ']]'", Phrase("der mangler ]] efter afsnittets navn")),
    ("Expected ']'", Phrase("der mangler ] efter afsnittets navn")),
    ("Expected newline", Phrase("der står noget efter værdien; begynd på en ny linje")),
    ("Invalid date", Phrase("datoen findes ikke; den skrives som 2020-12-01 uden anførselstegn")),
    ("Invalid initial character", Phrase("her ventes navnet på et felt")),
    ("Invalid statement", Phrase("linjen er hverken et felt, et afsnit eller en kommentar")),
    ("Invalid hex", Phrase("tegnkoden efter »\\« er ikke gyldig")),
    ("Escaped character", Phrase("tegnkoden efter »\\« er ikke et tegn")),
    ("Invalid value", Phrase("værdien kan ikke læses; tekst skal stå i anførselstegn")),
    ("Unclosed array", Phrase("der mangler ] efter listen")),
    ("Unclosed inline table", Phrase("der mangler }} efter gruppen")),
    ("Unescaped", Phrase("tegnet »\\« i en tekst skal skrives to gange")),
    ("Unterminated string", Phrase("der mangler et anførselstegn efter teksten")),
    ("Illegal character", Phrase("her står et tegn, som ikke må stå i filen")),
    ("Found invalid character", Phrase("her står et tegn, som ikke må stå i filen")),
    ("Expected", Phrase("der mangler et tegn")),
)


def in_danish(said: str) -> str:
    """The reader's message in Danish; as it is where this list hasn't got it."""
    return next((words for beginning, words in _WORDS if said.startswith(beginning)), said)
