"""Where a clock stands at the end of a day, and why."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.procedure.builders import case, dating, event, received, runs
from upheld.procedure import BeyondCalendar, Event, Span, Standing, load_calendar, load_pack, standing, standings
from upheld.procedure.standing import limit_on, state_on

D = date.fromisoformat
RUN = runs(case(received("2018-10-01")))["stage-1-response"]


def on(day: str, *events: Event, clock: str = "stage-1-response") -> Standing:
    """How a clock of the case stands at the end of a day."""
    found = {each.run.clock: each for each in standings(case(*events), load_pack(), load_calendar(), on=D(day))}
    return found[clock].state


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2018-10-01", "running"),
        ("2018-10-12", "running"),
        ("2018-10-14", "running"),
        ("2018-10-15", "due-today"),
        ("2018-10-16", "missed"),
        ("2019-10-16", "missed"),
    ],
)
def test_a_limit_not_met(day: str, state: str) -> None:
    assert on(day, received("2018-10-01")) == state


@pytest.mark.parametrize(
    ("answered", "day", "state"),
    [
        ("2018-10-10", "2018-10-09", "running"),
        ("2018-10-10", "2018-10-10", "met"),
        ("2018-10-15", "2018-10-15", "met"),
        ("2018-10-15", "2018-10-20", "met"),
        ("2018-10-16", "2018-10-15", "due-today"),
        ("2018-10-16", "2018-10-16", "missed"),
        ("2018-10-16", "2018-12-16", "missed"),
        ("2018-10", "2018-10-31", "cannot-tell"),
        ("2018-10", "2018-10-12", "cannot-tell"),
        ("2018-11", "2018-10-12", "running"),
        ("2018-11", "2018-10-31", "missed"),
        ("2018-11", "2018-11-15", "missed"),
        ("2018-10-02/2018-10-12", "2018-10-08", "cannot-tell"),
        ("2018-10-02/2018-10-12", "2018-10-12", "met"),
    ],
)
def test_an_answer_in_time_late_or_at_some_time(answered: str, day: str, state: str) -> None:
    assert on(day, received("2018-10-01"), event("response-sent", answered, "stage-1")) == state


@pytest.mark.parametrize(
    ("asked", "day", "state"),
    [
        ("2024-04", "2024-04-10", "cannot-tell"),
        ("2024-04", "2024-04-30", "cannot-tell"),
        ("2024-04-02/2024-04-04", "2024-04-10", "running"),
        ("2024-04-02/2024-04-04", "2024-04-15", "running"),
        ("2024-04-02/2024-04-04", "2024-04-16", "cannot-tell"),
        ("2024-04-02/2024-04-04", "2024-04-18", "cannot-tell"),
        ("2024-04-02/2024-04-04", "2024-04-19", "missed"),
        ("2024-04", "2024-06-30", "missed"),
        ("?", "2024-06-30", "cannot-tell"),
    ],
)
def test_a_rough_start(asked: str, day: str, state: str) -> None:
    assert on(day, received(asked)) == state


def test_a_clock_that_has_not_begun() -> None:
    assert state_on(RUN, RUN.due, D("2018-09-30")) is Standing.NOT_STARTED
    assert state_on(replace(RUN, start=None), None, D("2018-10-05")) is Standing.NOT_STARTED


def test_what_was_done_before_the_clock_began_was_in_time() -> None:
    run = replace(RUN, done=dating("2018-09-28"))
    assert state_on(run, run.due, D("2018-09-29")) is Standing.MET
    assert state_on(run, run.due, D("2018-10-05")) is Standing.MET


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], "not-started"),
        ([event("response-sent", "2025-03-10", "stage-1")], "cannot-tell"),
        ([event("response-sent", "2025-05-10", "stage-1")], "not-started"),
    ],
)
def test_a_clock_that_waits(events: list[Event], state: str) -> None:
    assert on("2025-04-01", received("2025-03-03", category="A5"), *events) == state


@pytest.mark.parametrize(
    ("day", "state"), [("2018-10-10", "running"), ("2018-10-11", "ended"), ("2018-12-11", "ended")]
)
def test_withdrawal_ends_a_clock_within_its_limit(day: str, state: str) -> None:
    assert on(day, received("2018-10-01"), event("withdrawn", "2018-10-11", "stage-1")) == state


@pytest.mark.parametrize(
    ("withdrawn", "state"),
    [("2018-10-15", "ended"), ("2018-10-16", "missed"), ("2018-10", "cannot-tell"), ("2018-11", "missed")],
)
def test_withdrawal_does_not_undo_a_missed_limit(withdrawn: str, state: str) -> None:
    assert on("2018-12-01", received("2018-10-01"), event("withdrawn", withdrawn, "stage-1")) == state


def test_what_is_sent_after_withdrawal_meets_nothing() -> None:
    events = [received("2018-10-01"), event("withdrawn", "2018-10-05", "stage-1")]
    assert on("2018-12-01", *events, event("response-sent", "2018-11-01", "stage-1")) == "ended"
    assert on("2018-12-01", *events, event("response-sent", "2018-10-05", "stage-1")) == "met"


@pytest.mark.parametrize(
    ("suspended", "day", "state"),
    [
        ("2018-10-10", "2018-10-09", "running"),
        ("2018-10-10", "2018-10-10", "suspended"),
        ("2018-10-10", "2019-10-10", "suspended"),
        ("2018-10-15", "2018-12-10", "suspended"),
        ("2018-10-16", "2018-12-10", "missed"),
        ("2018-10", "2018-12-10", "cannot-tell"),
    ],
)
def test_suspension_halts_within_the_limit_and_undoes_nothing(suspended: str, day: str, state: str) -> None:
    assert on(day, received("2018-10-01"), event("suspended", suspended, prejudice=True)) == state


def test_an_answer_given_during_a_suspension_is_judged_by_the_limit() -> None:
    events = [received("2018-10-01"), event("suspended", "2018-10-10", prejudice=True)]
    assert on("2019-03-01", *events, event("response-sent", "2019-02-01", "stage-1")) == "missed"
    assert on("2019-03-01", *events, event("response-sent", "2018-10-12", "stage-1")) == "met"


def test_withdrawal_during_a_suspension_ends_it() -> None:
    events = [received("2018-10-01"), event("suspended", "2018-10-10", prejudice=True)]
    assert on("2019-03-01", *events, event("withdrawn", "2019-02-01", "stage-1")) == "missed"
    assert on("2019-03-01", *events, event("withdrawn", "2018-10-12", "stage-1")) == "ended"


@pytest.mark.parametrize(
    ("events", "day", "state"),
    [
        ([], "2025-01-07", "running"),
        ([event("receipt-information-given", "2025-01-08")], "2025-01-07", "running"),
        ([event("receipt-information-given", "2025-01-08")], "2025-01-08", "met"),
        ([event("receipt-information-given", "2025-01")], "2025-01-20", "cannot-tell"),
        ([event("withdrawn", "2025-01-10", "stage-1")], "2025-01-20", "ended"),
        ([event("suspended", "2025-01-10", prejudice=True)], "2025-01-20", "suspended"),
    ],
)
def test_a_limit_without_a_number_is_never_missed(events: list[Event], day: str, state: str) -> None:
    assert on(day, received("2025-01-06"), *events, clock="receipt-information") == state


@pytest.mark.parametrize(
    ("day", "state"),
    [("2025-05-02", "running"), ("2025-05-21", "due-today"), ("2025-05-22", "missed"), ("2025-06-10", "missed")],
)
def test_a_limit_counted_back_runs_before_its_day_nought(day: str, state: str) -> None:
    events = [event("stage-requested", "2025-04-22", "stage-3")]
    events.append(event("panel-arranged", "2025-05-01", "stage-3", meets="2025-06-05"))
    assert on(day, *events, clock="panel-papers") == state


def test_an_extension_counts_from_the_day_it_was_decided() -> None:
    run = runs(case(received("2018-10-01"), event("extension-decided", "2018-10-10", "stage-1")))["stage-1-response"]
    assert limit_on(run, D("2018-10-09")) == dating("2018-10-15")
    assert limit_on(run, D("2018-10-10")) == dating("2018-10-29")
    rough = runs(case(received("2018-10-01"), event("extension-decided", "2018-10", "stage-1")))["stage-1-response"]
    assert limit_on(rough, D("2018-09-30")) == dating("2018-10-15")
    assert limit_on(rough, D("2018-10-01")) == dating("2018-10-15/2018-10-29")
    refused = runs(case(received("2018-10-01"), event("extension-decided", "2018-11-10", "stage-1")))[
        "stage-1-response"
    ]
    assert limit_on(refused, D("2018-11-09")) == dating("2018-10-15")


def test_the_standings_of_a_day_know_nothing_later() -> None:
    events = [received("2018-10-01"), event("extension-decided", "2018-10-15", "stage-1")]
    assert on("2018-10-15", *events) == "running"
    assert on("2018-10-16", *events) == "running"
    assert on("2022-09-23", received("2022-09-09")) == "running"
    # Before the state funeral was announced, the limit of a complaint of 8 September was expected a day sooner.
    found = standings(case(received("2022-09-08")), load_pack(), load_calendar(), on=D("2022-09-09"))
    assert [str(each.limit) for each in found if each.run.clock == "stage-1-response"] == ["2022-09-22"]


@pytest.mark.parametrize(
    ("answered", "day", "taken", "left", "over"),
    [
        (None, "2018-10-08", Span(5, 5), Span(5, 5), None),
        (None, "2018-10-15", Span(10, 10), Span(0, 0), None),
        (None, "2018-10-18", Span(13, 13), None, Span(3, 3)),
        ("2018-10-10", "2018-10-18", Span(7, 7), None, None),
        ("2018-10-17", "2018-11-18", Span(12, 12), None, Span(2, 2)),
        ("2018-11", "2018-12-18", Span(23, 44), None, Span(13, 34)),
    ],
)
def test_days_taken_left_and_over(
    answered: str | None, day: str, taken: Span, left: Span | None, over: Span | None
) -> None:
    events = [received("2018-10-01")] + ([event("response-sent", answered, "stage-1")] if answered else [])
    run = runs(case(*events))["stage-1-response"]
    found = standing(run, load_calendar(), on=D(day))
    assert (found.taken, found.left, found.over) == (taken, left, over)


def test_a_span_is_exact_where_its_ends_agree() -> None:
    assert (Span(3, 3).exact, Span(3, 4).exact) == (3, None)


def test_days_of_a_rough_start_are_a_span() -> None:
    found = standing(
        runs(case(received("2018-10-01/2018-10-03")))["stage-1-response"], load_calendar(), on=D("2018-10-08")
    )
    assert (found.taken, found.left) == (Span(3, 5), Span(5, 7))


def test_limits_in_months_count_calendar_days() -> None:
    run = runs(case(event("matter-noticed", "2024-09-03")))["ombudsman-complaint"]
    found = standing(run, load_calendar(), on=D("2025-08-30"))
    assert (found.taken, found.left) == (Span(361, 361), Span(3, 3))
    assert standing(run, load_calendar(), on=D("2025-09-05")).over == Span(3, 3)


def test_a_standing_says_of_which_run_and_day_it_is() -> None:
    found = standing(RUN, load_calendar(), on=D("2018-10-08"))
    assert (found.run, found.on, found.limit) == (RUN, D("2018-10-08"), dating("2018-10-15"))


@pytest.mark.parametrize(
    ("day", "state"), [("2024-06-28", "running"), ("2024-07-01", "due-today"), ("2024-07-02", "missed")]
)
def test_a_date_that_was_set_needs_no_start(day: str, state: str) -> None:
    enquiry = event("ombudsman-enquiry-received", "?", "ombudsman", due="2024-07-01")
    assert on(day, enquiry, clock="ombudsman-response") == state
    assert on(day, event("ombudsman-enquiry-received", "?", "ombudsman"), clock="ombudsman-response") == "cannot-tell"


def test_nothing_is_counted_before_the_start_or_without_one() -> None:
    found = standing(RUN, load_calendar(), on=D("2018-09-28"))
    assert (found.taken, found.left, found.over) == (None, None, None)
    unknown = standing(runs(case(received("?")))["stage-1-response"], load_calendar(), on=D("2018-10-08"))
    assert (unknown.taken, unknown.left, unknown.over, unknown.state) == (None, None, None, "cannot-tell")
    undone = runs(case(received("2018-10-01"), event("response-sent", "?", "stage-1")))["stage-1-response"]
    found = standing(undone, load_calendar(), on=D("2018-10-20"))
    assert (found.state, found.taken, found.over) == ("cannot-tell", None, None)


def test_a_day_beyond_the_bank_holidays_raises() -> None:
    with pytest.raises(BeyondCalendar):
        standing(RUN, load_calendar(), on=D("2031-01-01"))


def explained(*events: Event, day: str = "2018-12-01") -> tuple[str, ...]:
    """The recorded explanations of a missed stage 1."""
    found = standings(case(received("2018-10-01"), *events), load_pack(), load_calendar(), on=D(day))
    return next(each.explained for each in found if each.run.clock == "stage-1-response")


@pytest.mark.parametrize(
    ("events", "words"),
    [
        pytest.param([], (), id="none"),
        pytest.param(
            [event("pause-agreed", "2018-10-10", "stage-1", asked_by="complainant")],
            ("a pause was agreed on 10 October 2018, asked for by the complainant",),
            id="a pause",
        ),
        pytest.param(
            [event("pause-agreed", "2018-10-15", "stage-1")], ("a pause was agreed on 15 October 2018",), id="last day"
        ),
        pytest.param([event("pause-agreed", "2018-10-16", "stage-1")], (), id="a pause after the breach"),
        pytest.param(
            [event("pause-agreed", "2018-10", "stage-1")],
            ("a pause was agreed on some day in October 2018",),
            id="rough",
        ),
        pytest.param([event("pause-agreed", "2018-10-10", "stage-2")], (), id="a pause of another stage"),
        pytest.param(
            [event("suspended", "2018-10-10", prejudice=True, point=2)],
            ("point 2 was suspended on 10 October 2018 for other proceedings",),
            id="one point",
        ),
        pytest.param([event("suspended", "2018-10-10", prejudice=False, point=2)], (), id="without prejudice"),
        pytest.param([event("suspended", "2018-10-16", prejudice=True)], (), id="suspended after the breach"),
    ],
)
def test_what_explains_a_breach(events: list[Event], words: tuple[str, ...]) -> None:
    assert explained(*events) == words


def test_a_suspension_of_the_whole_explains_an_answer_that_came_late_because_of_it() -> None:
    events = [event("suspended", "2018-10-10", prejudice=True), event("response-sent", "2018-11-20", "stage-1")]
    assert explained(*events) == ("the complaint was suspended on 10 October 2018 for other proceedings",)


def test_only_a_breach_is_explained() -> None:
    assert explained(event("pause-agreed", "2018-10-10", "stage-1"), day="2018-10-12") == ()


def reasons(*events: Event, day: str, clock: str = "stage-1-response") -> tuple[str, ...]:
    """The sentences for a clock of the case on a day."""
    found = standings(case(*events), load_pack(), load_calendar(), on=D(day))
    return next(each.reasons for each in found if each.run.clock == clock)


def test_the_working_in_sentences() -> None:
    assert reasons(received("2018-10-01"), event("response-sent", "2018-10-16", "stage-1"), day="2018-11-01") == (
        "Day 0 is 1 October 2018: received (SI 2006/1738 reg 14(3)(c)).",
        "The limit ends on 15 October 2018 (SI 2006/1738 reg 14(1)).",
        "Done on 16 October 2018.",
    )
    assert reasons(received("2018-10-01"), event("response-sent", "2018-10-16", "stage-1"), day="2018-10-10") == (
        "Day 0 is 1 October 2018: received (SI 2006/1738 reg 14(3)(c)).",
        "The limit ends on 15 October 2018 (SI 2006/1738 reg 14(1)).",
    )
    waits = reasons(received("2018-10-01", category="A5"), day="2018-10-10")
    assert waits == (
        "It has not started: sufficient-interest-decided is not recorded (sufficient interest decided, "
        "SI 2006/1738 reg 14(3)(a)).",
    )
    assert reasons(received("2018-10-01"), day="2018-10-10", clock="receipt-information") == (
        "Day 0 is 1 October 2018: received (SI 2006/1738 reg 11).",
        "It is to be done as soon as possible; the law sets no number of days (SI 2006/1738 reg 11).",
    )
    assert reasons(
        event("stage-requested", "2024-08-29", "stage-2"),
        event("delay-notice-sent", "2024-10-01", "stage-2", promised="2024-11-08"),
        day="2024-10-20",
        clock="stage-2-response",
    ) == (
        "Day 0 is 29 August 2024: request received (SI 2006/1738 reg 17(4)(b)).",
        "The limit ends on 3 October 2024 (SI 2006/1738 reg 17(3)).",
        "More time, on 1 October 2024: valid, because it came by the limit of 2024-10-03 (SI 2006/1738 reg 17(6)).",
        "The limit in force ends on 8 November 2024.",
    )
    assert reasons(
        received("2018-10-01"),
        event("extension-decided", "2018-10-20", "stage-1"),
        event("suspended", "2018-10-10", prejudice=True),
        event("withdrawn", "2018-10-12", "stage-1"),
        day="2018-11-01",
    )[2:] == (
        "More time, on 20 October 2018: invalid, because it came after the limit of 2018-10-15 (Local policy: "
        "complexity is decided by the end of day 10, since reg 14(5) is silent).",
        "All of it was suspended on 10 October 2018 for other proceedings.",
        "Nothing more was owed from 12 October 2018: the complaint was withdrawn.",
    )
    assert reasons(received("2018-10"), day="2018-10-20")[-1] == (
        "The dates on record are too rough, or one is missing, so it cannot be told."
    )
    window = reasons(event("response-sent", "2025-03-20", "stage-2"), day="2025-06-01", clock="panel-request")
    assert window[-1] == "It passed without being used by 1 June 2025."


def test_a_run_is_judged_by_what_was_done_by_the_day() -> None:
    run = runs(case(received("2018-10-01"), event("response-sent", "2018-10-16", "stage-1")))["stage-1-response"]
    assert [standing(run, load_calendar(), on=D(day)).state for day in ("2018-10-12", "2018-10-15", "2018-10-16")] == [
        "running", "due-today", "missed",
    ]  # fmt: skip
