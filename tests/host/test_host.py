"""A package is loaded as it is, or refused with its name, version and file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hoering_plugin import SetupError, load_ministries
from hoering_plugin.findings import Finding

HOOK = "from hoering_plugin import Ministry, hookimpl, ministry_from_file\n"


def refused(folder: Path) -> tuple[Finding, ...]:
    """What loading the folder's packages is refused for."""
    with pytest.raises(SetupError) as caught:
        load_ministries([folder], installed=False)
    return caught.value.findings


def test_packages_in_a_folder_are_loaded_in_the_order_of_their_keys(package) -> None:  # type: ignore[no-untyped-def]
    """Package, version and origin follow the ministry."""
    package("mim")
    loaded = load_ministries([package("bm")], installed=False)
    assert [(m.key, m.package, m.version) for m in loaded] == [
        ("bm", "hoering-bm", "1.2.3"),
        ("mim", "hoering-mim", "1.2.3"),
    ]
    assert loaded[1].origin.endswith("hoering_mim")


def test_a_folder_that_is_itself_a_package_is_loaded(package) -> None:  # type: ignore[no-untyped-def]
    """--hooks-dir takes one package as well as a folder of them."""
    assert [m.key for m in load_ministries([package("mim") / "mim"], installed=False)] == ["mim"]


def test_a_single_module_is_a_package_without_version(tmp_path: Path) -> None:
    """A ministry without packaging may have one file of Python."""
    (tmp_path / "mim.py").write_text(
        HOOK
        + "from datetime import date\nfrom hoering_plugin.model.ministry import Name\n"
        + "@hookimpl\ndef hoering_ministry():\n"
        + "    return Ministry(key='mim', names=(Name(ministry='M', minister='m', source='k'),))\n",
        "utf-8",
    )
    (loaded,) = load_ministries([tmp_path], installed=False)
    assert (loaded.key, loaded.package, loaded.version) == ("mim", "mim", "uden version")


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("raise ValueError('itu')", "pakke-indlaesning"),
        ("import sys\nsys.exit(0)", "pakke-indlaesning"),
        ("import findes_ikke_her", "pakke-indlaesning"),
        ("def (", "pakke-indlaesning"),
        ("x = 1", "pakke-uden-hook"),
        (HOOK + "@hookimpl\ndef hoering_ministri():\n    return None", "hook-ukendt"),
        (HOOK + "@hookimpl\ndef hoering_ministry(case):\n    return None", "hook-forkert"),
        (HOOK + "@hookimpl\ndef hoering_ministry():\n    return None", "pakke-intet-ministerium"),
        (HOOK + "@hookimpl\ndef hoering_ministry():\n    return {'key': 'mim'}", "pakke-intet-ministerium"),
        (HOOK + "@hookimpl\ndef hoering_ministry():\n    raise SystemExit(3)", "pakke-indlaesning"),
        (
            HOOK + "@hookimpl\ndef hoering_ministry():\n    return Ministry(key=3, names=())",
            "ministerium-felt",
        ),
        (
            HOOK + "@hookimpl\ndef hoering_ministry():\n    return Ministry(key='m', names=['x'])",
            "ministerium-felt",
        ),
        (
            HOOK + "@hookimpl\ndef hoering_ministry():\n    return Ministry(key='m', names=())",
            "ministerium-uden-navn",
        ),
    ],
)
def test_a_package_that_cannot_be_used_is_named(package, module: str, expected: str) -> None:  # type: ignore[no-untyped-def]
    """Whatever is wrong, the message names the package, its version and the file."""
    findings = refused(package("mim", module))
    assert [finding.id for finding in findings] == [expected]
    assert "hoering-mim 1.2.3" in str(findings[0])
    assert "__init__.py" in str(findings[0])


def test_every_package_s_faults_are_told_at_once(package) -> None:  # type: ignore[no-untyped-def]
    """One package that can't be imported doesn't hide what is wrong with the next."""
    package("bm", "raise ValueError('itu')")
    assert [finding.id for finding in refused(package("mim", "x = 1"))] == [
        "pakke-indlaesning",
        "pakke-uden-hook",
    ]


def test_two_packages_for_one_ministry_are_refused_by_both_names(package) -> None:  # type: ignore[no-untyped-def]
    """Nobody chooses between two packages of one ministry."""
    package("mim")
    folder = package(
        "naturen", words=(package("andet") / "mim/src/hoering_mim/vilkaar.toml").read_text("utf-8")
    )
    (finding,) = refused(folder)
    assert finding.id == "ministerium-to"
    assert "hoering-mim 1.2.3" in str(finding)
    assert "hoering-naturen 1.2.3" in str(finding)


def test_an_id_belongs_to_one_package(package) -> None:  # type: ignore[no-untyped-def]
    """Two ministries can't use one id, or a letter couldn't say whose condition it is."""
    words = (package("mim") / "mim/src/hoering_mim/vilkaar.toml").read_text("utf-8")
    (finding,) = refused(package("bm", words=words.replace('noegle = "mim"', 'noegle = "bm"')))
    assert finding.id == "noegle-to-pakker"
    assert "hoering-bm" in str(finding)
    assert "hoering-mim" in str(finding)


def test_an_api_version_we_do_not_serve_is_refused_before_import(package) -> None:  # type: ignore[no-untyped-def]
    """The version is in the group's name: code for another program is never run."""
    folder = package("mim", "raise SystemExit('importeret')")
    project = folder / "mim" / "pyproject.toml"
    group = '[project.entry-points."hoering_plugin.ministries.v2"]\nmim = "hoering_mim"\n'
    project.write_text(project.read_text("utf-8") + group, "utf-8")
    assert [finding.id for finding in refused(folder)] == ["pakke-api"]


@pytest.mark.parametrize(("make", "expected"), [(False, "hooks-mappe-mangler"), (True, "hooks-mappe-tom")])
def test_a_hooks_folder_without_packages_is_a_mistake(tmp_path: Path, make: bool, expected: str) -> None:
    """A folder given by mistake would otherwise be a ministry silently lost."""
    folder = tmp_path / "ingen"
    if make:
        folder.mkdir()
    assert [finding.id for finding in refused(folder)] == [expected]


def test_installed_packages_are_found_by_entry_point(package, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A distribution on the path is loaded, one for another API is refused without being imported."""
    site = package("proeve") / "proeve" / "src"
    info = site / "hoering_proeve-2.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hoering-proeve\nVersion: 2.0\n")
    (info / "entry_points.txt").write_text("[hoering_plugin.ministries]\nproeve = hoering_proeve\n")
    program = (
        f"import sys, json; sys.path.insert(0, {str(site)!r})\n"
        "from hoering_plugin import load_ministries, SetupError\n"
        "try: print(json.dumps([(m.key, m.package, m.version) for m in load_ministries()]))\n"
        "except SetupError as e: print(json.dumps([f.id for f in e.findings]))\n"
        "print('hoering_proeve' in sys.modules)"
    )

    def run() -> list[str]:
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
        return done.stdout.splitlines()

    assert ["proeve", "hoering-proeve", "2.0"] in json.loads(run()[0])
    (info / "entry_points.txt").write_text("[hoering_plugin.ministries.v2]\nproeve = hoering_proeve\n")
    found, imported = run()
    assert json.loads(found) == ["pakke-api"]
    assert imported == "False"
