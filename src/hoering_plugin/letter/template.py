"""A Word template, compiled once and merged with data into any number of letters.

``Template(path).render(context)`` takes any docxtpl template and gives what docxtpl would have given, or an
error where docxtpl would have lost something. docxtpl's own work on the template is done once; a letter is
then the rendered text of the few parts that change and the compressed bytes of those that don't.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from hoering_plugin.findings import SetupError
from hoering_plugin.letter.cache import keep_source, kept_source
from hoering_plugin.letter.compile import Mode
from hoering_plugin.letter.errors import RenderError
from hoering_plugin.letter.merge import compile_source
from hoering_plugin.letter.package import deflate, pack, read_file, read_members
from hoering_plugin.letter.run import NeedsDocxtpl
from hoering_plugin.letter.source import Source, take_apart

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_LEVEL = 3
"""How hard the parts of each letter are compressed: half of level 6's time for a twentieth more of a file."""

Prepare = Callable[["DocxTemplate"], Mapping[str, object]]
AnyError = TypeVar("AnyError", SetupError, RenderError)


class Template:
    """Any docxtpl template, ready to be rendered any number of times, also from several threads at once."""

    def __init__(
        self,
        source: str | Path | bytes,
        *,
        undefined: Mode = "strict",
        restricted: bool = False,
        cache: Path | None = None,
    ) -> None:
        """Compile a template.

        ``source`` is a path or the bytes of a .docx file. ``undefined`` says what becomes of a name that the
        data don't have: an error, or nothing, as in docxtpl. ``restricted`` is for the letter's own
        templates: only the constructs that the lint allows there, and a tag for each condition and request.
        ``cache`` is a folder for what a later process need not make again.

        Raises :class:`SetupError` for a file that is no usable template, with all that is wrong.
        """
        self._name = "" if isinstance(source, bytes) else str(source)
        self._ways = (undefined, restricted, cache)
        try:
            self._data = source if isinstance(source, bytes) else read_file(Path(source))
            taken_apart = self._source(cache)
            self._merge = compile_source(taken_apart, undefined, restricted=restricted)
            self._members = taken_apart.members
        except SetupError as exc:
            raise self._named(exc) from exc

    def _source(self, cache: Path | None) -> Source:
        """The template taken apart, or what is kept of it."""
        kept = kept_source(cache, self.sha256) if cache else None
        if kept is not None:
            return kept
        read_members(self._data)
        source = take_apart(self._data)
        if cache:
            keep_source(cache, self.sha256, source)
        return source

    def __reduce__(self) -> tuple[Callable[..., Template], tuple[object, ...]]:
        """A template travels to another process as its bytes, and is compiled there once."""
        return _again, (self._data, self._name, *self._ways)

    @property
    def sha256(self) -> str:
        """The hash of the template file."""
        return hashlib.sha256(self._data).hexdigest()

    def render(self, context: Mapping[str, object], prepare: Prepare | None = None) -> bytes:
        """A letter as the bytes of a .docx file. The same context gives the same bytes.

        An image (``InlineImage``) among the data, or ``prepare``, has docxtpl render the letter in full.
        ``prepare`` is called with a fresh ``DocxTemplate`` for this letter alone, to make sub-documents and
        links of and to replace pictures in; what it returns is added to the context.

        Raises :class:`RenderError` if the letter can't be made whole, with all that is missing.
        """
        try:
            return self._render_live(context, prepare) if prepare else self._render(context)
        except NeedsDocxtpl:
            return self._render_live(context, None)
        except RenderError as exc:
            raise self._named(exc) from exc

    def _render(self, context: Mapping[str, object]) -> bytes:
        blobs = self._merge.blobs(context)
        return pack(
            deflate(member.name, blobs[member.name], _LEVEL) if member.name in blobs else member
            for member in self._members
        )

    def _render_live(self, context: Mapping[str, object], prepare: Prepare | None) -> bytes:
        from hoering_plugin.letter.live import render_live  # docxtpl takes a quarter of a second to import

        try:
            return render_live(self._data, self._merge, context, prepare)
        except RenderError as exc:
            raise self._named(exc) from exc

    def _named(self, exc: AnyError) -> AnyError:
        """The same error, with the template's name in every place."""
        return type(exc)(found.within(self._name) for found in exc.findings) if self._name else exc


@lru_cache(maxsize=8)
def _again(data: bytes, name: str, undefined: Mode, restricted: bool, cache: Path | None) -> Template:
    """The template that another process sent."""
    template = Template(data, undefined=undefined, restricted=restricted, cache=cache)
    template._name = name
    return template
