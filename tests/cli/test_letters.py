"""``hoering letters`` as a records system meets it: files, exit codes and what is printed."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Changed = Callable[..., Path]

NAMES = [
    "2020-0000-0155-dragoer.docx",
    "2020-0000-0183-ishoej.docx",
    "2020-0000-0185-taarnby.docx",
    "2020-0000-0187-vallensbaek.docx",
]


def whole(names: list[str]) -> list[str]:
    """The files of a version with these letters, by name."""
    stems = [name.removesuffix(".docx") for name in names]
    return sorted(
        [*names, *(f"{s}.metadata.{kind}" for s in stems for kind in ("json", "xml")), "manifest.json"]
    )


def files(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by path, without the lock and the caseworker's own."""
    found = (
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".laas" and path.parent.name != "internt"
    )
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def hold_dragoer(case: Path) -> Path:
    """The same case where Tårnby's application isn't received yet."""
    value = json.loads(case.read_text("utf-8"))
    request = next(one for one in value["oensker"] if one["samarbejde"] == "dragoer-taarnby")
    del request["ansoegninger"][0]["dato"]
    case.write_text(json.dumps(value), "utf-8")
    return case


def manifest(out: Path, version: str = "v0001") -> dict[str, Any]:
    """The manifest of a version of the sample case."""
    value: dict[str, Any] = json.loads((out / "2020-0000" / version / "manifest.json").read_text("utf-8"))
    return value


def test_a_case_gives_four_letters_and_a_manifest(hoering: Run, sample_case: Path, tmp_path: Path) -> None:
    """Exit code 0, one letter to each municipality, and the manifest has the hash of each."""
    done = hoering("letters", sample_case, "--out", tmp_path, "--format", "json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["success"] and result["version"] == "v0001"
    written = files(tmp_path)
    assert sorted(written) == [f"2020-0000/v0001/{name}" for name in whole(NAMES)]
    for letter in result["letters"]:
        assert letter["status"] == "written"
        data = written[f"2020-0000/v0001/{letter['file']}"]
        assert hashlib.sha256(data).hexdigest() == letter["sha256"]
    assert {one["sha256"] for one in manifest(tmp_path)["breve"]} == {
        one["sha256"] for one in result["letters"]
    }


def test_two_runs_in_two_worlds_give_the_same_bytes(hoering: Run, sample_case: Path, tmp_path: Path) -> None:
    """Hash seed, time zone, locale, time and folder leave no trace in letters or manifest."""
    first = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    other = {"PYTHONHASHSEED": "4711", "TZ": "America/Nuuk", "LC_ALL": "C.UTF-8"}
    assert hoering("letters", sample_case, "--out", tmp_path / "a", env=first).returncode == 0
    time.sleep(2.1)
    assert hoering("letters", sample_case, "--out", tmp_path / "b", env=other).returncode == 0
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_a_second_run_changes_nothing(hoering: Run, sample_case: Path, tmp_path: Path) -> None:
    """The same again is ``unchanged``, also for one letter; an edited letter is told and not touched."""
    hoering("letters", sample_case, "--out", tmp_path)
    before = files(tmp_path)
    again = hoering("letters", sample_case, "--out", tmp_path, "--format", "json")
    assert again.returncode == 0
    assert {letter["status"] for letter in json.loads(again.stdout)["letters"]} == {"unchanged"}
    one = hoering("letters", sample_case, "--out", tmp_path, "--only", "0155", "--format", "json")
    assert [letter["status"] for letter in json.loads(one.stdout)["letters"]] == ["unchanged"]
    assert files(tmp_path) == before
    edited = tmp_path / "2020-0000" / "v0001" / NAMES[0]
    edited.write_bytes(edited.read_bytes() + b"\0")
    kept = edited.read_bytes()
    told = hoering("letters", sample_case, "--out", tmp_path)
    assert "brev-rettet" in told.stderr and edited.read_bytes() == kept


def test_a_changed_case_gives_a_new_version_that_says_why(
    hoering: Run, sample_case: Path, changed: Changed, tmp_path: Path
) -> None:
    """The next version tells what each letter replaces, that the case differs, and who edited the old one."""
    out = tmp_path / "ud"
    hoering("letters", sample_case, "--out", out)
    edited = out / "2020-0000" / "v0001" / NAMES[0]
    edited.write_bytes(edited.read_bytes() + b"\0")
    done = hoering("letters", changed(doknr="111111"), "--out", out)
    assert done.returncode == 0, done.stderr
    state = manifest(out, "v0002")
    assert [letter["erstatter"]["aarsager"] for letter in state["breve"]] == [["sag"]] * 4
    assert state["rettet_af_andre"] == [{"version": "v0001", "fil": NAMES[0], "tilstand": "rettet"}]


def test_a_held_cooperation_does_not_hold_the_others(hoering: Run, changed: Changed, tmp_path: Path) -> None:
    """Exit code 1: Ishøj and Vallensbæk get their letters, Dragør and Tårnby wait."""
    out = tmp_path / "ud"
    done = hoering("letters", hold_dragoer(changed()), "--out", out, "--format", "json")
    assert done.returncode == 1
    status = {letter["municipality"]: letter["status"] for letter in json.loads(done.stdout)["letters"]}
    assert status == {"0155": "held", "0185": "held", "0183": "written", "0187": "written"}
    assert [Path(name).name for name in files(out)] == whole([NAMES[1], NAMES[3]])
    again = hoering("letters", hold_dragoer(changed()), "--out", out)
    assert again.returncode == 1 and not (out / "2020-0000" / "v0002").exists()


def test_a_dry_run_writes_nothing(hoering: Run, sample_case: Path, tmp_path: Path) -> None:
    """The letters are merged and proved, and the folder isn't even made."""
    done = hoering("letters", sample_case, "--out", tmp_path / "ud", "--dry-run", "--format", "json")
    assert done.returncode == 0
    assert {letter["status"] for letter in json.loads(done.stdout)["letters"]} == {"ready"}
    assert not (tmp_path / "ud").exists()


def test_only_the_letter_asked_for_is_written(hoering: Run, sample_case: Path, tmp_path: Path) -> None:
    """--only picks letters; the full run after it writes all of them."""
    hoering("letters", sample_case, "--out", tmp_path, "--only", "0183")
    assert [Path(name).name for name in files(tmp_path)] == whole([NAMES[1]])
    assert hoering("letters", sample_case, "--out", tmp_path).returncode == 0
    assert sorted(files(tmp_path / "2020-0000" / "v0002")) == whole(NAMES)


def test_wrong_usage_is_2(hoering: Run, sample_case: Path, tmp_path: Path) -> None:
    """A missing option, an unknown one and an unknown municipality."""
    assert hoering("letters", sample_case).returncode == 2
    assert hoering("letters", sample_case, "--out", tmp_path, "--nope").returncode == 2
    assert hoering("letters", sample_case, "--out", tmp_path, "--only", "9999").returncode == 2
    assert files(tmp_path) == {}


def test_a_bad_template_is_3(hoering: Run, sample_case: Path, tmp_path: Path) -> None:
    """A set-up that can't be used stops all of it before anything is written."""
    (tmp_path / "brev.docx").write_bytes(b"ikke Word")
    done = hoering("letters", sample_case, "--out", tmp_path / "ud", "--template", tmp_path / "brev.docx")
    assert done.returncode == 3 and "skabelon-ikke-docx" in done.stderr
    assert not (tmp_path / "ud").exists()


def test_a_required_package_that_is_missing_is_3(hoering: Run, changed: Changed, tmp_path: Path) -> None:
    """The case asks for a ministry that nobody has installed."""
    case = json.loads(changed().read_text("utf-8"))
    duties = [*case["svarpligt"], {"ministerium": "findes-ikke", "opgaveomraader": ["social"]}]
    done = hoering("letters", changed(svarpligt=duties), "--out", tmp_path / "ud")
    assert done.returncode == 3 and "findes-ikke" in done.stderr


def test_a_bad_case_is_4_and_does_not_stop_the_batch(hoering: Run, changed: Changed, tmp_path: Path) -> None:
    """A folder of cases: the good one is written, the bad one told, Office's own files passed over."""
    folder = changed("god.json").parent
    (folder / "daarlig.json").write_text('{"format": "hoering-sag/1"}')
    (folder / "~$god.json").write_text("laas")
    (folder / "desktop.ini").write_text("x")
    done = hoering("letters", folder, "--out", tmp_path / "ud", "--format", "json")
    assert done.returncode == 4
    assert [result["success"] for result in json.loads(done.stdout)] == [False, True]
    assert [Path(name).name for name in files(tmp_path / "ud")] == whole(NAMES)


def test_two_cases_with_one_folder_name_are_4(hoering: Run, changed: Changed, tmp_path: Path) -> None:
    """Case numbers that differ only in what a file name can't show would mix their letters."""
    folder = changed("en.json").parent
    changed("to.json", sagsnummer="2020/0000")
    done = hoering("letters", folder, "--out", tmp_path / "ud")
    assert done.returncode == 4 and "sag-to-gange" in done.stderr
    assert not (tmp_path / "ud").exists()


def test_another_case_in_the_folder_is_5(
    hoering: Run, sample_case: Path, changed: Changed, tmp_path: Path
) -> None:
    """The second of two cases with one folder name is refused also when it comes on another day."""
    out = tmp_path / "ud"
    hoering("letters", sample_case, "--out", out)
    done = hoering("letters", changed(sagsnummer="2020/0000"), "--out", out)
    assert done.returncode == 5 and "sagsnummer-sammenfald" in done.stderr


def test_a_place_that_cannot_be_written_is_5(hoering: Run, sample_case: Path, tmp_path: Path) -> None:
    """A file where the folder should be."""
    (tmp_path / "ud").write_text("en fil")
    assert hoering("letters", sample_case, "--out", tmp_path / "ud").returncode == 5


def test_a_killed_run_leaves_a_whole_version_or_none(hoering: Run, sample_case: Path, tmp_path: Path) -> None:
    """Killed at several moments; afterwards a run gives four letters and verify finds nothing wrong."""
    command = [sys.executable, "-m", "hoering_plugin", "letters", str(sample_case), "--out", str(tmp_path)]
    for delay in (0.4, 0.9, 1.3):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(delay)
            process.kill()
        for version in (tmp_path / "2020-0000").glob("v*"):
            assert sorted(path.name for path in version.iterdir()) == whole(NAMES)
    assert hoering("letters", sample_case, "--out", tmp_path).returncode == 0
    assert hoering("verify", tmp_path).returncode == 0
    assert not (tmp_path / "2020-0000" / "_ny").exists()
