"""A finished letter (brev): one municipality's Word file, proved, with what is needed to trace it."""

from __future__ import annotations

from dataclasses import dataclass, field

from hoering_plugin.findings import Finding


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter to one municipality.

    ``code`` and ``name`` are the municipality's; ``title`` is the file's title, at most 255 characters;
    ``sha256`` is of the bytes and ``content_sha256`` of what is in them, however compressed. ``tags`` pairs
    the tag of each content control with the key of the condition or request that stands in it.
    """

    code: str
    name: str
    title: str
    data: bytes = field(repr=False)
    sha256: str
    content_sha256: str
    tags: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
