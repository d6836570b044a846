"""Entries of a chronology in words."""

from datetime import date
from typing import Any

import pytest

from upheld.cases.presenters.chronology import dating_words, sentence
from upheld.cases.presenters.words import finding_words, outcome_words, place_words
from upheld.procedure import KINDS, Dating, Event, EventKind

K = EventKind
LABELS = {
    ("team", "north"): "North team",
    ("service", "care"): "Care",
    ("theme", "delay"): "Delay",
    ("channel", "email"): "Email",
    ("complainant", "care-leaver"): "Care leaver",
    ("stage", "stage-2"): "Stage 2",
}
# The least that each type of field can hold.
ANY = {str: "code", int: 1, bool: True, date: "2018-10-01"}


def event(kind: EventKind, **data: Any) -> Event:
    return Event(kind=kind, on=Dating.day(date(2018, 10, 1)), stage="stage-1", data=data)


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (event(K.COMPLAINT_RECEIVED), "Complaint received"),
        (event(K.COMPLAINT_RECEIVED, oral=True), "Complaint received, made orally"),
        (event(K.OMBUDSMAN_ENQUIRY_RECEIVED), "Enquiry of the Ombudsman received"),
        (
            event(K.OMBUDSMAN_ENQUIRY_RECEIVED, due="2018-11-01"),
            "Enquiry of the Ombudsman received, to be answered by 1 November 2018",
        ),
        (event(K.TEAM_ASSIGNED, team="north", service="care"), "Given to the team North team, Care"),
        (event(K.TEAM_ASSIGNED, team="gone"), "Given to the team gone"),
        (event(K.POINT_RAISED, point=2, theme="delay"), "Point 2 raised: Delay"),
        (event(K.POINT_RAISED, point=2), "Point 2 raised"),
        (
            event(K.DETAILS_RECORDED, complainant="care-leaver", channel="email", oral=False),
            "Details recorded: Email; Care leaver",
        ),
        (event(K.DETAILS_RECORDED), "Details recorded"),
        (event(K.FINDING_RECORDED, point=1, finding="partly-upheld"), "Point 1: partly upheld"),
        (event(K.OUTCOME_RECORDED, outcome="not-upheld"), "Outcome: not upheld"),
        (event(K.OMBUDSMAN_DECIDED, outcome="upheld"), "The Ombudsman decided: upheld"),
        (event(K.OMBUDSMAN_DECIDED), "The Ombudsman decided"),
        (event(K.DELAY_NOTICE_SENT), "Notice of delay sent"),
        (
            event(K.DELAY_NOTICE_SENT, promised="2018-12-03"),
            "Notice of delay sent, promising a response by 3 December 2018",
        ),
        (event(K.EXTENSION_DECIDED, reason="complex"), "More time decided on, as the complaint is complex"),
        (event(K.EXTENSION_DECIDED), "More time decided on"),
        (event(K.LATER_START_AGREED, start="2018-10-08", asked_by="complainant"),
         "A later start was agreed: 8 October 2018"),
        (event(K.SUFFICIENT_INTEREST_DECIDED, accepted=True), "Sufficient interest accepted"),
        (event(K.SUFFICIENT_INTEREST_DECIDED, accepted=False), "Sufficient interest not accepted"),
        (event(K.ADVOCATE_APPOINTED), "Advocate appointed"),
        (event(K.PANEL_HELD), "The panel met"),
    ],
)  # fmt: skip
def test_an_entry_says_what_was_recorded_and_no_more(happened: Event, words: str) -> None:
    assert sentence(happened, LABELS) == words


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_has_words_with_the_least_and_the_most_that_it_can_hold(kind: EventKind) -> None:
    spec = KINDS[kind]
    least = {name: ANY[type_] for name, type_ in spec.required.items()}
    most = least | {name: ANY[type_] for name, type_ in spec.optional.items()}
    for data in (least, most):
        words = sentence(event(kind, **data), {})
        assert words[0].isupper()
        assert "None" not in words


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (Dating.day(date(2018, 10, 1)), "1 October 2018"),
        (Dating.month(2018, 10), "October 2018"),
        (Dating.approximate(date(2018, 10, 1), date(2018, 10, 9)), "Between 1 October 2018 and 9 October 2018"),
        (Dating.unknown(), "Date not known"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(on: Dating, words: str) -> None:
    assert dating_words(on) == words


def test_codes_have_their_words() -> None:
    assert [place_words("stage-2", n, LABELS) for n in (1, 2, 3, 4)] == [
        "Stage 2", "Stage 2 (second time)", "Stage 2 (third time)", "Stage 2 (4th time)",
    ]  # fmt: skip
    assert (outcome_words("referred-back"), outcome_words("new-code")) == (
        "Referred back by the Ombudsman", "new-code",
    )  # fmt: skip
    assert (finding_words("upheld"), finding_words(None)) == ("Upheld", "Not decided")
