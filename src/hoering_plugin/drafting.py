"""Drafting a case: every ministry is asked, and each cooperation's dispensation is drafted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hoering_plugin.asking import ask_ministries
from hoering_plugin.draft import case_findings, make_draft
from hoering_plugin.findings import Finding
from hoering_plugin.model.answer import Asked, LoadedMinistry
from hoering_plugin.model.case import Case
from hoering_plugin.model.draft import Draft
from hoering_plugin.model.settings import Settings


@dataclass(frozen=True, slots=True)
class Drafted:
    """A case's drafts, one for each cooperation, with what concerns all of them."""

    asked: Asked
    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]

    def is_held(self, draft: Draft) -> bool:
        """Whether an error in the draft, or in the case as a whole, holds its letters."""
        return draft.held or any(finding.is_error for finding in self.findings)


def draft_case(case: Case, ministries: Sequence[LoadedMinistry], settings: Settings) -> Drafted:
    """Ask the ministries and draft the dispensation of each cooperation.

    Raises :class:`~hoering_plugin.findings.SetupError` if a required package is missing.
    """
    asked = ask_ministries(case, settings, ministries)
    drafts = tuple(make_draft(case, c.key, asked, ministries, settings) for c in case.cooperations)
    of_all = (*case_findings(case, ministries), *(f for f in asked.findings if not f.cooperation))
    return Drafted(asked, drafts, tuple(dict.fromkeys(of_all)))
