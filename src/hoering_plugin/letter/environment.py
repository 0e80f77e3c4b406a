"""The Jinja environment of every template: sandboxed, autoescaped, and loud about what is undefined.

The lint, the list of placeholders and the rendering all use the environments made here, so that they can't
disagree about what a template means.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence, Set
from decimal import Decimal
from types import ModuleType
from typing import Any

from jinja2 import Undefined
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner

from hoering_plugin.letter.ids import ID_FILTER
from hoering_plugin.letter.printed import RICH_FILTER, finalize, give_id, rich
from hoering_plugin.letter.undefined import Missing

_DATA = (
    *(str, bytes, int, float, Decimal, dt.date, dt.time, dt.timedelta, Mapping, Sequence, Set),
    *(LoopContext, Macro, Cycler, Joiner),
)


class Environment(ImmutableSandboxedEnvironment):
    """A sandbox without loaders, in which everything printed is escaped for XML, except in a plain text.

    A key of a mapping goes before a method of the same name, so that data called ``items`` can be printed.
    """

    def __init__(self, undefined: type[Undefined], *, autoescape: bool = True) -> None:
        super().__init__(autoescape=autoescape, undefined=undefined, finalize=finalize)
        self.filters |= {RICH_FILTER: rich, ID_FILTER: give_id}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The value of ``obj.attribute`` in a template."""
        if isinstance(obj, dict | Mapping):
            try:
                return obj[attribute]
            except KeyError:
                pass
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read an attribute: nothing private, and nothing of modules."""
        return not isinstance(obj, ModuleType) and super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call something: methods of plain data, and functions it was given."""
        owner = getattr(obj, "__self__", None)
        given = owner is None or isinstance(owner, ModuleType)
        return (given or isinstance(owner, _DATA)) and super().is_safe_callable(obj)


STRICT, STRICT_TEXT = Environment(Missing), Environment(Missing, autoescape=False)
EMPTY, EMPTY_TEXT = Environment(Undefined), Environment(Undefined, autoescape=False)
