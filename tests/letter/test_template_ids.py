"""Ids that a loop repeats are made unique, and the controls by which a letter is proved get tags."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from hoering_plugin.findings import SetupError
from hoering_plugin.letter.template import Template

NAMES = {"navne": ["a", "b", "c"], "tekster": ["x", "y"]}


def looped(word: SimpleNamespace, tag: str, number: int = 7) -> str:
    """A content control repeated for each name, with a paragraph that has an id and a bookmark."""
    inside = (
        '<w:p w14:paraId="1A2B3C4D"><w:bookmarkStart w:id="3" w:name="maerke"/>'
        f'{word.run("{{ n }}")}<w:bookmarkEnd w:id="3"/></w:p>'
    )
    return (
        word.paragraph("{%p for n in navne %}")
        + word.control(tag, inside, number=number)
        + word.paragraph("{%p endfor %}")
    )


def values(word: SimpleNamespace, letter: bytes, pattern: str) -> list[str]:
    """What a pattern finds in the body of a letter."""
    return re.findall(pattern, word.members(letter)["word/document.xml"].decode())


def test_repeated_ids_become_unique_and_the_first_stays(word: SimpleNamespace) -> None:
    """Controls, paragraphs and bookmarks; a bookmark's end follows its beginning."""
    letter = Template(word.document(looped(word, "fri"))).render(NAMES)
    for pattern, first in [
        (r'<w:id w:val="(\d+)"', "7"),
        (r'w14:paraId="(\w+)"', "1A2B3C4D"),
        (r'w:name="(maerke\w*)"', "maerke"),
    ]:
        found = values(word, letter, pattern)
        assert found[0] == first
        assert len(set(found)) == 3
    starts = values(word, letter, r'<w:bookmarkStart w:id="(\d+)"')
    assert len(set(starts)) == 3
    assert values(word, letter, r'<w:bookmarkEnd w:id="(\d+)"') == starts
    assert values(word, letter, r'<w:tag w:val="([^"]*)"') == ["fri"] * 3


def test_ids_that_are_not_repeated_are_left_alone(word: SimpleNamespace) -> None:
    """A template without repetition keeps every id."""
    data = word.document(word.control("vilkaar", word.paragraph("{{ navne[0] }}")))
    letter = Template(data).render(NAMES)
    assert values(word, letter, r'<w:id w:val="(\d+)"') == ["7"]
    assert values(word, letter, r'<w:tag w:val="([^"]*)"') == ["vilkaar"]


def test_a_letter_template_gets_a_tag_for_each_condition_and_request(word: SimpleNamespace) -> None:
    """Numbered in the order of the document, whatever the data."""
    request = (
        word.paragraph("{%p for t in tekster %}")
        + word.control("oenske", word.paragraph("{{ t }}"), number=8)
        + word.paragraph("{%p endfor %}")
    )
    letter = Template(word.document(looped(word, "vilkaar"), request), restricted=True).render(NAMES)
    assert values(word, letter, r'<w:tag w:val="([^"]*)"') == [
        "vilkaar-1",
        "vilkaar-2",
        "vilkaar-3",
        "oenske-1",
        "oenske-2",
    ]
    assert len(set(values(word, letter, r'<w:id w:val="(\d+)"'))) == 5


@pytest.mark.parametrize(
    "tag",
    [
        "{{ navne|map('upper')|join }}",
        "{{ range(9) }}",
        "{{ 'x' * 9 }}",
        "{% set x = 1 %}",
        "{{ navne[0] }}",
        "{{ 'x' if navne }}",
        "{{ navne[0]|safe }}",
        "{% macro m() %}{% endmacro %}",
        "{% for a in navne %}" * 4 + "x" + "{% endfor %}" * 4,
    ],
)
def test_a_letter_template_is_held_to_the_allowed_constructs(word: SimpleNamespace, tag: str) -> None:
    """What could fail, run for long or swell without bound is refused when the template is read."""
    with pytest.raises(SetupError, match="skabelon-konstruktion"):
        Template(word.document(word.paragraph(tag)), restricted=True)


def test_a_missing_value_is_no_text_in_a_letter(word: SimpleNamespace) -> None:
    """Where docxtpl prints ``None``, a letter's template stops."""
    from hoering_plugin.letter.errors import RenderError

    data = word.document(word.paragraph("{{ navn }}"))
    with pytest.raises(RenderError, match="felt-uden-vaerdi"):
        Template(data, restricted=True).render({"navn": None})
