"""A case to read: its stages, points, people and chronology, and the log of who read it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from tests.factories.accounts import make_user
from tests.factories.cases import AT, case_of, record
from tests.factories.registers import row
from upheld.cases.actions.record_events import record_events
from upheld.cases.actions.record_view import record_view
from upheld.cases.models import CaseView
from upheld.cases.queries.case_page import case_details
from upheld.procedure import Dating, Event, EventKind

pytestmark = pytest.mark.django_db


def client_as(role: str) -> Client:
    client = Client()
    client.force_login(make_user(roles=[role]))
    return client


def page_of(reference: str = "T-1", client: Client | None = None) -> LexborHTMLParser:
    response = (client or client_as("complaints-officer")).get(f"/cases/{case_of(reference).id}/")
    assert response.status_code == 200
    return LexborHTMLParser(response.content)


def words(page: LexborHTMLParser, css: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(css)]


def section(page: LexborHTMLParser, place: int) -> dict[str, str]:
    part = page.css("main section")[place]
    keys = [key.text(strip=True) for key in part.css(".govuk-summary-list__key")]
    return dict(zip(keys, [value.text(strip=True) for value in part.css(".govuk-summary-list__value")], strict=True))


def test_its_stages_have_dates_limits_and_outcomes() -> None:
    record(
        row(
            answered="2018-10-26", outcome="Partly upheld", findings="Upheld; Not upheld", themes="Delay; Rudeness",
            extension_decided="2018-10-10", channel="Letter", complainant="Parent", age_band="5 to 9",
            advocate="Offered", child_name="Example Child", complainant_name="Example Parent",
        ),
        row(stage="Stage 2", received="2018-11-05", themes="Delay"),
    )  # fmt: skip
    page = page_of()
    assert words(page, "h1") == ["Case T-1"]
    assert words(page, "main section h2") == ["Stage 1 In time", "Stage 2 Past the limit"]
    assert section(page, 0) == {
        "Received": "1 October 2018",
        "Limit": "29 October 2018, extended from 15 October 2018",
        "Extension": "Decided in time, so the longer limit applies",
        "Answered": "26 October 2018, after 19 working days",
        "Outcome": "Partly upheld",
        "Team": "North team",
        "Service": "Care",
        "How it came": "Letter",
        "Who complained": "Parent",
        "Age of the child": "5 to 9",
        "Advocate": "Offered",
    }
    assert section(page, 1)["Limit"] == "10 December 2018"
    assert words(page.css("main section")[0], "tbody tr") == ["1 Delay Upheld", "2 Rudeness Not upheld"]  # type: ignore[arg-type]
    assert words(page.css("main section")[1], "tbody tr") == ["1 Delay Not decided"]  # type: ignore[arg-type]


def test_a_panel_has_its_own_limits() -> None:
    record(
        row(
            stage="Stage 3", received="2018-10-01", panel_held="2018-11-20", panel_report_sent="2018-11-23",
            recommendations_received="2018-11-26", answered="2018-12-10", outcome="Not upheld",
        )
    )  # fmt: skip
    shown = section(page_of(), 0)
    assert {name: day for name, day in shown.items() if "anel" in name or "imit" in name or "ecommend" in name} == {
        "Limit counted from": "26 November 2018",
        "Limit": "17 December 2018",
        "Panel to meet by": "12 November 2018",
        "Panel met": "20 November 2018",
        "Panel’s report due by": "27 November 2018",
        "Panel’s report sent": "23 November 2018",
        "Recommendations received": "26 November 2018",
    }


def test_its_people_are_named() -> None:
    record(row(child_name="Example Child", complainant_name="Example Parent"), row(reference="T-2"))
    page = page_of()
    assert words(page, "main > .govuk-summary-list dt") == ["Child or young person", "Complainant"]
    assert words(page, "main > .govuk-summary-list dd") == ["Example Child", "Example Parent"]
    assert "People" not in words(page_of("T-2"), "h2")


def test_its_chronology_tells_what_happened_in_the_order_in_which_it_did() -> None:
    record(row(answered="2018-10-10", outcome="Upheld", findings="Upheld", channel="Email", spoken="yes"))
    page = page_of()
    assert list(zip(words(page, ".moj-timeline__title"), words(page, ".moj-timeline__date"), strict=True)) == [
        ("Complaint received, made orally", "1 October 2018"),
        ("Given to the team North team, Care", "1 October 2018"),
        ("Details recorded: Email", "1 October 2018"),
        ("Point 1 raised: Delay", "1 October 2018"),
        ("Response sent", "10 October 2018"),
        ("Point 1: upheld", "10 October 2018"),
        ("Outcome: upheld", "10 October 2018"),
    ]
    assert [t.attributes["datetime"] for t in page.css(".moj-timeline time")][::5] == ["2018-10-01", "2018-10-10"]
    assert set(words(page, ".moj-timeline__description")) == {"Stage 1"}
    assert "Recorded on 22 November 2026 at 9:30am, from the register register.csv." in words(page, "main p")


def test_entries_recorded_apart_say_so_each_for_itself() -> None:
    record(row())
    officer = make_user(roles=["complaints-officer"], name="Example Officer")
    events = [
        Event(kind=EventKind.STAGE_ACKNOWLEDGED, on=Dating.day(date(2018, 9, 30)), stage="stage-1"),
        Event(kind=EventKind.MEETING_HELD, on=Dating.month(2018, 11), stage="stage-1"),
        Event(kind=EventKind.ENTRY_STRUCK, on=Dating.unknown(), data={"sequence": 4}),
    ]
    record_events(case_of("T-1").id, events, expected_version=3, by=officer, at=AT + timedelta(days=1))
    page = page_of()
    shown = list(
        zip(
            words(page, ".moj-timeline__title"),
            words(page, ".moj-timeline__date"),
            words(page, ".moj-timeline__description"),
            strict=True,
        )
    )
    by_officer = "Recorded on 23 November 2026 at 9:30am by Example Officer"
    assert shown[0] == (
        "Receipt at this stage was acknowledged",
        "30 September 2018",
        f"Stage 1. Struck out as recorded in error, 23 November 2026 at 9:30am by Example Officer. {by_officer}",
    )
    assert shown[1][2] == "Stage 1. Recorded on 22 November 2026 at 9:30am, from the register register.csv"
    assert shown[-1] == ("A meeting was offered or held", "November 2018", f"Stage 1. {by_officer}")
    assert len(shown) == 5
    assert [t.attributes["datetime"] for t in page.css(".moj-timeline time")][-1] == "2018-11"


def test_each_view_is_recorded() -> None:
    record(row())
    manager = make_user(roles=["complaints-manager"])
    client = Client()
    client.force_login(manager)
    for _ in range(2):
        page_of(client=client)
    assert list(CaseView.objects.values_list("case", "viewed_by")) == [(case_of("T-1").id, manager.public_id)] * 2


def test_what_was_refused_is_no_view() -> None:
    record(row())
    case = case_of("T-1").id
    assert client_as("director").get(f"/cases/{case}/").status_code == 403
    assert client_as("complaints-manager").get(f"/cases/{uuid4()}/").status_code == 404
    for act in (lambda by: record_view(case, by=by, at=AT), lambda by: case_details(case, by=by)):
        with pytest.raises(PermissionDenied):
            act(make_user(roles=["system-administrator"]))
    assert CaseView.objects.count() == 0


def test_whether_there_is_a_case_is_not_told_to_those_who_may_not_see_it() -> None:
    record(row())
    client = client_as("director")
    known, unknown = (client.get(f"/cases/{case}/") for case in (case_of("T-1").id, uuid4()))
    assert known.status_code == unknown.status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_case() -> None:
    counts = []
    for reference, themes in (("T-1", 1), ("T-2", 3), ("T-3", 40)):
        points = ";".join(f"T{number}" for number in range(themes))
        stages = [row(reference=reference, themes=points)]
        if themes > 1:
            stages.append(row(reference=reference, stage="Stage 2", received="2018-11-05", themes=points))
        record(*stages)
        client = client_as("complaints-manager")
        with CaptureQueriesContext(connection) as queries:
            page_of(reference, client)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 16


def test_what_a_register_corrected_is_shown_with_what_stands_instead() -> None:
    record(row(answered="2018-10-12"))
    record(row(answered="2018-10-19"), at=AT + timedelta(days=1))
    page = page_of()
    shown = dict(zip(words(page, ".moj-timeline__date"), words(page, ".moj-timeline__description"), strict=True))
    assert shown["12 October 2018"] == (
        "Stage 1. Corrected, as the register says something else now, 23 November 2026 at 9:30am by register.csv; "
        "another entry stands in its place. Recorded on 22 November 2026 at 9:30am, from the register register.csv"
    )
    assert shown["19 October 2018"] == "Stage 1. Recorded on 23 November 2026 at 9:30am, from the register register.csv"
