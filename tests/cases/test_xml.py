"""A case in XML says what it says in JSON, and everything that is wrong with it is told with its line."""

from __future__ import annotations

import copy
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from hoering_plugin import Case, CaseError, parse_case, read_case
from hoering_plugin.cases import MAX_BYTES, ending_of
from hoering_plugin.cases.write import case_bytes

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_cases" / "forpligtende-samarbejder-2020" / "sag.json"
CASE = read_case(SAMPLE)
XML = case_bytes(CASE, ".xml").decode()
XSD = etree.XMLSchema(etree.parse(ROOT / "src/hoering_plugin/data/sag.xsd"))
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60).filter(
    lambda text: text.strip() != ""
)


def full() -> dict[str, Any]:
    """The sample case with everything in it that a case can say."""
    plain: dict[str, Any] = json.loads(case_bytes(CASE, ".json"))
    grounds = {"regel": "r & s", "hensyn": "<h>", "fakta": "f ]]> f"}
    condition = {
        "id": "eget",
        "kategori": "andet",
        "grund": "fordi",
        "retter_sig_mod": "begge",
        "bestemmelser": ["miljoebeskyttelsesloven-17"],
        "tekst": "Senest {dag} og {antal} gange, {ord}.",
        "tidligst": "2021-01-01",
        "varsel": {"antal": 2, "enhed": "maaneder"},
        "kun_den": ["01-01"],
        "vaerdier": {"dag": "2021-03-01", "antal": 12, "ord": "12", "navn": "x"},
        "godkendt": {"af": "Kontoret", "den": "2020-11-01"},
        "eksempel": True,
    }
    reply = {
        "samarbejde": "dragoer-taarnby",
        "ministerium": "mim",
        "bestemmelser": ["miljoebeskyttelsesloven-17"],
        "vurdering": "delvist",
        "begrundelse": grounds,
        "dato": "2020-11-28",
        "dokument": "D1",
    }
    plain["ministersvar"] = [
        {**reply, "vilkaar": [condition]},
        {**reply, "ministerium": "kommunalret", "vilkaar": []},
    ]
    plain["bestemmelser"] = [
        {
            "id": "egen",
            "opgaveomraade": "social",
            "emne": "e",
            "lov": "lov om noget",
            "paragraf": "1",
            "kilde": "k",
            "bekraeftet": False,
        }
    ]
    return plain


def ids(data: str | bytes, name: str = "sag.xml") -> dict[str, str]:
    """The findings of a case that can't be read: where each is, by its id."""
    with pytest.raises(CaseError) as caught:
        parse_case(data.encode() if isinstance(data, str) else data, name)
    return {finding.id: str(finding.place) for finding in caught.value.findings}


def test_every_field_goes_to_xml_and_back() -> None:
    """Nothing is lost: free values keep their kind, an empty list is not a missing one."""
    case = Case.model_validate(full())
    data = case_bytes(case, ".xml")
    assert parse_case(data, "sag.xml") == case
    assert case.minister_answers[1].conditions == ()
    XSD.assertValid(etree.fromstring(data))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(TEXTS, min_size=4, max_size=4), st.sampled_from([".xml", ".json"]))
def test_any_text_goes_there_and_back(texts: list[str], ending: str) -> None:
    """What a person may write in a field is the same text in every format."""
    plain = full()
    plain["titel"], plain["adgang"], plain["kommuner"][0]["borgmester"], reason = texts
    plain["ministersvar"][0]["vilkaar"][0]["grund"] = reason
    plain["ministersvar"][0]["vilkaar"][0]["vaerdier"]["ord"] = reason
    try:
        case = Case.model_validate(plain)
    except ValueError:
        return  # a text that no letter can show is refused before it comes here
    assert parse_case(case_bytes(case, ending), f"sag{ending}") == case


def test_the_faults_of_a_file_are_told_all_at_once_with_line_and_path() -> None:
    """A wrong code, a misspelt element, a loose text, an attribute and a wrong list are five faults."""
    broken = (
        XML.replace("<kode>0155</kode>", "<kode>155</kode>", 1)
        .replace("<adgang>", "<adgangg>")
        .replace("</adgang>", "</adgangg>")
        .replace("<henvendelse>", "<henvendelse>ups")
        .replace("<rolle>", '<rolle x="1">')
        .replace("<post>Holmens Kanal 22</post>", "<linje>Holmens Kanal 22</linje>")
    )
    found = ids(broken)
    assert found["kommunekode-ugyldig"].endswith("/sag/kommuner/post[1]/kode")
    assert found["felt-ukendt"] == "sag.xml, linje 13, /sag/adgangg"
    assert {"xml-loes-tekst", "xml-attribut", "xml-ikke-post", "felt-mangler"} <= found.keys()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('<!DOCTYPE sag [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sag>&b;</sag>', "xml-doctype"),
        ('<!DOCTYPE sag SYSTEM "file:///etc/passwd"><sag/>', "xml-doctype"),
        ("<sag>", "xml-fejl"),
        ("<sag></sagg>", "xml-fejl"),
        ("<sag>A & B</sag>", "xml-fejl"),
        ("<sag>\x01</sag>", "xml-fejl"),
        ("<sag/>", "xml-rod"),
        ('<brev xmlns="urn:hoering-plugin:sag:1"/>', "xml-rod"),
        ("tekst", "xml-fejl"),
        ("", "sag-tom"),
        ("<a>" * 100_000, "xml-fejl"),
        ('<sag xmlns="urn:hoering-plugin:sag:1"><titel><b>x</b></titel></sag>', "xml-element-i-tekst"),
        ('<sag xmlns="urn:hoering-plugin:sag:1"><titel>a</titel><titel>b</titel></sag>', "xml-dobbelt"),
        ('<sag xmlns="urn:hoering-plugin:sag:1"><x:titel xmlns:x="urn:x">a</x:titel></sag>', "xml-navnerum"),
    ],
)
def test_a_file_that_is_no_case_is_told_in_danish(text: str, kind: str) -> None:
    """Each kind of wrong file has its own words; nothing is fetched or expanded."""
    assert kind in ids(text)


def test_a_huge_file_is_refused_at_once() -> None:
    """Five megabytes are enough for any case; what is larger isn't looked at."""
    started = time.perf_counter()
    assert "sag-for-stor" in ids(b"<sag>" + b" " * MAX_BYTES)
    assert time.perf_counter() - started < 2


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: f"<sag>{text}".encode())))
def test_any_bytes_are_a_case_or_a_case_error(data: bytes) -> None:
    """Whatever a system sends as XML, the answer is a finding and never another exception."""
    with pytest.raises(CaseError):
        parse_case(data, "sag.xml")


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_damaged_case_is_a_case_or_a_case_error(data: st.DataObject) -> None:
    """Also where only a little is wrong: a piece cut out, doubled or put elsewhere."""
    start = data.draw(st.integers(0, len(XML) - 1))
    end = data.draw(st.integers(start, min(len(XML), start + 200)))
    piece = data.draw(st.sampled_from(["", XML[start:end] * 2, "<", "&", "</post>", "\x00", "ø"]))
    text = XML[:start] + piece + XML[end:]
    try:
        parse_case(text.encode(), "sag.xml")
    except CaseError as fault:
        assert fault.findings


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_the_xsd_refuses_in_shape_is_refused(data: st.DataObject) -> None:
    """An element that is removed, doubled or renamed: where the XSD says no, so do we."""
    root = etree.fromstring(XML.encode())
    elements = list(root.iter(etree.Element))[1:]
    one = data.draw(st.sampled_from(elements))
    parent = one.getparent()
    assert parent is not None
    how = data.draw(st.sampled_from(["gone", "twice", "renamed"]))
    if how == "gone":
        parent.remove(one)
    elif how == "twice":
        parent.append(copy.deepcopy(one))
    else:
        one.tag = "{urn:hoering-plugin:sag:1}andet"
    if not XSD.validate(root):
        with pytest.raises(CaseError):
            parse_case(etree.tostring(root), "sag.xml")


def test_the_format_of_bytes_without_a_name_is_told_by_how_they_begin() -> None:
    """A records system that sends a case on standard input needn't say which format it is in."""
    assert ending_of(b"\xef\xbb\xbf  {}") == ".json"
    assert ending_of(XML.encode()) == ".xml"
    assert ending_of(b"PK\x03\x04...") == ".xlsx"


def test_a_folder_with_one_case_is_that_case_and_with_two_is_told(tmp_path: Path) -> None:
    """The program never chooses between two cases."""
    (tmp_path / "sag.xml").write_bytes(case_bytes(CASE, ".xml"))
    assert read_case(tmp_path) == CASE
    (tmp_path / "sag.json").write_bytes(case_bytes(CASE, ".json"))
    with pytest.raises(CaseError) as caught:
        read_case(tmp_path)
    assert [finding.id for finding in caught.value.findings] == ["sag-mappe-flere"]
