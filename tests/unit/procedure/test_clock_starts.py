"""How stage 1 and stage 2 start: from receipt, from a decision, an advocate, a record, or a date agreed."""

import pytest

from tests.unit.procedure.builders import event, received, row
from upheld.procedure import Event

ASKED_2 = event("stage-requested", "2024-08-29", "stage-2")


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([received("2025-03-03")], ("2025-03-03", "received", "", "2025-03-17"), id="received"),
        pytest.param(
            [received("2025-03-03", category="A5"), event("sufficient-interest-decided", "2025-03-13", accepted=True)],
            ("2025-03-13", "sufficient interest decided", "", "2025-03-27"),
            id="interest decided",
        ),
        pytest.param(
            [received("2025-03-03", category="A5")],
            (None, "sufficient interest decided", "sufficient-interest-decided is not recorded", None),
            id="interest not decided",
        ),
        pytest.param(
            [received("2025-03-03", category="A5"), event("sufficient-interest-decided", "2025-03-13", accepted=False)],
            (
                None,
                "sufficient interest decided",
                "sufficient-interest-decided was recorded, and does not start it",
                None,
            ),
            id="interest refused",
        ),
        pytest.param(
            [received("2025-03-03"), event("sufficient-interest-decided", "2025-03-13", accepted=True)],
            ("2025-03-13", "sufficient interest decided", "", "2025-03-27"),
            id="interest decided for a person of no recorded category",
        ),
        pytest.param(
            [received("2025-03-03", category="A2")], ("2025-03-03", "received", "", "2025-03-17"), id="parent"
        ),
        pytest.param(
            [received("2025-03-03", category="Z9")], ("2025-03-03", "received", "", "2025-03-17"), id="unknown category"
        ),
        pytest.param(
            [
                received("2025-04-01"),
                event("advocate-requested", "2025-04-01"),
                event("advocate-appointed", "2025-04-14"),
            ],
            ("2025-04-14", "advocate appointed", "", "2025-04-30"),
            id="advocate awaited",
        ),
        pytest.param(
            [received("2025-04-01"), event("advocate-requested", "2025-04-03")],
            (None, "advocate appointed", "advocate-appointed is not recorded", None),
            id="advocate still awaited",
        ),
        pytest.param(
            [
                received("2025-04-01"),
                event("advocate-requested", "2025-03-20"),
                event("advocate-appointed", "2025-04-01"),
            ],
            ("2025-04-01", "received", "", "2025-04-15"),
            id="advocate appointed by the day of receipt",
        ),
        pytest.param(
            [
                received("2025-04-01"),
                event("advocate-requested", "2025-04-02"),
                event("advocate-declined", "2025-04-03"),
            ],
            ("2025-04-01", "received", "", "2025-04-15"),
            id="advocate declined after all",
        ),
        pytest.param(
            [
                received("2025-04-01"),
                event("advocate-requested", "2025-04-02"),
                event("advocate-declined", "2025-04-03"),
                event("advocate-appointed", "2025-04-14"),
            ],
            ("2025-04-14", "advocate appointed", "", "2025-04-30"),
            id="declined, then appointed",
        ),
        pytest.param(
            [received("2025-04-01"), event("advocate-appointed", "2025-04-14")],
            ("2025-04-01", "received", "", "2025-04-15"),
            id="advocate appointed without being asked for",
        ),
        pytest.param(
            [
                received("2025-04-01"),
                event("response-sent", "2025-04-08", "stage-1"),
                event("advocate-requested", "2025-04-09"),
                event("advocate-appointed", "2025-04-14"),
            ],
            ("2025-04-01", "received", "", "2025-04-15"),
            id="advocate asked for after the answer",
        ),
        pytest.param(
            [
                received("2025-04-01"),
                event("response-sent", "2025-04-08", "stage-1"),
                event("advocate-requested", "2025-04-08"),
                event("advocate-appointed", "2025-04-14"),
            ],
            ("2025-04-14", "advocate appointed", "", "2025-04-30"),
            id="advocate asked for on the day of the answer",
        ),
        pytest.param(
            [
                received("2025-04-01"),
                event("advocate-requested", "2025-04-15"),
                event("advocate-appointed", "2025-04-16"),
            ],
            ("2025-04-16", "advocate appointed", "", "2025-05-02"),
            id="advocate asked for on the last day",
        ),
        pytest.param(
            [
                received("2025-04-01"),
                event("advocate-requested", "2025-04-16"),
                event("advocate-appointed", "2025-04-17"),
            ],
            ("2025-04-01", "received", "", "2025-04-15"),
            id="a request after the limit undoes no breach",
        ),
        pytest.param(
            [
                received("2025-03-03", category="C3"),
                event("sufficient-interest-decided", "2025-03-20", accepted=True),
                event("advocate-requested", "2025-03-04"),
                event("advocate-appointed", "2025-03-10"),
            ],
            ("2025-03-20", "sufficient interest decided", "", "2025-04-03"),
            id="both: the later",
        ),
        pytest.param(
            [
                received("2025-03-03", category="B2"),
                event("sufficient-interest-decided", "2025-03-05", accepted=True),
                event("advocate-requested", "2025-03-04"),
                event("advocate-appointed", "2025-03-10"),
            ],
            ("2025-03-10", "advocate appointed", "", "2025-03-24"),
            id="both: the later, the other way round",
        ),
        pytest.param(
            [
                received("2025-07-16"),
                event("later-start-agreed", "2025-07-17", "stage-1", start="2025-09-01", asked_by="complainant"),
            ],
            ("2025-09-01", "later start agreed at the complainant's request", "", "2025-09-15"),
            id="later start",
        ),
        pytest.param(
            [
                received("2025-07-16"),
                event("later-start-agreed", "2025-07-17", "stage-1", start="2025-09-01", asked_by="advocate"),
            ],
            ("2025-09-01", "later start agreed at the complainant's request", "", "2025-09-15"),
            id="later start asked for by the advocate",
        ),
        pytest.param(
            [
                received("2025-07-16"),
                event("later-start-agreed", "2025-07-17", "stage-1", start="2025-09-01", asked_by="authority"),
            ],
            ("2025-07-16", "received", "", "2025-07-30"),
            id="a later start that the authority asked for does not count",
        ),
        pytest.param(
            [received("2025-07-16"), event("later-start-agreed", "2025-07-17", "stage-1", asked_by="complainant")],
            ("2025-07-16", "received", "", "2025-07-30"),
            id="a later start without a date",
        ),
        pytest.param(
            [
                received("2025-07-16"),
                event("later-start-agreed", "2025-07-17", "stage-1", start="2025-07-01", asked_by="complainant"),
            ],
            ("2025-07-16", "received", "", "2025-07-30"),
            id="an earlier start is none",
        ),
        pytest.param(
            [received("2024-04")], ("2024-04", "received", "", "2024-04-15 to 2024-05-15"), id="known to the month"
        ),
        pytest.param([received("?")], ("date not known", "received", "", "date not known"), id="unknown"),
    ],
)
def test_stage_1_starts(events: list[Event], expected: tuple[str | None, str, str, str | None]) -> None:
    assert row("stage-1-response", *events) == expected


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([ASKED_2], ("2024-08-29", "request received", "", "2024-10-03"), id="requested"),
        pytest.param(
            [received("2023-12-01"), event("stage-1-skipped", "2023-12-01")],
            ("2023-12-01", "stage 1 skipped by agreement", "", "2024-01-10"),
            id="skipped",
        ),
        pytest.param(
            [
                received("2023-11-01"),
                event("stage-1-skipped", "2023-12-01"),
                event("stage-requested", "2023-11-20", "stage-2"),
            ],
            ("2023-12-01", "stage 1 skipped by agreement", "", "2024-01-10"),
            id="skipping, not the request before it",
        ),
        pytest.param(
            [
                received("2024-12-02", oral=True),
                event("stage-requested", "2025-01-06", "stage-2"),
                event("written-record-finalised", "2025-01-20", "stage-2"),
            ],
            ("2025-01-20", "final written record of an oral complaint", "", "2025-02-24"),
            id="oral",
        ),
        pytest.param(
            [received("2024-12-02", oral=True), event("stage-requested", "2025-01-06", "stage-2")],
            (
                None,
                "final written record of an oral complaint",
                "written-record-finalised is not recorded",
                None,
            ),
            id="oral, without the record",
        ),
        pytest.param(
            [
                received("2024-12-02", oral=False),
                event("stage-requested", "2025-01-06", "stage-2"),
                event("written-record-finalised", "2025-01-20", "stage-2"),
            ],
            ("2025-01-06", "request received", "", "2025-02-10"),
            id="a record of a written complaint moves nothing",
        ),
        pytest.param(
            [
                received("2024-12-02", oral=True),
                event("stage-1-skipped", "2024-12-05"),
                event("written-record-finalised", "2024-12-12", "stage-2"),
            ],
            ("2024-12-12", "final written record of an oral complaint", "", "2025-01-21"),
            id="oral and skipped",
        ),
        pytest.param(
            [
                event("stage-requested", "2025-01-06", "stage-2"),
                event("details-recorded", "2025-01-06", "stage-2", oral=True),
                event("written-record-finalised", "2025-01-20", "stage-2"),
            ],
            ("2025-01-20", "final written record of an oral complaint", "", "2025-02-24"),
            id="oral, by the details of a case that is known from stage 2 on",
        ),
        pytest.param(
            [
                received("2024-12-02", oral=False),
                event("stage-requested", "2025-01-06", "stage-2"),
                event("details-recorded", "2025-01-06", "stage-2", oral=True),
            ],
            ("2025-01-06", "request received", "", "2025-02-10"),
            id="a spoken request does not make a written complaint oral",
        ),
        pytest.param(
            [
                received("2024-12-02", oral=True),
                event("details-recorded", "2024-12-05", "stage-1", oral=False),
                event("stage-requested", "2025-01-06", "stage-2"),
            ],
            ("2025-01-06", "request received", "", "2025-02-10"),
            id="what was recorded of the receipt later counts",
        ),
        pytest.param(
            [
                received("2024-12-02", oral=True),
                event("details-recorded", "2024-12-05", "stage-1", channel="telephone"),
                event("stage-requested", "2025-01-06", "stage-2"),
                event("written-record-finalised", "2025-01-20", "stage-2"),
            ],
            ("2025-01-20", "final written record of an oral complaint", "", "2025-02-24"),
            id="details that are silent on it change nothing",
        ),
        pytest.param(
            [ASKED_2, event("statement-agreed", "2024-11-01", "stage-2")],
            ("2024-08-29", "request received", "", "2024-10-03"),
            id="the agreed statement is a milestone",
        ),
    ],
)
def test_stage_2_starts(events: list[Event], expected: tuple[str | None, str, str, str | None]) -> None:
    assert row("stage-2-response", *events) == expected
