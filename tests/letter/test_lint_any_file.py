"""Whatever file is given, the lint answers with findings, and only findings stop a template or a letter."""

from __future__ import annotations

import contextlib
from types import SimpleNamespace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoering_plugin.findings import HoeringError
from hoering_plugin.letter.contract_type import Contract, text
from hoering_plugin.letter.lint import check_template
from hoering_plugin.letter.template import Template

CONTRACT = Contract((text("a", "", "x"),))
PIECES = st.sampled_from(
    [
        *("{{", "}}", "{%", "%}", "{#", "#}", "{%p ", "{%tr ", "{{r ", "{%-", "-%}", "%", "}", "{", "{_{"),
        *(" if ", " for ", "endif", "endfor", "else", " in ", "raw", "endraw", "set a=1", "vm", "hm"),
        *("colspan 2", "cellbg a", "macro m()", "endmacro", "1/0", "a.b.c", "loop.index", "b.c"),
        *(" a ", "|", "upper", "(", ")", "[", "]", '"', "'", "tekst", "\n", "é"),
    ]
)
TAGS = st.sampled_from(
    [
        *(
            "{{ a }}",
            "{{ a.b }}",
            "{{ b }}",
            "{{r a }}",
            "{{p a }}",
            "{{ a|uper }}",
            "{{ a|safe }}",
            "{{ a.b.c() }}",
        ),
        *(
            "{% if a %}",
            "{% elif a %}",
            "{% else %}",
            "{% endif %}",
            "{%p if a %}",
            "{%p endif %}",
            "{%r if a %}",
        ),
        *("{% for a in a %}", "{% endfor %}", "{%tr for x in a %}", "{%tr endfor %}", "{%tc for x in a %}"),
        *("{%tc endfor %}", "{% set x = a %}", "{% set x %}", "{% endset %}", "{% raw %}", "{% endraw %}"),
        *("{%- if a -%}", "{%- endif -%}", "{% vm %}", "{% hm %}", "{% colspan a %}", "{% cellbg a %}"),
        *(
            "{% autoescape false %}",
            "{% endautoescape %}",
            "{% macro a(x) %}",
            "{% endmacro %}",
            "{{ a(1) }}",
        ),
        *(
            "{% block x %}",
            "{% endblock %}",
            "{% include a %}",
            "{# x #}",
            "{#p x #}",
            "{{ 1 / 0 }}",
            "tekst",
        ),
    ]
)
TEXTS = st.lists(
    st.lists(PIECES, max_size=6).map("".join) | st.lists(TAGS, max_size=3).map("".join),
    min_size=1,
    max_size=5,
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=TEXTS, restricted=st.booleans(), in_table=st.booleans())
def test_any_tags_are_answered_with_findings(
    word: SimpleNamespace, texts: list[str], restricted: bool, in_table: bool
) -> None:
    """What the lint finds no error in compiles; nothing but a finding ever comes out."""
    body = word.table(word.row(*texts)) if in_table else "".join(map(word.paragraph, texts))
    data = word.document(body, properties={"title": texts[0]})
    findings = check_template(data, CONTRACT, restricted=restricted)
    assert all(finding.message for finding in findings)
    try:
        template = Template(data, restricted=restricted)
    except HoeringError as stopped:
        assert any(finding.is_error for finding in findings), stopped
        return
    with contextlib.suppress(HoeringError):
        template.render({"a": "x"})


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(at=st.floats(0, 1), put=st.binary(max_size=8), drop=st.integers(0, 40))
def test_any_damage_is_answered_with_findings(
    word: SimpleNamespace, at: float, put: bytes, drop: int
) -> None:
    """A file changed or cut anywhere is a template, or a set-up error."""
    whole = word.document(word.paragraph("{{ a }}"), header=word.paragraph("x"), properties={"title": "t"})
    where = int(at * len(whole))
    data = whole[:where] + put + whole[where + drop :]
    check_template(data, CONTRACT)
    with contextlib.suppress(HoeringError):
        Template(data).render({"a": "x"})
