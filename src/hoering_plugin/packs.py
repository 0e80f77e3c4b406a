"""A ministry's condition file (TOML), which a lawyer edits, read into the Ministry its package registers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import Field

from hoering_plugin.findings import Finding, SetupError
from hoering_plugin.ministry_checks import check_ministry
from hoering_plugin.model.answer import AnswerFunction, Ministry, Predicate
from hoering_plugin.model.ministry import Condition, Name, Remit, StandingAssessment, Statement
from hoering_plugin.model.values import Flag, Key, Value
from hoering_plugin.toml_lines import Loc, places_in
from hoering_plugin.toml_values import read_toml


class Head(Value):
    """Which ministry the file is about."""

    key: Key = Field(alias="noegle", description="Ministeriets nøgle, fx »mim«.")


class Pack(Value):
    """A condition file: everything that one ministry says."""

    ministry: Head = Field(alias="ministerium", description="Hvilket ministerium filen handler om.")
    names: tuple[Name, ...] = Field(alias="navne", min_length=1, description="Ministeriets navne over tid.")
    remits: tuple[Remit, ...] = Field((), alias="ressort", description="Ministeriets ressort over tid.")
    assessments: tuple[StandingAssessment, ...] = Field(
        (), alias="vurderinger", description="Ministeriets stående vurderinger."
    )
    conditions: tuple[Condition, ...] = Field((), alias="vilkaar", description="Ministeriets vilkår.")
    statements: tuple[Statement, ...] = Field((), alias="oplysninger", description="Gengivet lovstof.")
    sample: Flag = Field(
        False, alias="eksempeltekst", description="Sand, når alle filens vilkår er eksempeltekster."
    )


def ministry_from_file(
    path: Path | str,
    predicates: Mapping[str, Predicate] | None = None,
    answer: AnswerFunction | None = None,
) -> Ministry:
    """The ministry in a condition file.

    ``predicates`` are the functions that the file's ``hvis`` may name, ``answer`` a function that gives the
    ministry's answers in place of the standing ones. Raises SetupError with every fault and its line.
    """
    file = Path(path)
    pack, text = read_toml(file, Pack)
    conditions = pack.conditions
    if pack.sample:
        conditions = tuple(condition.model_copy(update={"sample": True}) for condition in conditions)
    ministry = Ministry(
        key=pack.ministry.key,
        names=pack.names,
        remits=pack.remits,
        assessments=pack.assessments,
        conditions=conditions,
        statements=pack.statements,
        predicates=dict(predicates or {}),
        answer=answer,
        file=file,
    )
    place_of = places_in(text, str(file))

    def placed(loc: Loc, finding: Finding) -> Finding:
        return replace(finding, place=place_of(loc))

    faults = [placed(loc, finding) for loc, finding in check_ministry(ministry)]
    if faults:
        raise SetupError(sorted(faults, key=lambda fault: fault.place.line or 0))
    return ministry
