"""The whole way for many municipalities, side by side with docxtpl doing the merge alone.

    python benchmarks/batch.py                 98 municipalities, then twenty such cases, with one job and two
    python benchmarks/batch.py --cases 100     a hundred such cases
    python benchmarks/batch.py --letters       merge and proof alone, against docxtpl
    python benchmarks/batch.py --cold          a cold export against a bare import of what it needs

The cases are those of ``sample_cases/write_many.py``. *Letters* is merge and proof of every letter of a case;
*docxtpl* merges the same data into the same template and saves it, ``autoescape`` on; the two take turns.
*The whole way* is the command: read, ask, draft, merge, prove, write, overview, manifest.
"""

from __future__ import annotations

import argparse
import os
import resource
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "sample_cases" / "forpligtende-samarbejder-2020" / "sag.json"
MANY = runpy.run_path(str(ROOT / "sample_cases" / "write_many.py"))
write = MANY["write"]
LIBRARIES = (
    "babel.dates",
    "click",
    "filelock",
    "jinja2",
    "lxml.etree",
    "packaging.version",
    "pluggy",
    "pydantic",
)


def letters(case_files: Sequence[Path], work: Path) -> None:
    """Merge and proof of each letter of some cases, and docxtpl's merge of the same, letter by letter."""
    from docxtpl import DocxTemplate

    from hoering_plugin import Settings, letter_template, load_ministries, read_case
    from hoering_plugin.drafting import draft_case
    from hoering_plugin.letter.letter import letter_order, make_letter
    from hoering_plugin.letter.templates import template_path

    ministries, template = load_ministries(), letter_template(template_path())
    orders = []
    for file in case_files:
        case = read_case(file)
        orders += [
            letter_order(draft, case, municipality.code, ministries, Settings())
            for draft in draft_case(case, ministries, Settings()).drafts
            for municipality in draft.municipalities
        ]
    ours: list[float] = []
    theirs: list[float] = []
    for number, order in enumerate(orders):
        started = time.perf_counter()
        (work / f"{number}.docx").write_bytes(make_letter(template, order).data)
        ours.append(time.perf_counter() - started)
        started = time.perf_counter()
        other = DocxTemplate(template_path())
        other.render(dict(order.context), autoescape=True)
        other.save(work / f"{number}-docxtpl.docx")
        theirs.append(time.perf_counter() - started)
    conditions = median(len(order.draft.conditions) for order in orders)
    one, two = 1000 * median(ours[2:]), 1000 * median(theirs[2:])
    print(f"{conditions:g} conditions a letter, {len(orders)} letters, medians:", flush=True)
    print(f"  merge and proof {one:.2f} ms, docxtpl {two:.1f} ms: {two / one:.1f} x", flush=True)


def whole(cases: Path, count: int, work: Path, jobs: int) -> float:
    """The command over all the cases, with the peak memory of it and its processes.

    What a process had as a copy of this one counts as its own, so this one must stay small.
    """
    out = work / f"ud-{count}-{jobs}"
    command = [sys.executable, "-m", "hoering_plugin", "letters", cases, "--out", out, "--quiet"]
    started = time.perf_counter()
    subprocess.run([*command, "--jobs", str(jobs)], check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - started
    made = len(list(out.glob("*/v0001/*.docx")))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{count} cases, {jobs} jobs: {made} letters in {seconds:.1f} s, {made / seconds:.0f} a second, ",
        end="",
    )
    print(f"largest process so far {peak:.0f} MB")
    return seconds


STAGES = (
    ("hoering_plugin.many", "reading", "read the case"),
    ("hoering_plugin.drafting", "ask_ministries", "ask the ministries"),
    ("hoering_plugin.drafting", "make_draft", "draft"),
    ("hoering_plugin.generation", "letter_orders", "words of the letters"),
    ("hoering_plugin.letter.template", "Template.render", "merge"),
    ("hoering_plugin.letter.letter", "read_letter", "prove"),
    ("hoering_plugin.letter.letter", "prove_members", "prove"),
    ("hoering_plugin.generation", "_Run.files", "metadata and manifest"),
    ("hoering_plugin.generation", "publish", "write and make lasting"),
    ("hoering_plugin.generation", "write_internal", "overview and register"),
)
"""The functions of each stage, none of them within another's."""


def stages(cases: Path, work: Path) -> None:
    """Each stage's share of the whole way, in one process that is warm."""
    from importlib import import_module

    from hoering_plugin import Settings, letter_template, load_ministries
    from hoering_plugin.delivery.key import package_keys
    from hoering_plugin.letter.templates import template_path
    from hoering_plugin.many import Plan, generate_all

    spent: dict[str, float] = {}

    def timed(function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            started = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                spent[stage] = spent.get(stage, 0.0) + time.perf_counter() - started

        return run

    for module, path, stage in STAGES:
        owner: Any = import_module(module)
        *outer, name = path.split(".")
        for one in outer:
            owner = getattr(owner, one)
        setattr(owner, name, timed(getattr(owner, name), stage))
    template, keys = letter_template(template_path()), package_keys(load_ministries())
    for out in ("first", "second"):
        spent.clear()
        started = time.perf_counter()
        plan = Plan(template, work / out, Settings(), (), keys)
        made = sum(len(result.letters) for _, result in generate_all(sorted(cases.iterdir()), plan))
        whole_way = time.perf_counter() - started
    spent["the rest"] = whole_way - sum(spent.values())
    print(f"Of {1000 * whole_way / made:.2f} ms a letter, warm ({made} letters):", flush=True)
    for stage, seconds in spent.items():
        print(f"  {seconds / whole_way:5.1%}  {1000 * seconds / made:.2f} ms  {stage}", flush=True)


def cold(work: Path, times: int = 9) -> None:
    """A cold export of the 2020 case, four proved letters, against a bare import of the libraries."""
    bare = [sys.executable, "-c", f"import {', '.join(LIBRARIES)}"]
    exports: list[float] = []
    imports: list[float] = []
    for number in range(times):
        command = [
            sys.executable,
            "-m",
            "hoering_plugin",
            "export",
            "--quiet",
            "--out",
            work / f"kold-{number}",
        ]
        started = time.perf_counter()
        subprocess.run([*command, SAMPLE], check=True, stdout=subprocess.DEVNULL)
        exports.append(time.perf_counter() - started)
        started = time.perf_counter()
        subprocess.run(bare, check=True)
        imports.append(time.perf_counter() - started)
    one, two = median(exports[1:]), median(imports[1:])
    print(f"Cold export {one:.3f} s, bare import of {', '.join(LIBRARIES)} {two:.3f} s: {one / two:.2f} x")


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=20)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--letters", action="store_true", help="merge and proof alone, against docxtpl")
    parser.add_argument("--stages", type=Path, help="the share of each stage, for the cases in a folder")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        if chosen.stages:
            stages(chosen.stages, work)
            return
        if chosen.letters:
            for name_of, tasks in (("faa", MANY["TASKS"][1:2]), ("alle", MANY["TASKS"])):
                letters(write(work / name_of, 11, 98, tasks), work)
            return
        print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}", flush=True)
        if chosen.cold:
            cold(work)
            return
        write(work / "fem", 5, 98)
        whole(work / "fem", 5, work, 1)
        write(work / "mange", chosen.cases, 98)
        one, two = (whole(work / "mange", chosen.cases, work, jobs) for jobs in (1, 2))
        print(f"Two jobs: {one / two:.2f} x one", flush=True)
        subprocess.run([sys.executable, __file__, "--letters"], check=True)
        subprocess.run([sys.executable, __file__, "--stages", work / "fem"], check=True)


if __name__ == "__main__":
    main()
