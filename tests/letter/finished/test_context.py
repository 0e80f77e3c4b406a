"""The values for a template are what its contract promises, neither more nor less."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from types import SimpleNamespace

import pytest

from hoering_plugin.letter.context import MAX_TITLE, letter_context, shared_context, title
from hoering_plugin.letter.contract import LETTER_CONTRACT
from hoering_plugin.letter.contract_type import Field, Shape
from hoering_plugin.model.settings import Settings

PAIR = ("0183", "0187")
KINDS = {
    Shape.TEXT: str,
    Shape.NUMBER: int,
    Shape.FLAG: bool,
    Shape.RECORD: dict,
    Shape.ROWS: list,
    Shape.TEXTS: list,
}


def faults(fields: Iterable[Field], values: Mapping[str, object], where: str = "") -> list[str]:
    """Where values and contract differ."""
    named = {field.name: field for field in fields}
    found = [f"{where}{name}" for name in named.keys() ^ values.keys()]
    for name in named.keys() & values.keys():
        field, value = named[name], values[name]
        if type(value) is not KINDS[field.shape]:
            found.append(f"{where}{name}: {value!r}")
        elif isinstance(value, dict):
            found += faults(field.fields, value, f"{where}{name}.")
        elif isinstance(value, list):
            found += [f"{where}{name} is empty"] * (field.never_empty and not value)
            for row in value:
                found += faults(field.fields, row, f"{where}{name}[].") if isinstance(row, dict) else []
    return found


@pytest.mark.parametrize("refused", [(), ("social",), ("beskaeftigelse", "social")])
@pytest.mark.parametrize("code", PAIR)
def test_the_context_keeps_the_contract(paper: SimpleNamespace, refused: tuple[str, ...], code: str) -> None:
    """Every name of the contract has a value of its shape, and there is no other name."""
    case = paper.case({"beskaeftigelse": "0187", "social": "0183"}, PAIR)
    conditions = (paper.condition(1, PAIR, (1,)), paper.condition(2, PAIR[:1], (1, 2)))
    draft = paper.draft(case, refused=refused, conditions=conditions)
    context = letter_context(shared_context(draft, case, paper.ministries, Settings()), draft, case, code)
    assert faults(LETTER_CONTRACT.fields, context) == []


def test_a_missing_assessment_is_an_open_place(paper: SimpleNamespace) -> None:
    """A held draft can be looked at; what nobody has said yet stands in brackets, never as a yes."""
    case = paper.case({"social": "0183"}, PAIR)
    draft = paper.draft(case)
    (first,) = draft.requests
    unanswered = dataclasses.replace(draft, extent=None, requests=(dataclasses.replace(first, outcome=None),))
    context = letter_context(shared_context(unanswered, case, (), Settings()), unanswered, case, "0183")
    assert context["sammenfatning"] == "[sammenfatning mangler]"
    assert "[vurdering mangler]" in str(context["oensker"])
    assert "[ministeriet »mim«]" in str(context["oensker"])


def test_a_long_title_is_cut_between_words_and_keeps_the_recipient(paper: SimpleNamespace) -> None:
    """No system gets a title that is too long, or one that doesn't say whom the letter is to."""
    case = paper.case({"social": "0183"}, PAIR)
    draft = paper.draft(case)
    many = tuple(
        m.model_copy(update={"name": f"{m.name} {'og Omegn ' * 20}".strip()}) for m in draft.municipalities
    )
    wide = dataclasses.replace(draft, municipalities=many)
    made = title(wide, case.municipalities[0])
    assert len(made) <= MAX_TITLE
    assert made.endswith("… – brev til Ishøj Kommune")
    assert made.partition("…")[0].endswith(("og", "Omegn"))
    assert len(title(draft, case.municipalities[0].model_copy(update={"name": "x" * 400}))) <= MAX_TITLE
    assert title(draft, case.municipalities[0]).endswith("brev til Ishøj Kommune")
