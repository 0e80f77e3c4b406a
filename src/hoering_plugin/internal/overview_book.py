"""The overview (oversigt.xlsx) that a caseworker works from: letters, conditions, and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hoering_plugin.danish import full_name, joint_name, numbers
from hoering_plugin.findings import Finding
from hoering_plugin.internal.frames import Heading, Page, frame, shipped
from hoering_plugin.internal.rows import Link, Value, filled
from hoering_plugin.model.case import Case
from hoering_plugin.model.draft import Draft
from hoering_plugin.model.law import TaskArea, shipped_law
from hoering_plugin.model.result import LetterResult, RunResult
from hoering_plugin.overview import Cell, Row, overview

FRAME = "oversigt.xlsx"
_STATUS = {"held": "tilbageholdt", "failed": "mislykket", "ready": "klar"}
_OUTCOME = {"fuldt": "imødekommes fuldt", "delvist": "imødekommes delvist", "ikke": "imødekommes ikke"}
_COLOURS = (
    ("skrevet", "C6EFCE"),
    ("ældre", "FFEB9C"),
    ("imødekommes fuldt", "C6EFCE"),
    ("imødekommes delvist", "FFEB9C"),
    ("imødekommes ikke", "FFC7CE"),
    ("svar mangler", "FFC7CE"),
    ("tilbageholdt", "FFC7CE"),
    ("mislykket", "FFC7CE"),
    ("fejl", "FFC7CE"),
    ("advarsel", "FFEB9C"),
)


def overview_frame() -> bytes:
    """The overview without its rows."""
    areas = tuple(Heading(shipped_law().area_text(area).heading, 24) for area in TaskArea)
    pages = (
        Page(
            "Breve",
            (
                Heading("Kommune", 22),
                Heading("Samarbejde", 26),
                Heading("Status", 14),
                *areas,
                Heading("Bindende vilkår", 18),
                Heading("Svarfrist", 12, "date"),
                Heading("Brev", 34, "link"),
            ),
            colours=_COLOURS,
        ),
        Page(
            "Vilkår",
            (
                Heading("Nr.", 6, "number"),
                Heading("Samarbejde", 24),
                Heading("Id", 24),
                Heading("Ministerium", 16),
                Heading("Kategori", 20),
                Heading("Forpligter", 24),
                Heading("Tekst", 90),
                Heading("Kilde", 30),
            ),
        ),
        Page(
            "Fund",
            (
                Heading("Vægt", 12),
                Heading("Kommune", 20),
                Heading("Samarbejde", 22),
                Heading("Besked", 90),
                Heading("Sted", 30),
                Heading("Nøgle", 26),
            ),
            colours=_COLOURS,
        ),
    )
    return frame("Oversigt over breve, vilkår og fund", pages)


Rows = dict[str, tuple[Sequence[Value], ...]]
"""What the overview shows, by sheet."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A municipality that a run left out, with its newest letter, ``v0001/brev.docx``, and what is found."""

    code: str
    name: str
    file: str
    findings: tuple[Finding, ...]


def overview_rows(
    case: Case, drafts: Sequence[Draft], result: RunResult, left_out: Sequence[LeftOut]
) -> Rows:
    """The rows of a run's overview, with a row for every municipality of the case."""
    return {
        "Breve": tuple(_letters(case, drafts, result, left_out)),
        "Vilkår": tuple(_conditions(drafts)),
        "Fund": tuple(_findings(result, left_out)),
    }


def overview_book(rows: Rows) -> bytes:
    """The overview as a workbook. The same rows give the same bytes."""
    return filled(shipped(FRAME), rows)


def _letters(
    case: Case, drafts: Sequence[Draft], result: RunResult, left_out: Sequence[LeftOut]
) -> Iterator[Sequence[Value]]:
    shown = overview(drafts)
    rows: dict[str, Row] = {row.code: row for row in shown if row.code}
    whole: dict[str, Row] = {row.cooperation: row for row in shown if not row.code}
    made = {letter.municipality: letter for letter in result.letters}
    earlier = {one.code: one.file for one in left_out}
    for draft in drafts:
        for code in (m.code for m in draft.municipalities):
            row, letter = rows[code], made.get(code)
            file = f"{result.version}/{letter.file}" if letter and letter.file else earlier.get(code, "")
            of_all = whole[row.cooperation].cells
            binding = [c.number for c in draft.conditions if code in c.bound]
            yield (
                row.name,
                joint_name(draft.municipalities),
                _status(letter, file, result.version),
                *(_cell(own, every) for own, every in zip(row.cells, of_all, strict=True)),
                numbers(binding) or "ingen",
                case.reply_deadline.date,
                Link(f"../{file}", file.rpartition("/")[2]) if file else None,
            )


def _cell(own: Cell, of_all: Cell) -> str:
    if not of_all.outcome:
        return "–"
    outcome = _OUTCOME.get(of_all.outcome, "svar mangler")
    return f"{outcome} ({own.role}, {own.conditions} vilkår)"


def _status(letter: LetterResult | None, file: str, version: str) -> str:
    """What a letter is, whether this run wrote it or an earlier one: what counts is that it is there."""
    if letter is not None:
        return "skrevet" if letter.file and letter.status != "ready" else _STATUS[letter.status]
    of = file.partition("/")[0]
    return "ikke dannet" if not file else "skrevet" if of == version else f"ældre ({of})"


def _conditions(drafts: Sequence[Draft]) -> Iterator[Sequence[Value]]:
    for draft in drafts:
        names = {m.code: full_name(m) for m in draft.municipalities}
        for condition in draft.conditions:
            source = condition.source
            yield (
                condition.number,
                joint_name(draft.municipalities),
                condition.key,
                condition.ministry,
                condition.heading,
                ", ".join(names[code] for code in condition.bound),
                condition.text,
                source.document or f"{source.package} {source.version}",
            )


def _findings(result: RunResult, left_out: Sequence[LeftOut]) -> Iterator[Sequence[Value]]:
    every = [("", finding) for finding in result.findings]
    every += [(letter.name, finding) for letter in result.letters for finding in letter.findings]
    every += [(one.name, finding) for one in left_out for finding in one.findings]
    for name, finding in sorted(every, key=lambda pair: not pair[1].is_error):
        weight = "fejl" if finding.is_error else "advarsel"
        where = finding.place.within_file
        yield (weight, name, finding.cooperation, finding.message, where, finding.id)
