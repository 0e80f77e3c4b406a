"""The letter a municipality gets: its own covering letter, and the annex it shares with its partners."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import pytest

from hoering_plugin.findings import SetupError
from hoering_plugin.letter.contract import LETTER_CONTRACT
from hoering_plugin.letter.errors import LetterError
from hoering_plugin.letter.letter import letter_order, make_letter
from hoering_plugin.letter.lint import check_template
from hoering_plugin.letter.template import Template
from hoering_plugin.letter.templates import template_path
from hoering_plugin.letter.text import letter_text
from hoering_plugin.model.case import Case
from hoering_plugin.model.draft import Draft
from hoering_plugin.model.letter import Letter
from hoering_plugin.model.settings import Settings

PAIR = ("0183", "0187")
BOTH_WAYS = {"beskaeftigelse": "0187", "natur_miljoe": "0183", "social": "0183"}
TEMPLATE = Template(template_path(), restricted=True)


def written(
    paper: SimpleNamespace, draft: Draft, case: Case, code: str, settings: Settings | None = None
) -> Letter:
    """The letter from the shipped template."""
    order = letter_order(draft, case, code, paper.ministries, settings or Settings())
    return make_letter(TEMPLATE, order)


@pytest.fixture(scope="module")
def case(paper: SimpleNamespace) -> Case:
    """Ishøj and Vallensbæk, each authorised in some area."""
    made: Case = paper.case(BOTH_WAYS, PAIR)
    return made


@pytest.fixture(scope="module")
def draft(paper: SimpleNamespace, case: Case) -> Draft:
    """All but waste water is met, with conditions for both, for each, and for one more."""
    bound = (PAIR, ("0183",), ("0187",), PAIR)
    conditions = tuple(paper.condition(n, codes, (1, 2, 4)) for n, codes in enumerate(bound, 1))
    made: Draft = paper.draft(case, refused=("spildevandsbetaling",), conditions=conditions)
    return made


def flat(letter: Letter) -> str:
    """The letter's text with ordinary spaces."""
    return letter_text(letter.data).replace("\u00a0", " ")


def halves(letter: Letter) -> tuple[str, str]:
    """The covering letter and the annex."""
    cover, _, annex = letter_text(letter.data).replace("\u00a0", " ").partition("\n=====")
    return cover.partition("=\n")[2], annex


def test_the_shipped_template_is_without_fault() -> None:
    """The lint that refuses templates has nothing to say of the one that is shipped."""
    assert check_template(template_path(), LETTER_CONTRACT, restricted=True) == ()


def test_a_template_that_is_not_shipped_is_an_error() -> None:
    """A name that isn't there is told, not guessed."""
    with pytest.raises(SetupError):
        template_path("findes-ikke.docx")


def test_the_annex_is_the_same_for_both(paper: SimpleNamespace, case: Case, draft: Draft) -> None:
    """Condition 3 is the same condition in both letters, character by character."""
    ishoej, vallensbaek = (written(paper, draft, case, code) for code in PAIR)
    assert halves(ishoej)[1] == halves(vallensbaek)[1] != ""
    assert halves(ishoej)[0] != halves(vallensbaek)[0]


def test_each_reads_its_own_role_in_each_area(paper: SimpleNamespace, case: Case, draft: Draft) -> None:
    """Ishøj hands over nature and social tasks, and takes over employment; Vallensbæk the other way."""
    ishoej, vallensbaek = (halves(written(paper, draft, case, code))[0] for code in PAIR)
    assert "I er i dag bemyndiget til at varetage opgaver inden for natur og miljø og det sociale" in ishoej
    assert "For en opgave inden for beskæftigelse er det omvendt (nr. 1 i tabel 1): Her er Valle" in ishoej
    assert (
        "I er i dag bemyndiget til at varetage en opgave inden for beskæftigelse på vegne af Is"
        in vallensbaek
    )
    assert "I beslutter sammen med byrådet i Ishøj Kommune" in vallensbaek
    assert "I beslutter sammen med kommunalbestyrelsen i Vallensbæk Kommune" in ishoej
    assert "Byrådet\n" in ishoej
    assert "byrådets bemærkninger senest mandag den 8. februar 2021 kl. 12.00." in ishoej


def test_whom_conditions_bind_is_said_from_the_reader(
    paper: SimpleNamespace, case: Case, draft: Draft
) -> None:
    """The same numbers are »jer« in one letter and the municipality's name in the other."""
    ishoej, vallensbaek = (halves(written(paper, draft, case, code))[0] for code in PAIR)
    assert (
        "Udkastet indeholder 4 vilkår. Vilkår 1 og 4 retter sig mod begge kommuner. "
        "Vilkår 2 retter sig mod jer. Vilkår 3 retter sig mod Vallensbæk Kommune." in ishoej
    )
    assert "Vilkår 3 retter sig mod jer. Vilkår 2 retter sig mod Ishøj Kommune." in vallensbaek


def test_what_is_not_met_has_rule_considerations_and_facts(
    paper: SimpleNamespace, case: Case, draft: Draft
) -> None:
    """Forvaltningsloven § 24: in the letter and in the annex; and the councils are asked to comment."""
    cover, annex = halves(written(paper, draft, case, "0183"))
    for part in (cover, annex):
        assert "En tilladelse beror på en konkret vurdering." in part
        assert "lagt vægt på sammenhængen" in part
        assert "Kommunerne har ét fælles renseanlæg." in part
    assert "beder jer oplyse, om I er enige i de faktiske oplysninger" in cover
    assert "3) Opgave om spildevandsbetaling" not in annex


def test_nothing_is_said_of_refusals_where_all_is_met(paper: SimpleNamespace, case: Case) -> None:
    """A section without content isn't printed, nor a table without rows."""
    text = flat(written(paper, paper.draft(case), case, "0183"))
    assert "Ønsker, der foreløbig ikke" not in text
    assert "Tabel 2" not in text
    assert "tabel 2" not in text
    assert "Udkastet indeholder ingen vilkår." in text
    assert "Tilladelsen gives uden vilkår." in text


def test_a_letter_where_nothing_is_met_permits_nothing(paper: SimpleNamespace, case: Case) -> None:
    """Without anything met there is no permission, no date to choose and no condition."""
    letter = written(paper, paper.draft(case, refused=tuple(r.key for r in case.requests)), case, "0187")
    text = flat(letter)
    assert "tillader social" not in text
    assert "I beslutter selv" not in text
    assert "ikke kan imødekommes på nuværende tidspunkt" in text


def test_hidden_ministries_are_nowhere_but_in_grounds_and_negotiations(
    paper: SimpleNamespace, case: Case
) -> None:
    """With ministries hidden, the table has no column for them, and the file doesn't name them."""
    draft = dataclasses.replace(paper.draft(case), ministers=())
    shown = written(paper, draft, case, "0183")
    hidden = written(paper, draft, case, "0183", Settings(show_ministries=False))
    assert "Miljøministeriet" in flat(shown)
    assert "iljømin" not in flat(hidden)
    assert "| Nr. | Opgave | Bestemmelse | Foreløbig vurdering |\n" in flat(hidden)


def test_the_minister_writes_in_the_first_person(paper: SimpleNamespace, draft: Draft) -> None:
    """If the minister signs, the letter says »jeg« and never »ministeriet« of itself."""
    signed = paper.case(BOTH_WAYS, PAIR, underskriver={"rolle": "minister", "navn": "N.N."})
    cover, annex = halves(written(paper, draft, signed, "0183"))
    assert "Jeg sender hermed udkastet" in cover
    assert " ministeriet" not in cover
    assert "Ministeriet " not in cover
    assert "tillader social- og indenrigsministeren" in annex


def test_open_places_are_printed_and_told(paper: SimpleNamespace, case: Case, draft: Draft) -> None:
    """Who signs isn't known: the place stands in brackets, and a warning says so."""
    letter = written(paper, draft, case, "0183")
    assert "[underskrivers navn]" in flat(letter)
    assert [finding.id for finding in letter.findings] == ["brev-aabent-sted"] * 2
    assert not any(finding.is_error for finding in letter.findings)


def test_an_example_says_so_on_every_page_and_only_the_annex_is_a_draft(
    paper: SimpleNamespace, draft: Draft
) -> None:
    """The headers of both sections mark an example; UDKAST stands in the annex's alone."""
    marked = paper.case(BOTH_WAYS, PAIR, eksempel=True)
    cover, annex = halves(written(paper, draft, marked, "0183"))
    assert "EKSEMPEL – ikke sendt" in cover
    assert "EKSEMPEL – ikke sendt" in annex
    assert "UDKAST" not in cover
    assert "UDKAST" in annex


def test_sample_conditions_mark_the_annex(paper: SimpleNamespace, case: Case, draft: Draft) -> None:
    """One sample text is enough to mark the annex."""
    sample = dataclasses.replace(draft.conditions[0], sample=True)
    marked = dataclasses.replace(draft, conditions=(sample, *draft.conditions[1:]))
    assert "EKSEMPELTEKST" in halves(written(paper, marked, case, "0183"))[1]
    assert "EKSEMPELTEKST" not in flat(written(paper, draft, case, "0183"))


def test_three_municipalities_are_not_two(paper: SimpleNamespace) -> None:
    """»Begge« is said of two; with three, all partners are named."""
    trio = ("0155", "0183", "0185")
    case = paper.case({"social": "0185"}, trio)
    draft = paper.draft(case, conditions=(paper.condition(1, trio, (1,)),))
    cover, annex = halves(written(paper, draft, case, "0185"))
    assert "på vegne af Dragør Kommune og Ishøj Kommune" in cover
    assert "sammen med kommunalbestyrelsen i Dragør Kommune og byrådet i Ishøj Kommune" in cover
    assert "begge" not in cover + annex
    assert "alle kommunerne" in annex


def test_tags_resolve_in_order_and_say_nothing_themselves(
    paper: SimpleNamespace, case: Case, draft: Draft
) -> None:
    """A tag is opaque; the letter's own list gives it its key."""
    letter = written(paper, draft, case, "0183")
    assert letter.tags[0] == ("oenske-1", "beskaeftigelse")
    assert letter.tags[-1] == ("vilkaar-4", "vilkaar-4")


def test_the_same_values_make_the_same_bytes(paper: SimpleNamespace, case: Case, draft: Draft) -> None:
    """Nothing of the time or the run is in a letter."""
    one, other = (written(paper, draft, case, "0183") for _ in range(2))
    assert one == other


def test_braces_in_a_case_are_text(paper: SimpleNamespace) -> None:
    """What looks like a placeholder in the data is printed as it stands, and the proof accepts it."""
    case = paper.case(BOTH_WAYS, PAIR, lovhenvisning="lov {{ nr }} & {% mere %} <æ>")
    draft = paper.draft(
        case, conditions=(paper.condition(1, PAIR, (1,), "Kommunerne skriver {{ $navn$ }} {# x #}."),)
    )
    text = flat(written(paper, draft, case, "0183"))
    assert "lov {{ nr }} & {% mere %} <æ>" in text
    assert "Kommunerne skriver {{ $navn$ }} {# x #}." in text


def test_a_template_that_loses_a_condition_makes_no_letter(
    paper: SimpleNamespace, case: Case, draft: Draft, word: SimpleNamespace
) -> None:
    """The proof stops a letter whose template prints the table but not the conditions."""
    source = word.document(
        "<w:p><w:r><w:t>{%p for o in oensker %}</w:t></w:r></w:p>",
        word.control("oenske", word.paragraph("{{ o.opgave }}")),
        "<w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p>",
    )
    with pytest.raises(LetterError) as raised:
        make_letter(
            Template(source, restricted=True),
            letter_order(draft, case, "0183", paper.ministries, Settings()),
        )
    assert [f.id for f in raised.value.findings].count("bevis-mangler") == len(draft.conditions)
