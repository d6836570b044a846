"""What is asked in the contest of figures, and the form that every contestant answers in."""

from bench.facts import QUARTER

AS_AT = "2020-01-24"  # some weeks after the quarter's end: much is still open, some of it overdue

# A value's name -> its numerator, and its denominator where it is a rate.
Answers = dict[str, tuple[int | None, int | None]]

QUARTERS = [quarter.index for quarter in QUARTER.back(6)]
STAGES = ("stage-1", "stage-2", "stage-3", "ombudsman")
COUNTS = (
    "received", "answered", "withdrawn", "open", "overdue", "in_time", "in_initial_time", "timed", "decided",
    "upheld", "partly_upheld",
)  # fmt: skip
RATES = {
    "in_time_rate": ("in_time", "timed"),
    "in_initial_time_rate": ("in_initial_time", "timed"),
    "upheld_rate": ("upheld", "decided"),
}
OF_STAGES = (
    "received", "answered", "withdrawn", "open", "overdue", "in_time", "in_time_rate", "in_initial_time_rate",
    "decided", "upheld", "upheld_rate", "partly_upheld",
)  # fmt: skip
OF_TEAMS = ("received", "in_time_rate", "upheld_rate", "open")


def key(figure: str, quarter: int, groups: list[str]) -> str:
    """The name of one value."""
    return "|".join([figure, str(quarter), *groups])


def put(answers: Answers, figures: tuple[str, ...], quarter: int, groups: list[str], counts: dict[str, int]) -> None:
    """Add the values of one group, of which `counts` holds the counts that are not nought."""
    for figure in figures:
        over, under = RATES.get(figure, (figure, None))
        value = (counts.get(over, 0), None if under is None else counts.get(under, 0))
        answers[key(figure, quarter, groups)] = value
