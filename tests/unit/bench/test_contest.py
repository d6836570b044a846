"""A contest times nothing before its ways agree, and compares within each turn."""

from pathlib import Path

import pytest

from bench.contest import DifferentAnswersError, Result, Way, contest, table


def _way(folder: Path, name: str, answer: object) -> Way:
    (folder / f"{name}.py").write_text(f"def prepare(folder):\n    return lambda: {answer!r}\n")
    return Way(name, f"{name}:prepare")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path


def test_ways_that_agree_are_timed_in_turn(folder: Path) -> None:
    ways = [_way(folder, "first", {"a": [1, None]}), _way(folder, "second", {"a": [1, None]})]
    results = contest(ways, folder, runs=3)
    assert [(result.way, len(result.seconds)) for result in results] == [(ways[0], 3), (ways[1], 3)]
    assert all(result.megabytes > 0 for result in results)


def test_ways_that_differ_are_not_compared(folder: Path) -> None:
    ways = [_way(folder, "first", {"a": 1, "b": 2}), _way(folder, "second", {"a": 1, "b": 3})]
    with pytest.raises(DifferentAnswersError, match=r"first and second differ in 1 values: \['b: 2 and 3'\]"):
        contest(ways, folder, runs=1)


def test_ratios_are_of_the_same_turn() -> None:
    quiet_then_busy = Result(Way("ours", ""), 0, 0, (2.0, 20.0, 2.0), 10)
    base = Result(Way("theirs", ""), 0, 0, (1.0, 10.0, 1.0), 10)
    assert quiet_then_busy.against(base) == 2.0
    assert [line.split()[-1] for line in table([base, quiet_then_busy]).splitlines()[1:]] == ["1.00", "2.00"]
