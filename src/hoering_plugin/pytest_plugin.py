"""A pytest plug-in: each sample in a package's ``proever.toml`` is a test named by its sentence.

It takes up only files of that name in a project whose ``pyproject.toml`` names a ministry, and imports
nothing of the program before it meets one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from hoering_plugin.model.answer import Ministry
    from hoering_plugin.testing import Example


class Deviates(Exception):  # noqa: N818 - what a failing sample tells, not an error of ours
    """A sample that doesn't hold."""


class Unusable(pytest.Collector.CollectError):
    """A package or a file of samples that can't be used."""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take up a package's samples."""
    if file_path.name != "proever.toml":
        return None
    project = next((p for p in file_path.parents if (p / "pyproject.toml").is_file()), None)
    if project is None or not _is_ministry(project):
        return None
    return SamplesFile.from_parent(parent, path=file_path, project=project)


def _is_ministry(project: Path) -> bool:
    try:
        data = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
        return "hoering_plugin.ministries" in data["project"]["entry-points"]
    except (OSError, ValueError, KeyError, TypeError):
        return False


class SamplesFile(pytest.File):
    """One ``proever.toml``."""

    def __init__(self, *, project: Path, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.project = project

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each sample."""
        from hoering_plugin.findings import SetupError
        from hoering_plugin.host import load_ministries
        from hoering_plugin.samples_file import examples_with_lines

        try:
            (loaded,) = load_ministries([self.project], installed=False)
            examples = examples_with_lines(self.path)
        except SetupError as fault:
            raise Unusable("\n".join(map(str, fault.findings))) from None
        except ValueError:
            raise Unusable(f"{self.project}: her skal være netop ét ministerium") from None
        for example, place in examples:
            yield SampleItem.from_parent(
                self, name=example.sentence, ministry=loaded.ministry, example=example, line=place.line or 1
            )


class SampleItem(pytest.Item):
    """One sample."""

    def __init__(self, *, ministry: Ministry, example: Example, line: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ministry = ministry
        self.example = example
        self.line = line

    def runtest(self) -> None:
        """The ministry says what the sentence says."""
        from hoering_plugin.testing import deviations

        wrong = deviations(self.ministry, self.example)
        if wrong:
            raise Deviates("\n".join(wrong))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What deviates, and where the sample stands; a traceback only where something else went wrong."""
        if isinstance(excinfo.value, Deviates):
            return f"{self.path}, linje {self.line}\n»{self.name}«\n{excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The place of the sample."""
        return self.path, self.line - 1, self.name
