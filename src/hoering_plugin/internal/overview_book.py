"""The overview (oversigt.xlsx) that a caseworker works from: letters, conditions, and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hoering_plugin.danish import full_name, joint_name, numbers
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
                Heading("Nøgle", 26),
            ),
            colours=_COLOURS,
        ),
    )
    return frame("Oversigt over breve, vilkår og fund", pages)


Rows = dict[str, tuple[Sequence[Value], ...]]
"""What the overview shows, by sheet."""


def overview_rows(case: Case, drafts: Sequence[Draft], result: RunResult) -> Rows:
    """The rows of a run's overview."""
    return {
        "Breve": tuple(_letters(case, drafts, result)),
        "Vilkår": tuple(_conditions(drafts)),
        "Fund": tuple(_findings(result)),
    }


def overview_book(rows: Rows) -> bytes:
    """The overview as a workbook. The same rows give the same bytes."""
    return filled(shipped(FRAME), rows)


def _letters(case: Case, drafts: Sequence[Draft], result: RunResult) -> Iterator[Sequence[Value]]:
    shown = overview(drafts)
    rows: dict[str, Row] = {row.code: row for row in shown if row.code}
    whole: dict[str, Row] = {row.cooperation: row for row in shown if not row.code}
    draft_of = {m.code: draft for draft in drafts for m in draft.municipalities}
    for letter in result.letters:
        draft = draft_of[letter.municipality]
        row = rows[letter.municipality]
        outcomes = [
            _cell(own, of_all) for own, of_all in zip(row.cells, whole[row.cooperation].cells, strict=True)
        ]
        binding = [c.number for c in draft.conditions if letter.municipality in c.bound]
        yield (
            row.name,
            joint_name(draft.municipalities),
            _status(letter),
            *outcomes,
            numbers(binding) or "ingen",
            case.reply_deadline.date,
            Link(f"../{result.version}/{letter.file}", letter.file) if letter.file else None,
        )


def _cell(own: Cell, of_all: Cell) -> str:
    if not of_all.outcome:
        return "–"
    outcome = _OUTCOME.get(of_all.outcome, "svar mangler")
    return f"{outcome} ({own.role}, {own.conditions} vilkår)"


def _status(letter: LetterResult) -> str:
    # Whether this run wrote it or an earlier one: what counts is that it is there.
    return "skrevet" if letter.file and letter.status != "ready" else _STATUS[letter.status]


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


def _findings(result: RunResult) -> Iterator[Sequence[Value]]:
    names = {letter.municipality: letter.name for letter in result.letters}
    every = [("", finding) for finding in result.findings]
    every += [(letter.municipality, finding) for letter in result.letters for finding in letter.findings]
    for code, finding in sorted(every, key=lambda pair: not pair[1].is_error):
        weight = "fejl" if finding.is_error else "advarsel"
        yield (weight, names.get(code, ""), finding.cooperation, finding.message, finding.id)
