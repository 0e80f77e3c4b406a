"""Kill a run that makes letters, again and again, and tell what the next run made of what was left.

    python tests/delivery/killing.py CASE FOLDER TIMES

Half of the runs are the case's first, half make its second version. Besides ``TIMES`` kills at random
moments, each is killed once at every call with which it touches the disk. Prints what went wrong, one line
each, and at the end how many runs were killed under way.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from hoering_plugin import Case, generate, load_ministries, read_case
from hoering_plugin.generation import letter_template
from hoering_plugin.letter.templates import template_path

TOUCHES = {
    "open",
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.scandir",
    "os.listdir",
    "os.truncate",
}
Tree = dict[str, bytes]


def tree(folder: Path) -> Tree:
    """Every file under a folder but the lock."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".laas")
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(files)}


class Killer:
    """Runs of one case over what lies on disk before, killed, and held against an undisturbed one."""

    def __init__(self, case: Case, before: Path | None, work: Path) -> None:
        self.case = case
        self.before = before
        self.work = work
        self.ministries = load_ministries()
        self.template = letter_template(template_path())
        self.killed = 0
        self.expected = tree(self.run(self.fresh()))
        out, started = self.fresh(), time.perf_counter()
        self.run(out)
        self.seconds = time.perf_counter() - started

    def fresh(self) -> Path:
        """The folder as it was before the run."""
        out = self.work / "ud"
        shutil.rmtree(out, ignore_errors=True)
        if self.before:
            shutil.copytree(self.before, out)
        else:
            out.mkdir(parents=True)
        return out

    def run(self, out: Path) -> Path:
        """Make the letters."""
        generate(self.case, self.ministries, self.template, out)
        return out

    def kill(self, prepare: Callable[[Path], None], wait: float | None = None) -> list[str]:
        """Kill a run after so many seconds, or as ``prepare`` says; what was wrong afterwards."""
        out = self.fresh()
        child = os.fork()
        if child == 0:
            try:
                prepare(out)
                self.run(out)
            finally:
                os._exit(0)
        if wait is not None:
            time.sleep(wait)
            os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
        self.killed += os.WIFSIGNALED(status)
        wrong = [f"halv: {name}" for name in self.half(tree(out))]
        after = tree(self.run(out))
        return wrong + [f"afviger: {name}" for name in differing(self.expected, after)]

    def half(self, found: Tree) -> list[str]:
        """The versions on disk that aren't whole."""
        versions = {name: Path(name).parts[1] for name in (*found, *self.expected)}
        seen = {versions[name] for name in found if versions[name].startswith("v")}
        of_seen = {name for name in self.expected if versions[name] in seen}
        return [name for name in sorted(of_seen) if found.get(name) != self.expected[name]]


def differing(one: Tree, other: Tree) -> list[str]:
    """The names of the files that two trees don't share."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def at_touch(number: int) -> Callable[[Path], None]:
    """Have a process kill itself when it touches the output for that time."""

    def prepare(out: Path) -> None:
        left = number

        def hook(event: str, args: tuple[object, ...]) -> None:
            nonlocal left
            if event in TOUCHES and args and str(args[0]).startswith(str(out)):
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)

    return prepare


def main(case_file: str, folder: str, times: str) -> None:
    """Kill, and tell."""
    work = Path(folder)
    first = read_case(case_file)
    second = first.model_copy(update={"title": f"{first.title} (rettet)"})
    killers = [Killer(first, None, work / "a")]
    killers.append(
        Killer(second, shutil.copytree(killers[0].run(killers[0].fresh()), work / "foer"), work / "b")
    )
    chance = random.Random(2020)  # noqa: S311 - moments, not secrets
    for killer in killers:
        for _ in range(int(times) // 2):
            wait = chance.uniform(0, killer.seconds)
            for wrong in killer.kill(lambda out: None, wait):
                sys.stdout.write(f"efter {wait:.4f} s: {wrong}\n")
        touch, killed = 0, -1
        while killer.killed > killed:
            killed = killer.killed
            for wrong in killer.kill(at_touch(touch)):
                sys.stdout.write(f"ved kald {touch}: {wrong}\n")
            touch += 1
    sys.stdout.write(f"{sum(killer.killed for killer in killers)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
