"""A name that the data don't have: reported where it is used, so that one rendering finds them all."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Undefined, UndefinedError
from jinja2.exceptions import SecurityError

from hoering_plugin.findings import error
from hoering_plugin.language import Phrase
from hoering_plugin.letter.run import RUN, Run

UNDEFINED = error(
    "pladsholder-ukendt", "{pladsholder} bruger »{navn}«, som ikke findes i brevets data.", "{forslag}"
)
UNSAFE = error(
    "felt-forbudt", "{pladsholder} bruger »{navn}«, som en skabelon ikke har adgang til.", "Fjern det."
)
_NO_OBJECT = Undefined()._undefined_obj


class Missing(Undefined):
    """An undefined name that is reported where it is used, and then lets the rendering go on to the next."""

    def _report(self) -> None:
        run = RUN.get(None)
        if run is None:
            raise UndefinedError(self._undefined_message)
        name = str(self._undefined_name)
        if self._undefined_exception is SecurityError:
            run.report(UNSAFE, navn=name)
            return
        run.report(UNDEFINED, navn=name, forslag=nearest(name, self._near(run)))

    def _near(self, run: Run) -> tuple[str, ...]:
        if self._undefined_obj is _NO_OBJECT:
            return run.names
        return tuple(map(str, self._undefined_obj)) if isinstance(self._undefined_obj, Mapping) else ()

    def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> Any:
        self._report()
        return super()._fail_with_undefined_error(*args, **kwargs)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _fail_with_undefined_error
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _fail_with_undefined_error
    __mod__ = __rmod__ = __pow__ = __rpow__ = __pos__ = __neg__ = _fail_with_undefined_error
    __lt__ = __le__ = __gt__ = __ge__ = __call__ = _fail_with_undefined_error
    __int__ = __float__ = __complex__ = _fail_with_undefined_error

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__":
            raise AttributeError(name)
        self._report()
        return self

    def __getitem__(self, key: object) -> Any:
        self._report()
        return self

    def __str__(self) -> str:
        self._report()
        return ""

    def __bool__(self) -> bool:
        self._report()
        return False

    def __len__(self) -> int:
        self._report()
        return 0

    def __iter__(self) -> Iterator[Any]:
        self._report()
        return iter(())

    def __eq__(self, other: object) -> bool:
        self._report()
        return False

    def __contains__(self, item: object) -> bool:
        self._report()
        return False

    __hash__ = Undefined.__hash__


def nearest(name: str, known: tuple[str, ...]) -> str:
    """What to do about an unknown name: the nearest known one, if any is near."""
    near = difflib.get_close_matches(name, known, 1)
    if near:
        return Phrase("Mente du »{navn}«?", navn=near[0])
    return Phrase("Ret navnet i skabelonen, eller giv feltet en værdi.")
