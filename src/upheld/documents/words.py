"""The words that belong to the paper: the same in every format. Everything else is the report's own."""

from datetime import date, datetime

from upheld.narrative.report import Report

CONTENTS = "Contents"
SKIP = "Skip to the report"
TABLE = "Table"
FIGURE = "Figure"
IMPORTANT = "Important:"
NO_DATA = "no data"
NUMBERS_IN = "The numbers are in "
DEFINITIONS = "What each figure means"
PROVENANCE = "How this report was made"
ATTACHMENT = "Every number in this report: its figure, period, group, value and both counts"

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(when: date) -> str:
    """A date as written: "12 March 2019"."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def moment(when: datetime) -> str:
    """A moment as written: "12 March 2019, 09:30 UTC"."""
    zone = when.tzname()
    return f"{day(when)}, {when:%H:%M}" + (f" {zone}" if zone else "")


def page_of(page: str, pages: str) -> str:
    """The foot of a page: "Page 2 of 9"."""
    return f"Page {page} of {pages}"


def title(report: Report) -> str:
    """The report's title as properties and browsers show it: title and subtitle."""
    cover = report.cover
    return f"{cover.title}: {cover.subtitle}" if cover.subtitle else cover.title


def running_head(report: Report) -> str:
    """What stands at the head of every page but the first: the title without its subtitle."""
    return report.cover.title


def provenance(report: Report) -> tuple[tuple[str, str], ...]:
    """What the report was made from, as label and value, so that it can be made again."""
    made = report.provenance
    known = moment(made.known_at) if made.known_at else "everything recorded when it was made"
    return (
        ("Made from", made.source),
        ("Counts what had happened by the end of", day(made.as_at)),
        ("Counts what had been recorded by", known),
        ("Digest of the facts (SHA-256)", made.facts_digest),
        ("Law", made.pack),
        ("Definitions of figures", made.figures_version),
        ("Upheld", made.code_version),
    )
