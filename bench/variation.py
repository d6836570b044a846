"""How often the rules of ordinary variation cry out for nothing, and how soon they see a real change: by simulation."""

import random
from bisect import bisect_left
from itertools import accumulate
from math import exp

from upheld.figures.variation import variation

SERIES = 500  # docs/reference/variation.md prints 2,000: four times the time
MEANS = (4, 12, 40)  # complaints in a period: a team's, a stage's, a council's
BASELINES = (12, 24)
CHANGES = ("none", "+25 %", "+50 %", "doubled", "halved")
_TIMES = {"none": 1.0, "+25 %": 1.25, "+50 %": 1.5, "doubled": 2.0, "halved": 0.5}
WITHIN = (1, 4, 8)


def run() -> str:
    """Simulate, and print the share of series with a signal by so many periods after a change of the level."""
    lines = [
        f"Share of {SERIES:,} made-up series in which the newest period had a signal at least once, by so many",
        "periods after the level changed (Poisson counts; limits from those before; with no change: false alarms)",
        "",
        "| mean | baseline | change | " + " | ".join(f"within {n}" for n in WITHIN) + " |",
        "| ---: | ---: | --- |" + " ---: |" * len(WITHIN),
    ]
    for mean in MEANS:
        for baseline in BASELINES:
            for change in CHANGES:
                shares = noticed(mean, baseline, _TIMES[change])
                cells = " | ".join(f"{100 * share:.1f} %" for share in shares)
                lines.append(f"| {mean} | {baseline} | {change} | {cells} |")
    return "\n".join(lines) + "\n"


def noticed(mean: float, baseline: int, times: float, series: int = SERIES) -> tuple[float, ...]:
    """The shares with a signal within 1, 4 and 8 periods of a change to `times` the mean."""
    choose = random.Random(f"{mean} {baseline} {times}")  # noqa: S311 - made-up series
    before, after = _counts(mean), _counts(mean * times)
    found = [0] * len(WITHIN)
    for _ in range(series):
        values = [_draw(choose, before) for _ in range(baseline)]
        first = None
        for period in range(1, max(WITHIN) + 1):
            values.append(_draw(choose, after))
            if variation(values).newest:
                first = period
                break
        for place, within in enumerate(WITHIN):
            found[place] += first is not None and first <= within
    return tuple(count / series for count in found)


def _counts(mean: float) -> list[float]:
    """The chances of at most 0, 1, 2 … where `mean` are expected."""
    chances = [exp(-mean)]
    while sum(chances) < 1 - 1e-12:
        chances.append(chances[-1] * mean / len(chances))
    return list(accumulate(chances))


def _draw(choose: random.Random, at_most: list[float]) -> int:
    return bisect_left(at_most, choose.random())
