"""Values in a condition's text: ``{kommune}``, ``{tidligst}``, ``{vilkaar:id}``, and nothing else in braces.

A text is filled in one pass, so a value is never read as text, and ``$…$`` of the records system is left
alone. A name written with a capital first letter gives its value with one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from hoering_plugin import danish
from hoering_plugin.model.ministry import Binds, Condition

REFERENCE = "vilkaar:"
"""What a reference to another condition's number begins with: ``{vilkaar:frist-varsel}``."""

OF_EVERY_CONDITION = frozenset({"bemyndiget", "delegerende", "kommuner", "kommunalbestyrelserne", "opgaver"})
OF_ONE_ROLE = frozenset({"kommune", "modpart", "organ", "modpartens_organ"})
"""Names that mean something only in a condition that binds one role."""

TOLD_APART_BY_ROLE = frozenset({"bemyndiget", "delegerende"}) | OF_ONE_ROLE
"""Names whose value depends on which municipality is authorised."""

_NAME = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*(?::[a-z0-9][a-z0-9._-]*)?)\}")


def lowered(name: str) -> str:
    """The name with a small first letter, as values are kept."""
    return name[:1].lower() + name[1:]


def names_in(text: str) -> tuple[str, ...]:
    """The names in a text's braces, as written and in order.

    Raises ValueError where a brace has no partner or what stands between them is no name.
    """
    rest = _NAME.sub("", text)
    if "{" in rest or "}" in rest:
        raise ValueError(text)
    return tuple(match[1] for match in _NAME.finditer(text))


def known_names(condition: Condition) -> frozenset[str]:
    """The names that the condition's text may use, each also with a capital first letter.

    A reference to another condition is known in form; whether that condition is in the draft, the draft says.
    """
    names = set(OF_EVERY_CONDITION) | set(condition.values)
    if condition.binds is not Binds.BOTH:
        names |= OF_ONE_ROLE
    slots = {"tidligst": condition.earliest, "senest": condition.latest, "varsel": condition.notice}
    names |= {name for name, value in slots.items() if value is not None}
    names |= {lowered(m[1]) for m in _NAME.finditer(condition.text) if lowered(m[1]).startswith(REFERENCE)}
    return frozenset(names | {danish.capital(name) for name in names})


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its values; KeyError for a name that has none, ValueError for a brace without partner."""
    names_in(text)

    def value(match: re.Match[str]) -> str:
        name = match[1]
        return values[name] if name in values else danish.capital(values[lowered(name)])

    return _NAME.sub(value, text)
