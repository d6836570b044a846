"""Reading a published chronology: its dates, its order, its rounds, and what is wrong with a line."""

from datetime import date
from typing import Any

import pytest

from tests.unit.procedure.builders import dating
from upheld.procedure.chronology import Chronology, ChronologyError, read_chronology
from upheld.procedure.rough_dates import date_in_note
from upheld.procedure.rounds import read_rounds


def told(kind: str, on: str, stage: int = 0, note: str = "") -> dict[str, Any]:
    return {"kind": kind, "date": on, "stage": stage, "note": note}


def read(
    *events: dict[str, Any], decided_on: str | None = "2024-06-30", procedure: str = "children-statutory"
) -> Chronology:
    return read_chronology({"id": "x", "decided_on": decided_on, "procedure": procedure, "events": list(events)})


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("", None),
        ("nothing of use", None),
        ("on 5 March 2024", "2024-03-05"),
        ("on the 3rd March 2024", "2024-03-03"),
        ("on 31 February 2024, or so", "2024-02"),
        ("in March 2024", "2024-03"),
        ("in Sept 2024", "2024-09"),
        ("early March 2024", "2024-03-01/2024-03-10"),
        ("about mid March 2024", "2024-03-11/2024-03-20"),
        ("mid-March 2024", "2024-03-11/2024-03-20"),
        ("end of February 2024", "2024-02-21/2024-02-29"),
        ("(summer 2024)", "2024-06-01/2024-08-31"),
        ("spring of 2024", "2024-03-01/2024-05-31"),
        ("winter 2024", "2024-01-01/2025-02-28"),
        ("early 2023", "2023-01-01/2023-04-30"),
        ("in mid 2023", "2023-05-01/2023-08-31"),
        ("late 2023", "2023-09-01/2023-12-31"),
        ("in 2023", "2023-01-01/2023-12-31"),
        ("in 2023-24", None),
        ("in March 2024 and again in May 2024", None),
        ("in March 2024, again March 2024", "2024-03"),
        ("in 2022 or 2023", None),
        ("decision 5 May 2024, about summer 2023", "2024-05-05"),
        ("case 1234", None),
    ],
)
def test_what_a_note_says_of_its_date(note: str, expected: str | None) -> None:
    found = date_in_note(note)
    assert (found and (found.earliest, found.latest)) == (
        expected and (dating(expected).earliest, dating(expected).latest)
    )


def test_the_day_of_assessment() -> None:
    assert read(told("complaint-made", "2024-01")).assessed_on == date(2024, 6, 30)
    assert read(
        told("complaint-made", "2024-01"), told("stage-1-response", "2024-02"), decided_on=None
    ).assessed_on == date(2024, 2, 29)
    assert read(told("complaint-made", "2024-01-09"), told("meeting", "approx"), decided_on=None).assessed_on == date(
        2024, 1, 9
    )


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param(
            [told("complaint-made", "2024-01"), told("meeting", "approx"), told("stage-1-response", "2024-03-05")],
            "2024-01-01/2024-03-05",
            id="between",
        ),
        pytest.param(
            [told("complaint-made", "2024-01"), told("meeting", "approx")], "2024-01-01/2024-06-30", id="last"
        ),
        pytest.param(
            [told("underlying-events", "2020-01"), told("meeting", "approx"), told("stage-1-response", "2024-03-05")],
            "?",
            id="nothing before it",
        ),
        pytest.param(
            [
                told("complaint-made", "2024-01"),
                told("meeting", "approx", note="in February 2024"),
                told("stage-1-response", "2024-03-05"),
            ],
            "2024-02-01/2024-02-29",
            id="noted",
        ),
        pytest.param(
            [
                told("complaint-made", "2024-02-10"),
                told("meeting", "approx", note="in February 2024"),
                told("stage-1-response", "2024-02-20"),
            ],
            "2024-02-10/2024-02-20",
            id="noted within",
        ),
        pytest.param(
            [
                told("complaint-made", "2024-03-10"),
                told("meeting", "approx", note="in February 2024"),
                told("stage-1-response", "2024-05-20"),
            ],
            "2024-03-10/2024-05-20",
            id="a note that does not fit",
        ),
        pytest.param(
            [
                told("complaint-made", "approx", note="in May 2024"),
                told("meeting", "approx"),
                told("stage-1-response", "2024-02"),
            ],
            "?",
            id="an order that cannot be",
        ),
        pytest.param(
            [
                told("complaint-made", "approx", note="mid 2023"),
                told("meeting", "approx"),
                told("stage-1-response", "2024-02"),
            ],
            "2023-05-01/2024-02-29",
            id="after a noted one",
        ),
        pytest.param(
            [
                told("complaint-made", "2024-01"),
                told("meeting", "approx"),
                told("stage-1-response", "approx", note="March 2024"),
            ],
            "2024-01-01/2024-03-31",
            id="before a noted one",
        ),
    ],
)
def test_a_rough_date_holds_its_place(events: list[dict[str, Any]], expected: str) -> None:
    entry = read(*events).entries[1]
    assert (entry.on.earliest, entry.on.latest) == (dating(expected).earliest, dating(expected).latest)
    assert entry.rough


def test_a_noted_date_may_lie_after_the_last_dated_event() -> None:
    last = read(
        told("stage-2-accepted", "2023-12"), told("not-done-as-of", "approx", 2, "spring 2024"), decided_on=None
    ).entries[1]
    assert (last.on.earliest, last.on.latest) == (date(2024, 3, 1), date(2024, 5, 31))


def test_what_is_told_last_without_a_day_of_decision_may_lie_later() -> None:
    last = read(told("stage-2-request", "2024-01-09"), told("meeting", "approx"), decided_on=None).entries[1]
    assert (last.on.earliest, last.on.latest) == (date(2024, 1, 9), date(2025, 1, 8))
    noted = read(
        told("stage-2-request", "2024-01-09"), told("meeting", "approx", note="in 2027"), decided_on=None
    ).entries[1]
    assert (noted.on.earliest, noted.on.latest) == (date(2027, 1, 1), date(2027, 12, 31))


def test_what_is_outstanding_after_a_stated_limit_was_outstanding_when_it_had_passed() -> None:
    entries = [told("stage-2-request", "2024-08-29"), told("due-by", "2024-11-28", 2)]
    outstanding = read(*entries, told("not-done-as-of", "approx", 2), decided_on="2025-06-30").entries[2]
    assert (outstanding.on.earliest, outstanding.on.latest) == (date(2024, 11, 28), date(2025, 6, 30))
    other = read(*entries, told("meeting", "approx", 2), decided_on="2025-06-30").entries[2]
    assert other.on.earliest == date(2024, 8, 29)


def test_a_due_date_without_a_date_is_what_its_note_says() -> None:
    due = read(told("stage-3-request", "2024-01"), told("due-by", "approx", 3, "about mid March 2024")).entries[1]
    assert (due.on.earliest, due.on.latest) == (date(2024, 3, 11), date(2024, 3, 20))
    assert not read(told("stage-3-request", "2024-01"), told("due-by", "approx", 3)).entries[1].on.is_known


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "It has to be an object with a list called events."),
        ({"events": None}, "It has to be an object with a list called events."),
        ({"events": []}, "It has neither a day of decision nor a dated event, so there is no day to assess it on."),
        ({"events": [told("meeting", "approx")]}, "It has neither a day of decision nor a dated event, so there is no "
         "day to assess it on."),
        ({"events": [told("meeting", "soon")]}, "It has neither a day of decision nor a dated event, so there is no "
         "day to assess it on."),
    ],
)  # fmt: skip
def test_a_line_of_which_nothing_can_be_made_says_why(data: Any, message: str) -> None:
    with pytest.raises(ChronologyError) as raised:
        read_chronology(data)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("event", "remark", "left"),
    [
        ("x", "Event 2 is not an object. It was left out, so nothing is sure.", 1),
        (None, "Event 2 is not an object. It was left out, so nothing is sure.", 1),
        (
            told("stage-4-request", "2024-01"),
            "Event 2 is of a kind that is not on the list: 'stage-4-request'. It was left out, so nothing is sure.",
            1,
        ),
        (
            {"date": "2024-01"},
            "Event 2 is of a kind that is not on the list: 'None'. It was left out, so nothing is sure.",
            1,
        ),
        *(
            (
                {**told("meeting", "2024-01"), "date": text},
                f"Event 2 has the date {text!r}: it has to be YYYY-MM-DD, YYYY-MM or approx. It was taken as approx.",
                2,
            )
            for text in ("soon", "2024-13", "2024", "2024-02-30", "", None, 2024, ["2024-01"])
        ),
        *(
            (
                {**told("meeting", "2024-01"), "stage": stage},
                f"Event 2 has stage {stage!r}: it has to be 0, 1, 2 or 3. It was taken as 0.",
                2,
            )
            for stage in (4, -1, "two", 1.5, [1])
        ),
    ],
)
def test_an_event_that_cannot_be_read_is_remarked_upon(event: Any, remark: str, left: int) -> None:
    chronology = read_chronology({"id": "x", "events": [told("complaint-made", "2024-01-05"), event]})
    assert (chronology.remarks, len(chronology.entries), chronology.whole) == ((remark,), left, left == 2)
    assert chronology.assessed_on == (date(2024, 1, 31) if "has stage" in remark else date(2024, 1, 5))


@pytest.mark.parametrize(
    ("text", "assessed", "remarks"),
    [
        ("2024-06-30", date(2024, 6, 30), ()),
        ("2024-06", date(2024, 6, 30), ()),
        (None, date(2024, 1, 5), ()),
        (
            "in June",
            date(2024, 1, 5),
            ("decided_on is 'in June': it has to be a date, YYYY-MM-DD, or null. It was taken as null.",),
        ),
    ],
)
def test_the_day_of_the_decision(text: str | None, assessed: date, remarks: tuple[str, ...]) -> None:
    chronology = read_chronology({"events": [told("complaint-made", "2024-01-05")], "decided_on": text})
    assert (chronology.assessed_on, chronology.remarks) == (assessed, remarks)


@pytest.mark.parametrize(
    ("events", "order"),
    [
        pytest.param(
            [told("stage-1-response", "2024-02"), told("complaint-made", "2024-01-05")],
            ["complaint-made", "stage-1-response"],
            id="what certainly came first",
        ),
        pytest.param(
            [told("stage-1-response", "2024-01-20"), told("complaint-made", "2024-01")],
            ["stage-1-response", "complaint-made"],
            id="what may have come first stays as told",
        ),
        pytest.param(
            [
                told("stage-2-request", "2024-03-01"),
                told("due-by", "2024-06", 2),
                told("stage-1-response", "2024-02-01"),
                told("meeting", "approx"),
                told("underlying-events", "2023-01"),
                told("complaint-made", "2024-01-02"),
            ],
            ["complaint-made", "stage-1-response", "meeting", "underlying-events", "stage-2-request", "due-by"],
            id="what no date orders stays behind what it was told after",
        ),
        pytest.param(
            [told("meeting", "approx"), told("stage-1-response", "2024-02"), told("complaint-made", "2024-01")],
            ["meeting", "complaint-made", "stage-1-response"],
            id="what was told first stays first",
        ),
    ],
)
def test_what_happened_first_comes_first(events: list[dict[str, Any]], order: list[str]) -> None:
    assert [str(entry.told) for entry in read(*events).entries] == order


def test_what_is_left_out_is_taken_as_nothing() -> None:
    chronology = read_chronology({"events": [{"kind": "meeting", "date": "2024-01-05"}]})
    assert (chronology.id, chronology.procedure, chronology.entries[0].stage, chronology.entries[0].note) == (
        "",
        "other",
        0,
        "",
    )


def rounds(*events: dict[str, Any], decided_on: str | None = "2024-06-30") -> list[tuple[str, int, list[str]]]:
    reading = read_rounds(read(*events, decided_on=decided_on))
    return [(each.stage, each.occurrence, [str(entry.told) for entry in each.entries]) for each in reading.rounds]


def test_entries_are_sorted_into_rounds() -> None:
    assert rounds(
        told("underlying-events", "2023-01"),
        told("complaint-made", "2023-02"),
        told("meeting", "2023-03", 1),
        told("stage-1-response", "2023-04"),
        told("stage-2-request", "2023-05"),
        told("stage-2-request", "2023-06"),
        told("not-done-as-of", "2023-09", 2),
        told("ombudsman-contacted", "2023-10"),
        told("complaint-made", "2023-11"),
        told("stage-2-response", "2023-12"),
        told("stage-2-request", "2024-01"),
    ) == [
        ("stage-1", 1, ["complaint-made", "meeting", "stage-1-response"]),
        ("stage-2", 1, ["stage-2-request", "stage-2-request", "not-done-as-of", "stage-2-response"]),
        ("stage-1", 2, ["complaint-made"]),
        ("stage-2", 2, ["stage-2-request"]),
    ]


def test_a_complaint_repeated_before_the_answer_is_the_same_complaint() -> None:
    assert rounds(
        told("complaint-made", "2023-02"), told("complaint-made", "2023-03"), told("stage-1-accepted", "2023-04")
    ) == [("stage-1", 1, ["complaint-made", "complaint-made", "stage-1-accepted"])]


def events(*entries: dict[str, Any], decided_on: str | None = "2024-06-30") -> list[tuple[str, str, str, bool]]:
    reading = read_rounds(read(*entries, decided_on=decided_on))
    return [
        (
            str(each.kind),
            str(each.stage),
            str(each.on),
            (each.kind, each.stage or "", each.occurrence) in reading.implied,
        )
        for each in reading.history.events
    ]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param(
            [told("stage-2-accepted", "2024-01"), told("adjudication", "2024-04")],
            [("stage-requested", "stage-2", "2024-01", False), ("response-sent", "stage-2", "2024-04", False)],
            id="a confirmed start stands for the request",
        ),
        pytest.param(
            [
                told("stage-1-response", "2023-11-01"),
                told("io-appointed", "2024-01-10"),
                told("adjudication", "2024-04"),
            ],
            [
                ("response-sent", "stage-1", "2023-11-01", False),
                ("stage-requested", "stage-2", "2023-11-01 to 2024-01-10", True),
                ("response-sent", "stage-2", "2024-04", False),
            ],
            id="what shows a stage under way bounds its start",
        ),
        pytest.param(
            [told("io-appointed", "2024-01-10")],
            [("stage-requested", "stage-2", "2024-01-10", True)],
            id="with nothing before it",
        ),
        pytest.param(
            [told("complaint-made", "2023-11-01"), told("stage-2-request", "2024-01-10")],
            [
                ("complaint-received", "stage-1", "2023-11-01", False),
                ("response-sent", "stage-1", "2023-11-01 to 2024-01-10", True),
                ("stage-requested", "stage-2", "2024-01-10", False),
            ],
            id="a later stage implies an answer",
        ),
        pytest.param(
            [
                told("complaint-made", "2023-11-01"),
                told("not-done-as-of", "2024-01-05", 1),
                told("stage-2-request", "2024-01-10"),
            ],
            [
                ("complaint-received", "stage-1", "2023-11-01", False),
                ("stage-requested", "stage-2", "2024-01-10", False),
            ],
            id="unless it is said that there was none",
        ),
        pytest.param(
            [
                told("stage-2-request", "2024-01-10"),
                told("stage-2-report", "2024-03-01"),
                told("stage-3-request", "2024-05-01"),
            ],
            [
                ("stage-requested", "stage-2", "2024-01-10", False),
                ("response-sent", "stage-2", "2024-03-01 to 2024-05-01", True),
                ("stage-requested", "stage-3", "2024-05-01", False),
            ],
            id="a report is not yet the answer",
        ),
        pytest.param(
            [told("stage-3-request", "2024-01-10"), told("council-response-to-panel", "2024-05-01")],
            [
                ("stage-requested", "stage-3", "2024-01-10", False),
                ("panel-held", "stage-3", "2024-01-10 to 2024-05-01", True),
                ("panel-report-sent", "stage-3", "2024-01-10 to 2024-05-01", True),
                ("response-to-panel-sent", "stage-3", "2024-05-01", False),
            ],
            id="a response implies a panel and its report",
        ),
        pytest.param(
            [
                told("complaint-made", "2023-11-01"),
                told("stage-1-response", "approx"),
                told("stage-2-request", "2024-01-10"),
            ],
            [
                ("complaint-received", "stage-1", "2023-11-01", False),
                ("response-sent", "stage-1", "2023-11-01 to 2024-01-10", True),
                ("stage-requested", "stage-2", "2024-01-10", False),
            ],
            id="an undated answer is only implied",
        ),
        pytest.param(
            [told("stage-2-request", "2023-11-01"), told("council-final-response", "2024-03-01")],
            [("stage-requested", "stage-2", "2023-11-01", False), ("response-sent", "stage-2", "2024-03-01", False)],
            id="a final reply answers the stage that was open",
        ),
        pytest.param(
            [told("complaint-made", "2023-11-01"), told("council-final-response", "2024-03-01")],
            [
                ("complaint-received", "stage-1", "2023-11-01", False),
                ("response-sent", "stage-1", "2023-11-01 to 2024-03-01", True),
            ],
            id="but of stage 1 it shows only that it was over",
        ),
        pytest.param(
            [told("stage-3-request", "2024-01-10"), told("procedure-suspended", "2024-02", 3)],
            [("stage-requested", "stage-3", "2024-01-10", False), ("pause-agreed", "stage-3", "2024-02", False)],
            id="a pause",
        ),
    ],
)
def test_a_chronology_becomes_a_history(
    entries: list[dict[str, Any]], expected: list[tuple[str, str, str, bool]]
) -> None:
    assert events(*entries) == expected


def test_a_refusal_is_for_good_unless_the_stage_began_all_the_same() -> None:
    refused = told("stage-2-refused", "2024-02")
    asked = told("stage-2-request", "2024-01")
    first = read_rounds(read(asked, refused)).rounds[0]
    again = read_rounds(read(asked, refused, told("stage-2-request", "2024-03"))).rounds[0]
    begun = read_rounds(read(asked, refused, told("stage-2-accepted", "2024-03"))).rounds[0]
    assert [each.refused_for_good is not None for each in (first, again, begun)] == [True, True, False]
