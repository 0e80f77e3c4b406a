"""Made-up cases of any size: all the country's municipalities in pairs, each pair with its requests.

    python sample_cases/write_many.py DIR                     one case with all 98 municipalities
    python sample_cases/write_many.py DIR --cases 100         a hundred such cases
    python sample_cases/write_many.py DIR --municipalities 4  small ones

Codes, names and CVR numbers are the real ones (``kommuner-98.csv``); the cooperations, the requests and the
addresses are made up, and no person is named. What the cases share with the 2020 case is taken from it. The
same call writes the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BASE = HERE / "forpligtende-samarbejder-2020" / "sag.json"
MUNICIPALITIES = HERE / "kommuner-98.csv"
WITH_BYRAAD = {"0183"}
TASKS = (
    ("genoptraening", "Genoptræning og socialpædagogisk støtte", ["serviceloven-85", "serviceloven-86"]),
    ("natur_miljoe", "Bekæmpelse af rotter", ["miljoebeskyttelsesloven-17"]),
    ("natur_miljoe", "Vandløb", ["vandloeb"]),
    ("social", "Ledsagelse", ["serviceloven-97"]),
    ("specialundervisning", "Specialundervisning", ["specialundervisning"]),
)
Task = tuple[str, str, list[str]]
MINISTRIES = {"genoptraening": "sum", "natur_miljoe": "mim", "specialundervisning": "buvm"}
SHARED = (
    "format",
    "klassifikation",
    "adgang",
    "eksempel",
    "sagsbehandler",
    "lovhenvisning",
    "brevdato",
    "henvendelse",
    "svarfrist",
    "afsender",
    "underskriver",
    "svarpligt",
)


def municipalities() -> list[dict[str, str]]:
    """Every municipality with code, name and CVR number."""
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def case(number: int, people: Sequence[dict[str, str]], tasks: Sequence[Task] = TASKS) -> dict[str, Any]:
    """One case in which these municipalities, two and two (three at the end if they are odd), ask alike."""
    base = json.loads(BASE.read_text("utf-8"))
    day = base["henvendelse"]["dato"]
    groups = [list(people[start : start + 2]) for start in range(0, len(people) - 1, 2)]
    if len(people) % 2:
        groups[-1].append(people[-1])
    codes = {f"samarbejde-{n:02}": [one["kode"] for one in group] for n, group in enumerate(groups, 1)}
    areas = list(dict.fromkeys(area for area, _, _ in tasks))
    return {key: base[key] for key in SHARED} | {
        "sagsnummer": f"EKSEMPEL-{number:04}",
        "doknr": f"EKSEMPEL-{number:04}-1",
        "ekstern_id": f"EKSEMPEL-SAG-{number:04}",
        "titel": f"Eksempelsag {number} med {len(people)} kommuner",
        "kommuner": [_municipality(one) for one in people],
        "samarbejder": [
            {
                "id": key,
                "kommuner": members,
                "roller": [{"opgaveomraade": area, "bemyndiget": members[0]} for area in areas],
            }
            for key, members in codes.items()
        ],
        "oensker": [
            {
                "id": f"{key}-oenske-{n}",
                "samarbejde": key,
                "opgaveomraade": area,
                "opgave": task,
                "bestemmelser": provisions,
                "ansoegninger": [{"kommune": code, "dato": day} for code in members],
            }
            for key, members in codes.items()
            for n, (area, task, provisions) in enumerate(tasks, 1)
        ],
        "forhandlinger": [
            {"samarbejde": key, "ministerium": ministry, "status": "afsluttet", "dato": "2020-11-27"}
            for key in codes
            for ministry in dict.fromkeys(MINISTRIES[area] for area in areas if area in MINISTRIES)
        ],
    }


def _municipality(row: dict[str, str]) -> dict[str, Any]:
    return {
        "kode": row["kode"],
        "cvr": row["cvr"],
        "navn": row["navn"].removesuffix(" Kommune"),
        "organ": "byraad" if row["kode"] in WITH_BYRAAD else "kommunalbestyrelse",
        "borgmester": "Borgmesteren",
        "adresse": ["Rådhuset"],
    }


def write(folder: Path, cases: int, size: int, tasks: Sequence[Task] = TASKS) -> list[Path]:
    """Write so many cases with so many municipalities each; the files."""
    folder.mkdir(parents=True, exist_ok=True)
    people = municipalities()[:size]
    files = []
    for number in range(1, cases + 1):
        file = folder / f"sag-{number:04}.json"
        file.write_text(json.dumps(case(number, people, tasks), ensure_ascii=False, indent=1) + "\n", "utf-8")
        files.append(file)
    return files


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Skriv opdigtede sager.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, default=1)
    parser.add_argument("--municipalities", type=int, default=98)
    chosen = parser.parse_args()
    write(chosen.folder, chosen.cases, chosen.municipalities)
