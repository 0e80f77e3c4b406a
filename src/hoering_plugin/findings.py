"""What the program has to say to a person: a kind of finding per id, a finding per place.

Every message a user meets is a :class:`Finding`, made from a :class:`Kind` that a module declares beside
the code that finds it. The text is Danish and is the key under which a translation is looked up, so a
finding keeps its text and its values apart; printed, it speaks the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from hoering_plugin.language import Phrase, joined, spoken, spoken_place


class Severity(StrEnum):
    """How much a finding weighs: an error holds what it concerns, a warning is told and recorded."""

    ERROR = "error"
    WARNING = "warning"


class ExitCode(IntEnum):
    """How a run ended, for the program that started it. Of several, the highest of 1 to 5 is given."""

    COMPLETE = 0
    INCOMPLETE = 1
    USAGE = 2
    SETUP = 3
    CASE = 4
    OUTPUT = 5
    CHANGED = 6
    FAULT = 10
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is, as exactly as it is known.

    ``file`` is a name or path to show; ``line`` counts from 1; ``path`` is the place in the notation of the
    file's own kind: ``$.kommuner[0].kode`` in a case, ``Kommuner!B3`` in a workbook, ``tabel 1, række 3,
    celle 2`` in a Word template.
    """

    file: str = ""
    line: int | None = None
    path: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, (spoken(self.file), spoken(self._line), spoken_place(self.path))))

    @property
    def within_file(self) -> str:
        """Where in its file it is, in Danish: the same on every machine."""
        return ", ".join(filter(None, (self._line, self.path)))

    @property
    def _line(self) -> Phrase | str:
        return Phrase("linje {nr}", nr=self.line) if self.line else ""


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or worth knowing, where it is, and what to do about it."""

    id: str
    severity: Severity
    text: str
    remedy: str
    values: tuple[tuple[str, str], ...] = ()
    place: Place = NOWHERE
    ministry: str = ""
    cooperation: str = ""
    request: str = ""

    @property
    def message(self) -> Phrase:
        """What is wrong, and what to do. The place is not repeated in it."""
        values = dict(self.values)
        return joined(Phrase(part, **values) for part in (self.text, self.remedy) if part)

    @property
    def is_error(self) -> bool:
        """Whether this holds the letters it concerns."""
        return self.severity is Severity.ERROR

    def within(self, file: str) -> Finding:
        """The same finding, placed in the file that it was found in."""
        return replace(self, place=replace(self.place, file=file))

    def __str__(self) -> str:
        place, message = str(self.place), spoken(self.message)
        return f"{place}: {message} [{self.id}]" if place else f"{message} [{self.id}]"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding: its stable id, its weight, and its words with ``{named}`` values.

    ``text`` says what is wrong and ``remedy`` what to do; both are whole Danish sentences.
    """

    id: str
    severity: Severity
    text: str
    remedy: str = ""

    def at(
        self,
        place: Place = NOWHERE,
        *,
        ministry: str = "",
        cooperation: str = "",
        request: str = "",
        **values: object,
    ) -> Finding:
        """A finding of this kind. ``values`` fill the names in the text and the remedy."""
        shown = tuple(
            (name, value if isinstance(value, str) else str(value)) for name, value in sorted(values.items())
        )
        return Finding(
            self.id, self.severity, self.text, self.remedy, shown, place, ministry, cooperation, request
        )


def error(id: str, text: str, remedy: str = "") -> Kind:  # noqa: A002
    """A kind of finding that holds what it concerns."""
    return Kind(id, Severity.ERROR, text, remedy)


def warning(id: str, text: str, remedy: str = "") -> Kind:  # noqa: A002
    """A kind of finding that is told and recorded, and stops nothing."""
    return Kind(id, Severity.WARNING, text, remedy)


class HoeringError(Exception):
    """What stops a run, with every finding that led to it. ``exit_code`` is what a command ends with."""

    exit_code: ExitCode = ExitCode.FAULT

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))

    def __reduce__(self) -> tuple[type[HoeringError], tuple[tuple[Finding, ...]]]:
        """The error as another process makes it again, with its findings."""
        return type(self), (self.findings,)


class CaseError(HoeringError):
    """The case can't be used as it is; the findings say where and how to mend it."""

    exit_code = ExitCode.CASE


class SetupError(HoeringError):
    """Template, settings or packages are not in order: no letter can be made until they are."""

    exit_code = ExitCode.SETUP


class OutputError(HoeringError):
    """What was made can't be written where it should be."""

    exit_code = ExitCode.OUTPUT
