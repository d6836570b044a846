"""The documented layout of a register: one row for each stage of each case.

The table below is the single source for reading, for the template workbook and for the reference page. Words of the
field are accepted in the forms that officers type; codes are what is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType


class Form(StrEnum):
    """What a column's cells hold."""

    TEXT = "text"
    DATE = "date"
    YES_NO = "yes or no"
    CHOICE = "choice"
    TEXT_LIST = "list, separated by ;"
    CHOICE_LIST = "list of choices, separated by ;"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what it means, and whether every row must fill it."""

    id: str
    heading: str
    form: Form
    meaning: str
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)  # code -> words for people
    also: Mapping[str, str] = field(default_factory=dict)  # other words that officers use -> code


def _choices(**words: str) -> Mapping[str, str]:
    return MappingProxyType({code.replace("_", "-"): text for code, text in words.items()})


STAGES = _choices(stage_1="Stage 1", stage_2="Stage 2", stage_3="Stage 3", ombudsman="Ombudsman")
OUTCOMES = _choices(
    upheld="Upheld",
    partly_upheld="Partly upheld",
    not_upheld="Not upheld",
    no_finding="No finding",
    resolved="Resolved without a finding",
    referred_back="Referred back by the Ombudsman",
    closed_after_initial_enquiries="Closed after initial enquiries",
    incomplete_or_invalid="Incomplete or invalid",
    advice_given="Advice given",
)
FINDINGS = _choices(upheld="Upheld", partly_upheld="Partly upheld", not_upheld="Not upheld", no_finding="No finding")
CHANNELS = _choices(
    email="Email",
    web_form="Web form",
    telephone="Telephone",
    letter="Letter",
    in_person="In person",
    text_message="Text message or app",
    through_advocate="Through an advocate",
    through_councillor="Through a councillor or MP",
)
COMPLAINANTS = _choices(
    child="Child or young person",
    care_leaver="Care leaver",
    parent="Parent",
    person_with_pr="Other person with parental responsibility",
    foster_carer="Local authority foster carer",
    special_guardian="Special guardian",
    adoption="Adopter, adopted person or birth relative",
    relative="Grandparent or other relative",
    other="Other person with sufficient interest",
    anonymous="Anonymous",
)
AGE_BANDS = _choices(
    **{"0_4": "0 to 4", "5_9": "5 to 9", "10_15": "10 to 15", "16_17": "16 to 17", "18_and_over": "18 and over"}
)
ADVOCATE = _choices(
    not_relevant="Not relevant (the complainant is not a child or care leaver)",
    offered="Offered",
    declined="Offered and declined",
    asked_for="Asked for",
    appointed="Appointed",
)

COLUMNS: tuple[Column, ...] = (
    Column("reference", "Reference", Form.TEXT, "The case's own reference. The same in each of its stages.", True),
    Column(
        "stage",
        "Stage",
        Form.CHOICE,
        "The stage that this row is about.",
        True,
        STAGES,
        MappingProxyType(
            {
                "1": "stage-1", "2": "stage-2", "3": "stage-3", "s1": "stage-1", "s2": "stage-2", "s3": "stage-3",
                "stage one": "stage-1", "stage two": "stage-2", "stage three": "stage-3",
                "review panel": "stage-3", "panel": "stage-3", "lgsco": "ombudsman", "lgo": "ombudsman",
            }
        ),
    ),
    Column(
        "received",
        "Received",
        Form.DATE,
        "The date on which the council received the complaint, or the request for this stage; for the Ombudsman, the "
        "date of the enquiry.",
        True,
    ),
    Column("service", "Service", Form.TEXT, "The service that the team belonged to on that date.", True),
    Column("team", "Team", Form.TEXT, "The team complained about, by the name that it had on that date.", True),
    Column("themes", "Themes", Form.TEXT_LIST, "What each complaint point is about, the main one first.", True),
    Column(
        "answered",
        "Answered",
        Form.DATE,
        "The date on which this stage's response was sent; at stage 3, the council's response to the panel. Empty "
        "while it is open.",
    ),
    Column(
        "outcome",
        "Outcome",
        Form.CHOICE,
        "The outcome of this stage as a whole, once it is decided.",
        choices=OUTCOMES,
        also=MappingProxyType(
            {
                "partially upheld": "partly-upheld", "part upheld": "partly-upheld", "upheld in part": "partly-upheld",
                "fully upheld": "upheld", "upheld in full": "upheld", "yes": "upheld",
                "not-upheld": "not-upheld", "no finding made": "no-finding", "inconclusive": "no-finding",
                "resolved": "resolved", "resolved informally": "resolved", "premature": "referred-back",
                "justified": "upheld", "substantiated": "upheld", "partially justified": "partly-upheld",
                "partly justified": "partly-upheld", "partially substantiated": "partly-upheld",
                "partly substantiated": "partly-upheld", "not justified": "not-upheld", "unjustified": "not-upheld",
                "not substantiated": "not-upheld", "unsubstantiated": "not-upheld",
            }
        ),
    ),
    Column(
        "findings",
        "Findings",
        Form.CHOICE_LIST,
        "The finding on each complaint point, in the order of the themes. Empty where points were not decided apart.",
        choices=FINDINGS,
        also=MappingProxyType({"partially upheld": "partly-upheld", "part upheld": "partly-upheld"}),
    ),
    Column("withdrawn", "Withdrawn", Form.DATE, "The date on which the complaint was withdrawn at this stage."),
    Column(
        "extension_decided",
        "Extension decided",
        Form.DATE,
        "Stage 1: the date on which the complaint was judged complex, so that 20 working days apply. Stage 2: the date "
        "on which the notice of delay was sent.",
    ),
    Column(
        "extended_to", "Extended to", Form.DATE, "Stage 2: the date by which the notice of delay promised a response."
    ),
    Column(
        "spoken",
        "Made orally",
        Form.YES_NO,
        "Whether the complaint was made orally. An oral complaint's stage 2 begins with its written record.",
    ),
    Column(
        "record_final", "Written record final", Form.DATE, "Oral complaints: the date of the final written record."
    ),
    Column(
        "interest_decided",
        "Sufficient interest decided",
        Form.DATE,
        "Where the complainant had to show sufficient interest: the date on which it was accepted.",
    ),
    Column("later_start", "Later start agreed", Form.DATE, "A later start that the complainant asked for, if any."),
    Column("stage_1_skipped", "Stage 1 skipped", Form.DATE, "The date on which both agreed to leave out stage 1."),
    Column("advocate", "Advocate", Form.CHOICE, "Advocacy, as far as it went.", choices=ADVOCATE),
    Column("advocate_appointed", "Advocate appointed", Form.DATE, "The date on which the advocate was appointed."),
    Column(
        "response_received",
        "Response received",
        Form.DATE,
        "The date on which the complainant received the response (stage 2: their 20 working days run from it).",
    ),
    Column("panel_held", "Panel held", Form.DATE, "Stage 3: the date on which the review panel met."),
    Column("panel_report_sent", "Panel report sent", Form.DATE, "Stage 3: the date on which the panel's report went."),
    Column(
        "recommendations_received",
        "Recommendations received",
        Form.DATE,
        "Stage 3: the date on which the council received the panel's recommendations.",
    ),
    Column("due", "Due", Form.DATE, "Ombudsman only: the date by which the Ombudsman asked for an answer."),
    Column(
        "channel",
        "Channel",
        Form.CHOICE,
        "How the complaint came.",
        choices=CHANNELS,
        also=MappingProxyType(
            {
                "e-mail": "email", "online": "web-form", "web": "web-form", "website": "web-form",
                "online form": "web-form", "phone": "telephone", "phone call": "telephone", "tel": "telephone",
                "post": "letter", "by post": "letter", "face to face": "in-person", "visit": "in-person",
                "text": "text-message", "sms": "text-message", "app": "text-message", "advocate": "through-advocate",
                "councillor": "through-councillor", "mp": "through-councillor", "member enquiry": "through-councillor",
            }
        ),
    ),
    Column(
        "complainant",
        "Complainant",
        Form.CHOICE,
        "Who complained.",
        choices=COMPLAINANTS,
        also=MappingProxyType(
            {
                "young person": "child", "child/young person": "child", "self": "child", "mother": "parent",
                "father": "parent", "mum": "parent", "dad": "parent", "parents": "parent", "parent/carer": "parent",
                "mother/father": "parent", "person with pr": "person-with-pr", "foster carer": "foster-carer",
                "sgo holder": "special-guardian", "special guardians": "special-guardian", "adopter": "adoption",
                "adoptive parent": "adoption", "grandparent": "relative", "grandmother": "relative",
                "grandfather": "relative", "relative": "relative", "other relative": "relative",
                "family member": "relative", "other": "other",
            }
        ),
    ),
    Column(
        "age_band",
        "Child's age",
        Form.CHOICE,
        "The age of the (youngest) child, in bands.",
        choices=AGE_BANDS,
        also=MappingProxyType({"18+": "18-and-over", "18 plus": "18-and-over", "over 18": "18-and-over"}),
    ),
    Column("child_name", "Child", Form.TEXT, "The child's name. Kept apart from the record; never in figures."),
    Column(
        "complainant_name", "Name of complainant", Form.TEXT, "Kept apart from the record; never in figures."
    ),
)  # fmt: skip

BY_ID: Mapping[str, Column] = MappingProxyType({column.id: column for column in COLUMNS})


@lru_cache(maxsize=16_384)
def normal(text: str) -> str:
    """A heading or a choice as it is compared: case, spaces, hyphens and punctuation at its ends do not count."""
    return " ".join(text.replace("_", " ").replace("-", " ").replace("’", "'").lower().split()).strip(" .:*")


def column_named(heading: str) -> Column | None:
    """The column that a heading of a file means."""
    return _BY_HEADING.get(normal(heading))


_BY_HEADING = {
    **{normal(column.id): column for column in COLUMNS},
    **{normal(column.heading): column for column in COLUMNS},
}


def choice_named(column: Column, text: str) -> str | None:
    """The code of the choice that a cell names: its code, its words, or one of the other words in use."""
    return _CODES[column.id].get(normal(text))


_CODES: Mapping[str, Mapping[str, str]] = {
    column.id: {
        **{normal(words): code for words, code in column.also.items()},
        **{normal(words): code for code, words in column.choices.items()},
        **{normal(code): code for code in column.choices},
    }
    for column in COLUMNS
}
