"""What a template may say: the names it can use, each with its meaning and an example.

A contract is the agreement between a template and the program that fills it in. The lint checks a template
against it, ``hoering template fields`` prints it, and an example of every value can be made from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hoering_plugin.language import marked

Scalar = str | int | bool


class Shape(StrEnum):
    """What a placeholder holds. The value is the Danish word shown to a person."""

    TEXT = marked("tekst")
    NUMBER = marked("tal")
    FLAG = marked("ja/nej")
    RECORD = marked("gruppe")
    ROWS = marked("liste")
    TEXTS = marked("liste af tekster")


SCALARS = frozenset({Shape.TEXT, Shape.NUMBER, Shape.FLAG})
LISTS = frozenset({Shape.ROWS, Shape.TEXTS})


@dataclass(frozen=True, slots=True)
class Field:
    """One name of a contract, with the names below it.

    ``name`` is what a template writes; ``meaning`` says in Danish what it stands for; ``examples`` are the
    values of a scalar (one) or of a list of texts (any number); ``fields`` are the names of a record or of
    each row of a list; ``never_empty`` promises that a list has at least one row.

    Raises :class:`ValueError` for a name that Jinja would read as something else.
    """

    name: str
    meaning: str
    shape: Shape
    examples: tuple[Scalar, ...] = ()
    fields: tuple[Field, ...] = ()
    never_empty: bool = False

    def __post_init__(self) -> None:
        if not (self.name.isascii() and self.name.isidentifier()) or self.name.startswith("_"):
            raise ValueError(f"{self.name!r} can't be written as a placeholder")
        if self.name == "loop" or hasattr(dict, self.name):
            raise ValueError(f"{self.name!r} means something else to Jinja")

    def field(self, name: str) -> Field | None:
        """The field of that name directly below this one."""
        return next((field for field in self.fields if field.name == name), None)

    def example(self) -> object:
        """A value of this shape made of the examples; a list has two rows, or one per example text."""
        match self.shape:
            case Shape.RECORD:
                return {field.name: field.example() for field in self.fields}
            case Shape.ROWS:
                return [{field.name: field.example() for field in self.fields} for _ in range(2)]
            case Shape.TEXTS:
                return list(self.examples)
            case _:
                return self.examples[0]


def text(name: str, meaning: str, example: str) -> Field:
    """A text that is put in as it stands."""
    return Field(name, meaning, Shape.TEXT, (example,))


def number(name: str, meaning: str, example: int) -> Field:
    """A whole number."""
    return Field(name, meaning, Shape.NUMBER, (example,))


def flag(name: str, meaning: str, example: bool = True) -> Field:
    """A yes or no, for ``{% if %}``; it can't be printed."""
    return Field(name, meaning, Shape.FLAG, (example,))


def record(name: str, meaning: str, *fields: Field) -> Field:
    """A group of names, written ``name.field``."""
    return Field(name, meaning, Shape.RECORD, fields=fields)


def rows(name: str, meaning: str, *fields: Field, never_empty: bool = False) -> Field:
    """A list of groups, for ``{% for %}``."""
    return Field(name, meaning, Shape.ROWS, fields=fields, never_empty=never_empty)


def texts(name: str, meaning: str, *examples: str, never_empty: bool = False) -> Field:
    """A list of texts, for ``{% for %}`` or ``join``."""
    return Field(name, meaning, Shape.TEXTS, examples, never_empty=never_empty)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list of placeholders: ``vilkaar[].tekst``, its shape, meaning and example."""

    path: str
    shape: Shape
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class Contract:
    """All the names that a template may use."""

    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """The field of that name at the top."""
        return next((field for field in self.fields if field.name == name), None)

    def example(self) -> Mapping[str, object]:
        """A context that keeps the contract, made of the examples."""
        return {field.name: field.example() for field in self.fields}

    def entries(self) -> Iterator[Entry]:
        """Every name, parents before children, in the order of the contract."""
        return _entries(self.fields, "")


def _entries(fields: tuple[Field, ...], prefix: str) -> Iterator[Entry]:
    for field in fields:
        path = prefix + field.name
        shown = (
            "ja" if value is True else "nej" if value is False else str(value) for value in field.examples
        )
        yield Entry(path, field.shape, field.meaning, ", ".join(shown))
        yield from _entries(field.fields, path + ("[]." if field.shape is Shape.ROWS else "."))


def _shown(example: Scalar) -> str:
    return {True: "ja", False: "nej"}[example] if isinstance(example, bool) else str(example)
