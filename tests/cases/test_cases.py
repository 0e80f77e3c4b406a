"""Cases as they come in: the sample is read, and of a bad one every fault is told at once, in its place."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoering_plugin.cases import MAX_BYTES, parse_case, read_case
from hoering_plugin.cases.check import check_case
from hoering_plugin.cases.schema import case_schema, schema_text
from hoering_plugin.findings import CaseError, ExitCode, Finding
from hoering_plugin.model.case import Case

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_cases" / "forpligtende-samarbejder-2020" / "sag.json"
TREE: dict[str, Any] = json.loads(SAMPLE.read_text("utf-8"))

Change = Callable[[dict[str, Any]], object]


def faults(data: bytes, name: str = "sag.json") -> tuple[Finding, ...]:
    """What is told of a file that isn't a case."""
    with pytest.raises(CaseError) as stopped:
        parse_case(data, name)
    assert stopped.value.exit_code is ExitCode.CASE
    assert all(finding.place.file == name and finding.message for finding in stopped.value.findings)
    return stopped.value.findings


def changed(*changes: Change) -> bytes:
    """The sample case with those changes, as a file."""
    tree = copy.deepcopy(TREE)
    for change in changes:
        change(tree)
    return json.dumps(tree, indent=1).encode()


def told(data: bytes) -> set[tuple[str, str]]:
    """The faults of a file as (id, path)."""
    return {(finding.id, finding.place.path) for finding in faults(data)}


def test_the_sample_is_read_from_its_folder_and_its_parts_fit() -> None:
    """The sample case is two cooperations of four municipalities with five and six requests."""
    case = read_case(SAMPLE.parent)
    assert [len(case.requests_of(each.key)) for each in case.cooperations] == [5, 6]
    assert check_case(case) == ()


def test_a_byte_order_mark_is_accepted() -> None:
    """Windows programs write one in front of UTF-8."""
    assert parse_case(b"\xef\xbb\xbf" + SAMPLE.read_bytes(), "a.JSON") == read_case(SAMPLE)


def test_the_sample_is_valid_by_the_published_schema() -> None:
    """A records system can check a case with the schema before it sends it."""
    jsonschema.Draft202012Validator.check_schema(case_schema())
    jsonschema.Draft202012Validator(case_schema()).validate(TREE)


def test_the_published_schema_is_the_models() -> None:
    """The file in the package is what the model gives, in Danish only."""
    assert (ROOT / "src/hoering_plugin/data/sag.schema.json").read_text("utf-8") == schema_text()
    assert all(field["description"] for field in case_schema()["properties"].values())


def _request(index: int, **values: object) -> Change:
    return lambda tree: tree["oensker"][index].update(values)


def _set(*path: str | int, to: object) -> Change:
    def change(tree: Any) -> None:
        for part in path[:-1]:
            tree = tree[part]
        tree[path[-1]] = to

    return change


def _chosen(code: str, day: str) -> Change:
    entry = {"oenske": "dt-rotter", "kommune": code, "dato": day}
    return lambda tree: tree.setdefault("datoer", []).append(entry)


ONE_FAULT: list[tuple[str, list[Change], str, str]] = [
    ("an unknown field", [_set("sagsnumer", to="x")], "felt-ukendt", "$.sagsnumer"),
    ("a missing field", [lambda t: t.pop("titel")], "felt-mangler", "$.titel"),
    ("a date that is none", [_set("brevdato", to="31-02-2020")], "dato-ugyldig", "$.brevdato"),
    (
        "a code as a number",
        [_set("kommuner", 0, "kode", to=155)],
        "kommunekode-ugyldig",
        "$.kommuner[0].kode",
    ),
    ("a wrong CVR", [_set("kommuner", 0, "cvr", to="12881518")], "cvr-ugyldigt", "$.kommuner[0].cvr"),
    (
        "an unknown task area",
        [_request(5, opgaveomraade="miljo")],
        "valg-ukendt",
        "$.oensker[5].opgaveomraade",
    ),
    (
        "an unknown provision",
        [_request(1, bestemmelser=["miljoebeskyttelseslov-17"])],
        "bestemmelse-ukendt",
        "$.oensker[1].bestemmelser[0]",
    ),
    (
        "a provision of another area",
        [_request(1, bestemmelser=["serviceloven-82-x", "serviceloven-97"])],
        "bestemmelse-andet-omraade",
        "$.oensker[1].bestemmelser[1]",
    ),
    ("two requests with one id", [_request(1, id="dt-raadgivning")], "id-dobbelt", "$.oensker[2].id"),
    (
        "a cooperation that isn't there",
        [_request(0, samarbejde="dragor")],
        "samarbejde-ukendt",
        "$.oensker[0].samarbejde",
    ),
    (
        "an application from outside",
        [_set("oensker", 0, "ansoegninger", 1, "kommune", to="0183")],
        "kommune-uden-for-samarbejdet",
        "$.oensker[0].ansoegninger[1].kommune",
    ),
    (
        "a partner's application missing",
        [lambda t: t["oensker"][0]["ansoegninger"].pop()],
        "ansoegning-mangler",
        "$.oensker[0].ansoegninger",
    ),
    (
        "an authorised municipality from outside",
        [_set("samarbejder", 0, "roller", 0, "bemyndiget", to="0183")],
        "kommune-uden-for-samarbejdet",
        "$.samarbejder[0].roller[0].bemyndiget",
    ),
    (
        "a role missing for an area",
        [lambda t: t["samarbejder"][0]["roller"].pop()],
        "rolle-mangler",
        "$.samarbejder[0].roller",
    ),
    (
        "a municipality in no cooperation",
        [_set("kommuner", 0, "kode", to="0101")],
        "kommune-uden-samarbejde",
        "$.kommuner[0]",
    ),
    (
        "an end of word",
        [_set("kommuner", 0, "navn", to="Dragør Kommune")],
        "kommune-navn",
        "$.kommuner[0].navn",
    ),
    (
        "partners with different dates",
        [_chosen("0155", "2021-05-01"), _chosen("0185", "2021-06-01")],
        "datoer-forskellige",
        "$.datoer[1].dato",
    ),
    (
        "a deadline before the letter",
        [_set("svarfrist", "dato", to="2020-11-30")],
        "svarfrist-for-tidlig",
        "$.svarfrist.dato",
    ),
    (
        "a duty about nothing",
        [_set("svarpligt", 0, to={"ministerium": "sim"})],
        "svarpligt-tom",
        "$.svarpligt[0]",
    ),
    (
        "a version that is none",
        [_set("svarpligt", 1, "version", to="nyeste")],
        "version-ugyldig",
        "$.svarpligt[1].version",
    ),
    (
        "a negotiation in an unknown cooperation",
        [_set("forhandlinger", 0, "samarbejde", to="x")],
        "svar-samarbejde-ukendt",
        "$.forhandlinger[0].samarbejde",
    ),
    ("a control character", [_set("titel", to="a\x07b")], "tegn-ugyldigt", "$.titel"),
    ("a lone surrogate", [_set("titel", to="a\ud800b")], "tegn-halvt", "$.titel"),
]


@pytest.mark.parametrize(
    ("changes", "kind", "path"), [case[1:] for case in ONE_FAULT], ids=[case[0] for case in ONE_FAULT]
)
def test_a_fault_is_told_where_it_stands(changes: list[Change], kind: str, path: str) -> None:
    """Each fault has its own id, and the place where it is mended."""
    assert (kind, path) in told(changed(*changes))


def test_faults_of_every_sort_are_told_at_once() -> None:
    """A wrong date doesn't hide a missing application, nor the other way round."""
    data = changed(
        _set("brevdato", to="31-02-2020"),
        _set("kommuner", 0, "cvr", to="1"),
        _set("kommuner", 3, "kode", to="0183"),
        lambda t: t["oensker"][4]["ansoegninger"].pop(),
    )
    ids = {kind for kind, _ in told(data)}
    assert {"dato-ugyldig", "cvr-ugyldigt", "kommune-dobbelt", "ansoegning-mangler"} <= ids


def test_a_wrong_entry_is_one_fault_and_not_many() -> None:
    """A municipality whose CVR number is wrong is still known to its cooperation."""
    assert told(changed(_set("kommuner", 0, "cvr", to="12881518"))) == {("cvr-ugyldigt", "$.kommuner[0].cvr")}


def test_the_line_of_a_fault_is_the_line_in_the_file() -> None:
    """A caseworker finds the place in a plain editor."""
    text = SAMPLE.read_text("utf-8").replace('"brevdato": "2020-12-01"', '"brevdato": "1/12"')
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "brevdato" in each)
    (fault,) = faults(text.encode())
    assert (fault.place.line, fault.place.path) == (line, "$.brevdato")


def test_a_near_name_is_suggested() -> None:
    """A slip of the pen is answered with the word that was meant."""
    assert "Mente du »sagsnummer«?" in " ".join(f.message for f in faults(changed(_set("sagsnumer", to="x"))))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "sag-tom"),
        (b" \n", "sag-tom"),
        ("{}".encode("utf-16"), "sag-utf16"),
        ("{}".encode("utf-16-le"), "sag-utf16"),
        ('{"titel": "Dragør"}'.encode("latin-1"), "sag-ikke-utf8"),
        (b"[" * 100_000, "json-for-dyb"),
        (b" " * MAX_BYTES + b"{}", "sag-for-stor"),
        (b'{"a": 1,}', "json-fejl"),
        (b'{"a": "x', "json-fejl"),
        (b'{"a": 1} 2', "json-fejl"),
        (b'{"a": 01}', "json-fejl"),
        (b'{"titel": 1, "titel": 2}', "json-noegle-dobbelt"),
        (b'{"titel": NaN}', "json-ikke-et-tal"),
        (b'{"titel": -Infinity}', "json-ikke-et-tal"),
        (b'{"titel": 1e999}', "json-ikke-et-tal"),
        (b'{"titel": ' + b"9" * 9000 + b"}", "json-tal-for-langt"),
        (b"[]", "type-forkert"),
    ],
)
def test_a_file_that_is_no_json_text_is_named_for_what_it_is(data: bytes, kind: str) -> None:
    """The caseworker is told what the file is, rather than that it can't be read."""
    assert kind in {finding.id for finding in faults(data)}


def test_a_file_of_another_kind_or_none_is_told(tmp_path: Path) -> None:
    """A path that can't be used is a fault of the case like another."""
    assert faults(b"x", "sag.pdf")[0].id == "sag-filtype"
    for path in (tmp_path, tmp_path / "sag.json", "a\0b.json"):
        with pytest.raises(CaseError):
            read_case(path)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["0155", "2020-12-01"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=5) | st.sampled_from(sorted(TREE)), inner, max_size=6)
    ),
    max_leaves=20,
)


def _case_or_faults(data: bytes) -> None:
    try:
        assert isinstance(parse_case(data, "x.json"), Case)
    except CaseError as stopped:
        assert stopped.findings
        for finding in stopped.findings:
            assert str(finding).encode("utf-8")


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=300) | st.text(st.sampled_from('{}[]:,"\\u0aeE+-.1nNIt \n')).map(str.encode))
def test_any_bytes_are_a_case_or_faults(data: bytes) -> None:
    """Whatever lies in the file, the answer is a case or findings that can be printed."""
    _case_or_faults(data)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(sorted(TREE)), JSON, st.integers(0, 10), st.booleans())
def test_any_value_in_any_place_is_a_case_or_faults(
    key: str, value: object, index: int, inside: bool
) -> None:
    """The sample with anything put anywhere is a case or findings."""
    tree = copy.deepcopy(TREE)
    if inside and isinstance(tree[key], list) and tree[key]:
        entry = tree[key][index % len(tree[key])]
        entry[sorted(entry)[index % len(entry)]] = value
    else:
        tree[key] = value
    _case_or_faults(json.dumps(tree).encode())


def test_a_code_that_lost_its_zero_is_told_once() -> None:
    """And not again wherever the municipality is named."""
    tree = copy.deepcopy(TREE)
    tree["kommuner"][0]["kode"] = 155
    with pytest.raises(CaseError) as caught:
        parse_case(json.dumps(tree).encode(), "sag.json")
    assert [finding.id for finding in caught.value.findings] == ["kommunekode-ugyldig"]
