"""A Word template, ready to be merged with data into letters."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from jinja2 import TemplateError

from hoering_plugin.findings import SetupError, error
from hoering_plugin.letter.environment import environment
from hoering_plugin.letter.errors import RenderError
from hoering_plugin.letter.package import deflate, pack, read_file, read_members

FAILED = error("skabelon-fejl", "Brevet kunne ikke flettes: {grund}.", "Ret skabelonen eller sagen.")


class Template:
    """Any docxtpl template, compiled once and rendered any number of times."""

    def __init__(
        self,
        source: str | Path | bytes,
        *,
        undefined: Literal["strict", "empty"] = "strict",
        restricted: bool = False,
    ) -> None:
        self._data = source if isinstance(source, bytes) else read_file(Path(source))
        self._undefined = undefined
        try:
            read_members(self._data)
        except SetupError as exc:
            if isinstance(source, bytes):
                raise
            raise SetupError(found.within(str(source)) for found in exc.findings) from exc

    @property
    def sha256(self) -> str:
        """The hash of the template file."""
        return hashlib.sha256(self._data).hexdigest()

    def render(self, context: Mapping[str, object]) -> bytes:
        """A letter as the bytes of a .docx file. Raises :class:`RenderError` if it can't be made whole."""
        from docxtpl import DocxTemplate

        word = DocxTemplate(io.BytesIO(self._data))
        try:
            word.render(dict(context), environment(), autoescape=True)
        except TemplateError as exc:
            raise RenderError([FAILED.at(grund=exc.message)]) from exc
        saved = io.BytesIO()
        word.save(saved)
        members = read_members(saved.getvalue())
        return pack(deflate(name, blob) for name, blob in members.items())
