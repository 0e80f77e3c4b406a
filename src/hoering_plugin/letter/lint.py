"""Whether a template is fit for use: everything wrong with it at once, each with its place in Word.

The lint reads a template through the same patching, environment and compiler as the rendering does, so that
what it accepts can be compiled, and, for a letter's own template, renders whatever data keep the contract.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from hoering_plugin.findings import Finding, SetupError
from hoering_plugin.letter.compile import compile_part
from hoering_plugin.letter.contract_type import Contract
from hoering_plugin.letter.lint_names import check_names
from hoering_plugin.letter.lint_structure import check_controls, check_structure
from hoering_plugin.letter.lint_tags import check_tags, readable, tags_of
from hoering_plugin.letter.lint_word import check_file, check_letter, parse_members
from hoering_plugin.letter.marks import Piece, pieces_of
from hoering_plugin.letter.package import read_file, read_members
from hoering_plugin.letter.source import Part, Story, losses, open_template, read_properties, read_stories


def check_template(
    source: str | Path | bytes, contract: Contract | None = None, *, restricted: bool = False
) -> tuple[Finding, ...]:
    """Every finding in a template: of the file, then part by part in the order of the document.

    ``contract`` names what the template may use. ``restricted`` holds it to what a letter's own template must
    be: allowed constructs only, content controls to prove it by, title, language, headings and styles.
    """
    name = "" if isinstance(source, bytes) else str(source)
    try:
        data = source if isinstance(source, bytes) else read_file(Path(source))
        findings = _unique(_check(data, contract, restricted))
    except SetupError as exc:
        findings = exc.findings
    return tuple(finding.within(name) if name else finding for finding in findings)


def _check(data: bytes, contract: Contract | None, restricted: bool) -> Iterator[Finding]:
    members = read_members(data)
    trees = parse_members(members)
    word = open_template(data)
    stories = list(read_stories(word))
    yield from check_file(members, trees, frozenset(story.part.member for story in stories))
    if restricted:
        yield from check_letter(trees)
        yield from check_controls(members[stories[0].part.member])
    for story in stories:
        yield from _check_story(story, contract, restricted)
    _, _, properties = read_properties(word)
    for part in properties:
        yield from _check_text(part, pieces_of(part.source, part.story), contract, restricted)


def _check_story(story: Story, contract: Contract | None, restricted: bool) -> Iterator[Finding]:
    yield from losses(story)
    yield from _check_text(story.part, story.followed.pieces, contract, restricted)
    yield from check_structure(story.part, contract)


def _check_text(
    part: Part, pieces: tuple[Piece, ...], contract: Contract | None, restricted: bool
) -> Iterator[Finding]:
    found = list(check_tags(pieces))
    yield from found
    tags = [tag for tag in tags_of(pieces) if readable(tag)]
    yield from check_names(tags, contract, restricted=restricted)
    if not any(finding.is_error for finding in found):
        try:
            compile_part(part, "strict", restricted=restricted)
        except SetupError as exc:
            yield from exc.findings


def _unique(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))
