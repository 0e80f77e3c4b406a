"""A letter is, part by part, the XML that docxtpl would have written."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from docxtpl import Listing, RichText, RichTextParagraph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoering_plugin.letter.template import Template

DATA = {
    "navn": "Børn & Unge <Dragør>",
    "linjer": "en\ntre\tfire",
    "flere": "et afsnit\aet andet\fen ny side\r\nslut",
    "ja": True,
    "nej": False,
    "tal": 7,
    "intet": None,
    "farve": "FF0000",
    "bredde": 2,
    "kommune": {"navn": "Tårnby", "by": {"post": 2770}},
    "vilkaar": [
        {"nr": 1, "tekst": "Første & vigtigste"},
        {"nr": 2, "tekst": "Andet\nmed linje"},
        {"nr": 3, "tekst": ""},
    ],
    "tom": [],
    "navne": ["Ishøj", "Vallensbæk", "<Tårnby>"],
    "listing": Listing("a\nb\tc\ad\fe & f"),
    "rigt": RichText("fed", bold=True),
    "afsnit": RichTextParagraph(RichText("et helt afsnit", italic=True), parastyle="Overskrift"),
    "raa": "<w:r><w:t>rå</w:t></w:r>",
}


def templates(word: SimpleNamespace) -> dict[str, bytes]:
    """Templates that between them use all of docxtpl's language."""
    p, row, cell, table = word.paragraph, word.row, word.cell, word.table
    one = word.document
    return {
        "plain": one(
            p("Kære {{ navn }}, {{ kommune.by.post }} {{ kommune['navn'] }} {{ tal + 1 }} {{ intet }}")
        ),
        "split over runs": one(p("Kære {", "{ na", "vn }", "} og {%", " if ja %}ja{% endif ", "%}.")),
        "if across runs": one(
            p("a {% if ja %}b", "c", "d{% else %}e", "f{% endif %}g {% if nej %}", "h", "{% endif %}")
        ),
        "elif": one(p("{% if nej %}a{% elif tal == 7 %}b{% else %}c{% endif %}")),
        "paragraphs": one(
            p("{%p if ja %}"), p("ja {{ tal }}"), p("{%p else %}"), p("nej"), p("{%p endif %}")
        ),
        "loop": one(
            p("{%p for v in vilkaar %}"), p("{{ v.nr }}. {{ v.tekst }} {{ loop.index }}"), p("{%p endfor %}")
        ),
        "loop else": one(p("{%p for v in tom %}"), p("x"), p("{%p else %}"), p("ingen"), p("{%p endfor %}")),
        "text loop": one(p("{% for n in navne %}{{ n }}{% if not loop.last %}, {% endif %}{% endfor %}")),
        "rows": one(
            table(
                row("Nr.", "Tekst"),
                row("{%tr for v in vilkaar %}", ""),
                row("{{ v.nr }}", "{{ v.tekst }}"),
                row("{%tr endfor %}", ""),
            )
        ),
        "rows gone": one(
            table(row("{%tr for v in tom %}", ""), row("{{ v.nr }}", "b"), row("{%tr endfor %}", ""))
        ),
        "cells": one(
            table(row("Fast", cell(p("{%tc for n in navne %}")), cell("{{ n }}"), cell(p("{%tc endfor %}"))))
        ),
        "fewer cells": one(
            table(row("Fast", cell(p("{%tc if nej %}")), cell("b"), cell(p("{%tc endif %}"))))
        ),
        "nested table": one(
            table(
                row(
                    "a",
                    cell(
                        table(
                            row("{%tr for n in navne %}"), row("{{ n }}"), row("{%tr endfor %}"), columns=1
                        ),
                        p(""),
                    ),
                )
            )
        ),
        "crooked table": one(table(row("a", "b", "c"), row("d"), columns=2), table(row("a"), columns=3)),
        "colspan": one(table(row(cell(p("{% colspan bredde %}{{ navn }}"))), row("a", "b"))),
        "cellbg": one(table(row(cell(p("{% cellbg farve %}{{ navn }}")), "b"))),
        "vertical merge": one(
            table(
                row("{%tr for n in navne %}", ""),
                row(cell(p("{% vm %}fælles")), "{{ n }}"),
                row("{%tr endfor %}", ""),
            )
        ),
        "horizontal merge": one(
            table(
                row(cell(p("{%tc for n in navne %}")), cell("{% hm %}fælles"), cell(p("{%tc endfor %}"))),
                columns=3,
            )
        ),
        "run tags": one(p("før {%r if ja %}", "midt", "{%r endif %} efter")),
        "rich text": one(p("et {{r rigt }} ord"), p("{{p afsnit }}"), p("{{ listing }}")),
        "line breaks": one(p("{{ linjer }}"), p("a {{ flere }} b"), p("x", style="Normal")),
        "white space": one(p("a "), p("{%- if ja -%}"), p(" b"), p("{%- endif %}"), p(" c {{- tal -}} d")),
        "comments": one(p("{#p en bemærkning #}"), p("a{# b #}c")),
        "raw": one(p("{% raw %}{{ ikke.flettet }}{% endraw %} {{ navn }}"), p("{_{ navn }_} {_% if %_}")),
        "quotes": one(
            p("{{ “hej” }} {{ ‘hej’ }} {% if kommune.navn == ’Tårnby’ %}ja{% endif %} {{ 3 > 2 and 1 < 2 }}")
        ),
        "set and macro": one(
            p("{% set x = tal * 2 %}{{ x }}{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m(navn) }}")
        ),
        "filters": one(
            p(
                "{{ navne|join(', ') }} {{ navn|upper }} {{ ukendt|default('intet') }}",
                "{{ navn|e }} {{ navne|length }}",
            )
        ),
        "safe": one(p("a {{r raa|safe }} b")),
        "autoescape off": one(p("{% autoescape false %}{{ kommune.navn }}{% endautoescape %} {{ navn }}")),
        "attribute": one(f'<w:p><w:pPr><w:jc w:val="{{{{ farve }}}}"/></w:pPr>{word.run("a")}</w:p>'),
        "drawings": one(f"<w:p>{word.drawing(5)}{word.drawing(5)}</w:p>", p("{{ navn }}")),
        "drawing in a loop": one(
            p("{%p for n in navne %}"), f"<w:p>{word.drawing()}</w:p>", p("{%p endfor %}")
        ),
        "text box": one(word.text_box(p("{{ navn }}"), p("{%p if nej %}"), p("x"), p("{%p endif %}"))),
        "content control": one(word.control("fri", p("{{ navn }}"))),
        "margins": one(
            p("{{ tal }}"),
            header=p("{{ navn }} {% if ja %}ja{% endif %}")
            + p("{%p for n in navne %}")
            + p("{{ n }}")
            + p("{%p endfor %}"),
            footer=p("Side {{ tal }} {{ linjer }}"),
        ),
        "footnotes": one(
            p("{{ tal }}"), footnotes=f'<w:footnote w:id="1">{p("{{ navn }} {{ linjer }}")}</w:footnote>'
        ),
        "properties": one(
            p("{{ tal }}"),
            properties={"title": "Brev til {{ kommune.navn }}", "creator": "{{ tal }}", "subject": ""},
        ),
        "crossing blocks": one(p("{% if ja %}a"), p("b{% endif %}c")),
        "entities": one(p('& < > " \' {{ "&" }}')),
        "empty": one(p("")),
    }


@pytest.fixture(scope="module")
def made(word: SimpleNamespace) -> dict[str, bytes]:
    """The templates, built once."""
    return templates(word)


NAMES = sorted(
    templates(
        SimpleNamespace(
            **dict.fromkeys(
                ("paragraph", "row", "cell", "table", "document", "run", "drawing", "text_box", "control"),
                lambda *a, **k: "",
            )
        )
    )
)


@pytest.mark.parametrize("name", NAMES)
def test_every_part_is_what_docxtpl_makes_of_it(
    word: SimpleNamespace, made: dict[str, bytes], name: str
) -> None:
    """The same members, each equal in canonical form to docxtpl's; but no core properties are made up."""
    ours = word.canonical(Template(made[name], undefined="empty").render(DATA))
    theirs = word.canonical(word.by_docxtpl(made[name], DATA))
    made_up = {"docProps/core.xml", "[Content_Types].xml", "_rels/.rels"} if name != "properties" else set()
    assert ours.keys() == theirs.keys() - ({"docProps/core.xml"} & made_up)
    for member in ours.keys() - made_up:
        assert ours[member] == theirs[member], member


XML_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff{}")
    | st.sampled_from("\n\t&<>\"'ÆØÅ§\u00a0"),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    navn=XML_TEXT,
    linjer=XML_TEXT,
    navne=st.lists(XML_TEXT, max_size=4),
    vilkaar=st.lists(st.fixed_dictionaries({"nr": st.integers(), "tekst": XML_TEXT}), max_size=4),
    ja=st.booleans(),
    nej=st.booleans(),
)
@pytest.mark.parametrize(
    "name", ["rows", "loop", "margins", "if across runs", "cells", "footnotes", "text loop"]
)
def test_equality_holds_for_any_data(
    word: SimpleNamespace, made: dict[str, bytes], name: str, **data: object
) -> None:
    """Whatever the texts, lists and conditions, the parts are equal to docxtpl's."""
    context = DATA | data
    ours = word.canonical(Template(made[name]).render(context))
    theirs = word.canonical(word.by_docxtpl(made[name], context))
    assert all(ours[member] == theirs[member] for member in ours if member.startswith("word/"))


INLINE = st.recursive(
    st.sampled_from(
        [
            "tekst ",
            " & < ",
            "{{ navn }}",
            "{{ tal }}",
            "{{ linjer }}",
            "{{ listing }}",
            "{{r rigt }}",
            "{# x #}",
        ]
    ),
    lambda inside: (
        st.tuples(st.sampled_from(["ja", "nej", "tom"]), inside, inside).map(
            lambda t: f"{{% if {t[0]} %}}{t[1]}{{% else %}}{t[2]}{{% endif %}}"
        )
        | inside.map(lambda t: f"{{% for n in navne %}}{{{{ n }}}}{t}{{% endfor %}}")
        | st.tuples(inside, inside).map("".join)
    ),
    max_leaves=5,
)


@st.composite
def bodies(draw: st.DrawFn, word: SimpleNamespace, depth: int = 2) -> str:
    """Paragraphs, their tags split over runs anywhere, with blocks, tables and controls around them."""

    def paragraph() -> str:
        text = draw(INLINE)
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
        pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        return str(word.paragraph(*(piece for piece in pieces if piece)))

    parts: list[str] = []
    for kind in draw(st.lists(st.sampled_from(["p", "if", "for", "table", "control"]), max_size=4)):
        inside = draw(bodies(word, depth - 1)) if depth and kind != "p" else ""
        p, end = word.paragraph, paragraph()
        match kind:
            case "if":
                parts += [p("{%p if ja %}"), inside, p("{%p else %}"), end, p("{%p endif %}")]
            case "for":
                parts += [p("{%p for n in navne %}"), inside, end, p("{%p endfor %}")]
            case "table":
                columns = draw(st.integers(1, 3))
                rows = [
                    word.row("{%tr for v in vilkaar %}"),
                    word.row("{{ v.nr }}", word.cell(inside + end)),
                    word.row("{%tr endfor %}"),
                ]
                parts.append(
                    word.table(*([word.row("a", "b")] * draw(st.integers(0, 1))), *rows, columns=columns)
                )
            case "control":
                parts.append(word.control("fri", inside + end, number=draw(st.integers(1, 99))))
            case _:
                parts.append(end)
    return "".join(parts)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), ja=st.booleans(), navne=st.lists(XML_TEXT, max_size=2))
def test_equality_holds_for_any_template(
    word: SimpleNamespace, data: st.DataObject, ja: bool, navne: list[str]
) -> None:
    """Whatever paragraphs, blocks, tables and controls, and wherever Word has split the tags."""
    template = word.document(data.draw(bodies(word)))
    context = DATA | {"ja": ja, "navne": navne}
    ours = Template(template, undefined="empty").render(context)
    theirs = word.by_docxtpl(template, context)
    assert without_ids(word.canonical(ours)) == without_ids(word.canonical(theirs))


def without_ids(parts: dict[str, bytes]) -> bytes:
    """The body without the ids of controls, which docxtpl repeats."""
    return re.sub(rb'<w:id w:val="\d+">', b"", parts["word/document.xml"])
