"""A contest: several ways to the same answer, each in a process of its own, taking turns.

Taking turns spreads whatever else the machine does over all of them. Nothing is timed before all have given the same
answer.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Way:
    """One way: what it is called, and the function that prepares it (`module:function`)."""

    name: str
    target: str


@dataclass(frozen=True, slots=True)
class Result:
    """How one way did: seconds of each run, of the first run, of preparing, and the most memory that it held."""

    way: Way
    preparing: float
    first: float
    seconds: tuple[float, ...]
    megabytes: int

    @property
    def median(self) -> float:
        """The middle of the runs."""
        return median(self.seconds)

    def against(self, other: "Result") -> float:
        """How many times as long as another it took: the middle of the ratios within each turn.

        Within a turn, whatever else the machine did slowed both.
        """
        return median(mine / theirs for mine, theirs in zip(self.seconds, other.seconds, strict=True))


class DifferentAnswersError(Exception):
    """Two ways gave different answers: there is nothing to compare."""


def contest(ways: Sequence[Way], folder: Path, *, runs: int) -> list[Result]:
    """Let every way answer once, compare, then time `runs` runs of each in turn."""
    contestants = [_Contestant(way, folder) for way in ways]
    try:
        preparing = [c.ask("prepare")["seconds"] for c in contestants]
        firsts = [c.ask("answer") for c in contestants]
        _compare(ways, [first["answer"] for first in firsts])
        seconds: list[list[float]] = [[] for _ in contestants]
        for _ in range(runs):
            for taken, contestant in zip(seconds, contestants, strict=True):
                taken.append(contestant.ask("run")["seconds"])
        memory = [c.ask("memory")["megabytes"] for c in contestants]
    finally:
        for contestant in contestants:
            contestant.end()
    return [
        Result(way, prepared, first["seconds"], tuple(taken), megabytes)
        for way, prepared, first, taken, megabytes in zip(ways, preparing, firsts, seconds, memory, strict=True)
    ]


def table(results: Sequence[Result]) -> str:
    """The results as lines, each with its ratio to the first way."""
    width = max(len(result.way.name) for result in results)
    lines = [f"  {'':{width}}   median    min–max          peak memory   ratio"]
    for result in results:
        low, high = min(result.seconds), max(result.seconds)
        ratio = result.against(results[0])
        lines.append(
            f"  {result.way.name:{width}}  {result.median:6.3f} s   {low:.3f}–{high:.3f} s   "
            f"{result.megabytes:6} MB      {ratio:6.2f}"
        )
    return "\n".join(lines)


def _compare(ways: Sequence[Way], answers: Sequence[Any]) -> None:
    for way, answer in zip(ways[1:], answers[1:], strict=True):
        if answer == answers[0]:
            continue
        names = sorted(set(answer) | set(answers[0])) if isinstance(answer, dict) else []
        apart = [f"{n}: {answers[0].get(n)} and {answer.get(n)}" for n in names if answers[0].get(n) != answer.get(n)]
        raise DifferentAnswersError(f"{ways[0].name} and {way.name} differ in {len(apart)} values: {apart[:5]}")


class _Contestant:
    def __init__(self, way: Way, folder: Path) -> None:
        self.way = way
        command = [sys.executable, "-m", "bench.contest", way.target, str(folder)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, what: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.way.name} ended; what it said is above")
        return dict(json.loads(line))

    def end(self) -> None:
        with self._process as process:
            if process.stdin is not None:
                process.stdin.close()


def _serve(target: str, folder: Path) -> None:
    """The other end of the pipe: do what is asked, and say how long it took."""
    module, _, function = target.partition(":")
    answer: Any = None
    for line in sys.stdin:
        began = time.perf_counter()
        said: dict[str, Any] = {}
        match line.strip():
            case "prepare":
                answer = getattr(import_module(module), function)(folder)
            case "answer":
                said["answer"] = answer()
            case "run":
                answer()
            case "memory":
                said["megabytes"] = _most_memory() // 1024**2
        said["seconds"] = time.perf_counter() - began
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


def _most_memory() -> int:
    """The most bytes that this process has held."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage gives on Linux counts the process that this one was forked from.
        (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmHWM:")]
        return int(line.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    _serve(sys.argv[1], Path(sys.argv[2]))
