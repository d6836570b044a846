"""What the notes of a chronology are taken to say, and what they are not."""

from collections.abc import Callable

import pytest

from upheld.procedure import told_notes as notes

READINGS: dict[Callable[[str], bool], tuple[tuple[str, ...], tuple[str, ...]]] = {
    notes.speaks_of_proceedings: (
        ("Until the family court has ended", "A police inquiry", "He threatened legal action"),
        ("Held in the courtyard", "On the process"),
    ),
    notes.speaks_of_who_or_when: (
        ("More than twelve months old", "12-month limit", "A grandmother", "Made to another council", "No consent"),
        ("Within the month", "At the meeting"),
    ),
    notes.speaks_of_lateness: (
        ("Asked for late", "After twenty working days", "Past the deadline"),
        ("The latest reply", "Related matters"),
    ),
    notes.speaks_of_eligibility: (("Out of time", "Historic matters"), ("Sent by post",)),
    notes.speaks_of_another_procedure: (
        ("To be a corporate complaint", "Safeguarding", "There is another route", "Out of scope"),
        ("Incorporated", "Routed to the team"),
    ),
    notes.speaks_of_not_this_procedure: (
        ("Under the corporate procedure", "Outside the statutory procedure", "Did not use the statutory procedure"),
        ("Under the statutory procedure", "Statutory stage 2 offered"),
    ),
    notes.speaks_of_a_wish: (
        ("Agreed with the family", "The mother asked for time", "At the request of the complainant"),
        ("Council agreed to look again", "The mother objected, and had not agreed", "Without her agreement", "On hold"),
    ),
    notes.speaks_of_an_agreed_delay: (
        (
            "Complainant agreed to a later date",
            "She asked to wait until the move",
            "Father could not attend in March",
            "The family was abroad",
            "An extension was agreed",
            "Agreed a new date",
            "At the complainant's request",
            "At her request",
        ),
        (
            "Council apologised for the delay and agreed to pay",
            "The mother was asked to wait",
            "Complainant asked for stage 2",
            "She objected to waiting longer, and had not agreed to wait",
            "The investigator was ill",
        ),
    ),
    notes.speaks_of_giving_up: (
        ("Complainant accepted a meeting instead", "She withdrew", "Agreed with the complainant"),
        ("Mother not satisfied with the findings", "Council accepted the report"),
    ),
    notes.speaks_of_chasing: (("Chased twice", "No reply", "Left without an answer"), ("Reply sent", "Purchased")),
    notes.speaks_of_no_news: (("No updates since July", "Was not kept informed"), ("Updated monthly",)),
    notes.speaks_of_no_beginning: (
        ("Nobody appointed", "Awaiting an investigator", "Not yet started"),
        ("Investigator appointed", "Started on time"),
    ),
    notes.speaks_of_beginning: (("Begin stage 2", "To appoint an investigator"), ("Finish stage 2",)),
    notes.speaks_of_referral: (
        ("Early referral", "Referred her to the Ombudsman"),
        ("Told of the right to go to the Ombudsman",),
    ),
    notes.speaks_of_speech: (("By telephone", "Made orally", "In a call"), ("By letter", "Moral questions")),
    notes.speaks_of_awaiting_an_advocate: (
        ("Asked for an advocate", "The advocate was found in April", "Waiting for advocacy"),
        ("With her advocate", "Advocacy leaflet sent"),
    ),
    notes.speaks_of_no_advocate: (
        ("Did not mention advocacy", "No advocate was offered", "Advocate refused", "Advocacy was not offered"),
        ("No reply to the advocate's letters", "With an advocate", "Advocacy offered"),
    ),
    notes.speaks_of_poor_conduct: (
        (
            "No independent person took part",
            "Without an independent person",
            "The independent person sat on the panel",
            "Investigator was not independent",
            "Managed the team complained of",
            "Did not consider two points",
            "Refused to hear the father",
            "A conflict of interest",
            "Left out half of it",
        ),
        ("Independent person appointed", "Considered all points", "Held by video"),
    ),
    notes.speaks_of_form: (
        ("Asked for large print", "Not translated", "In an accessible form", "Easy-read copy"),
        ("In print", "Interpretation of the policy"),
    ),
    notes.speaks_of_a_disputed_remedy: (
        ("Offered 50 pounds, which she thought too little", "Rejected the payment", "£100 was not enough"),
        ("Declined to pay for a placement", "Offered 200 pounds, which she accepted", "A meeting was refused"),
    ),
    notes.speaks_of_remedies: (("Recommendations outstanding", "No apology yet"), ("No report yet", "Nothing heard")),
}


def test_every_reading_is_tried() -> None:
    assert set(READINGS) == {getattr(notes, name) for name in dir(notes) if name.startswith("speaks_of_")}


@pytest.mark.parametrize(
    ("speaks", "note"), [(speaks, note) for speaks, (said, _) in READINGS.items() for note in said]
)
def test_what_a_note_says(speaks: Callable[[str], bool], note: str) -> None:
    assert speaks(note)
    assert speaks(note.upper())


@pytest.mark.parametrize(
    ("speaks", "note"), [(speaks, note) for speaks, (_, not_said) in READINGS.items() for note in not_said]
)
def test_what_a_note_does_not_say(speaks: Callable[[str], bool], note: str) -> None:
    assert not speaks(note)


@pytest.mark.parametrize("speaks", READINGS)
def test_an_empty_note_says_nothing(speaks: Callable[[str], bool]) -> None:
    assert not speaks("")
