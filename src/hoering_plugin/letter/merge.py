"""Data merged into the compiled parts of a template: the members of a letter that differ from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from markupsafe import escape

from hoering_plugin.findings import Finding, Place, SetupError, error
from hoering_plugin.letter.compile import CompiledPart, Mode, UncleanError, check_characters, compile_part
from hoering_plugin.letter.errors import RenderError
from hoering_plugin.letter.ids import Ids, Taken
from hoering_plugin.letter.run import RUN, Run
from hoering_plugin.letter.source import Role, Source

UNCLEAN = error(
    "flet-tegn", "Brevet indeholder tegn, som ikke kan stå i en Word-fil.", "Ret teksten i sagen."
)
LONG_PROPERTY = error(
    "flet-egenskab-lang",
    "{egenskab} bliver på {antal} tegn; Word har plads til 255.",
    "Brug en kortere tekst i dokumentets egenskaber.",
)

_MAX_PROPERTY = 255


@dataclass(frozen=True, slots=True)
class Merge:
    """The compiled parts of a template, in docxtpl's order, and the pieces of its core properties."""

    parts: tuple[CompiledPart, ...]
    properties_member: str
    properties: tuple[str, ...]
    taken: Taken
    mode: Mode
    restricted: bool

    def blobs(self, context: Mapping[str, object]) -> dict[str, bytes]:
        """The rendered members. Raises :class:`RenderError` with all that is wrong, and ``NeedsDocxtpl``."""
        run = self.run(context)
        try:
            return dict(self._blobs(run, self.texts(context, run)))
        except UncleanError as exc:
            self.texts(context, self.run(context, inspect=True))
            raise RenderError([UNCLEAN.at()]) from exc

    def run(
        self,
        context: Mapping[str, object],
        *,
        inspect: bool = False,
        bind: Callable[[Any], Any] | None = None,
    ) -> Run:
        """A fresh run, for one rendering of one letter."""
        return Run(
            names=tuple(context),
            ids=Ids(self.taken),
            locate=self.parts[0].locate,
            bind=bind,
            restricted=self.restricted,
            inspect=inspect,
        )

    def texts(self, context: Mapping[str, object], run: Run) -> list[str]:
        """What each part renders to. Raises :class:`RenderError` with what was found in any of them."""
        token = RUN.set(run)
        try:
            texts = [part.text(context, run) for part in self.parts]
        finally:
            RUN.reset(token)
        if run.findings:
            raise RenderError(run.findings)
        return texts

    def check_properties(self, texts: Mapping[str, str]) -> None:
        """Raises :class:`RenderError` for core properties, by name, that Word has no room for."""
        findings = [
            LONG_PROPERTY.at(Place(path=f"dokumentegenskaben {name}"), egenskab=name, antal=len(text))
            for name, text in texts.items()
            if len(text) > _MAX_PROPERTY
        ]
        if findings:
            raise RenderError(findings)

    def _blobs(self, run: Run, texts: list[str]) -> Iterator[tuple[str, bytes]]:
        properties: dict[str, str] = {}
        for part, text in zip(self.parts, texts, strict=True):
            if part.part.role is Role.PROPERTY:
                properties[part.part.member] = text
            else:
                yield part.part.member, part.xml(text, markup=run.markup)
        if self.properties_member:
            self.check_properties(properties)
            yield self.properties_member, self._core_properties(properties)

    def _core_properties(self, texts: Mapping[str, str]) -> bytes:
        values = (str(escape(text)).replace("\r", "&#13;") for text in texts.values())
        return check_characters("".join(chain(*zip(self.properties, chain(values, [""]), strict=True))))


def compile_source(source: Source, mode: Mode, *, restricted: bool) -> Merge:
    """Compile all parts of a template. Raises :class:`SetupError` with what is wrong in any of them."""
    parts: list[CompiledPart] = []
    findings: list[Finding] = []
    for part in source.parts:
        try:
            parts.append(compile_part(part, mode, restricted=restricted))
        except SetupError as exc:
            findings += exc.findings
    if findings:
        raise SetupError(findings)
    taken = frozenset(one for part in parts for one in part.taken)
    return Merge(tuple(parts), source.properties_member, source.properties, taken, mode, restricted)
