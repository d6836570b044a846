"""The figures of complaints, declared once. `received`, `upheld` and `in_time` are of the cohort received.

Changing what an id counts is a new id: published reports name these.
"""

from upheld.figures.declare import Cohort, catalogue, count, dimension, rate
from upheld.figures.model import Grain

VERSION = "1"

CATALOGUE = catalogue(
    (
        count(
            "received",
            "Received",
            "Complaints received at the stage, or requests for it, by the date on which the council received them. "
            "For the Ombudsman: enquiries received.",
            lambda rows: rows.received,
        ),
        count(
            "answered",
            "Answered",
            "Of those received in the period, the ones whose response had been sent by the date of the figures.",
            lambda rows: rows.answered,
        ),
        count(
            "withdrawn",
            "Withdrawn",
            "Of those received in the period, the ones withdrawn at this stage without an answer.",
            lambda rows: rows.withdrawn,
        ),
        count(
            "open",
            "Still open",
            "Of those received in the period, the ones neither answered nor withdrawn by the date of the figures.",
            lambda rows: rows.open,
        ),
        count(
            "overdue",
            "Open and past the limit",
            "Of those still open, the ones whose limit in force had passed by the date of the figures.",
            lambda rows: rows.overdue,
            more_is="worse",
        ),
        count(
            "in_time",
            "In time",
            "Of those received in the period, the ones answered within the limit in force: at stage 1, 10 working "
            "days, or 20 where the complaint was judged complex by the end of day 10; at stage 2, 25 working days, or "
            "the date promised, up to 65, where the notice of delay was sent by the end of day 25; at stage 3, the "
            "panel, its report and the council's response each within 30, 5 and 15 working days; for the Ombudsman, "
            "by the date asked for.",
            lambda rows: rows.in_time,
            more_is="better",
        ),
        count(
            "late",
            "Answered late",
            "Of those received in the period, the ones answered after the limit in force.",
            lambda rows: rows.late,
            more_is="worse",
        ),
        count(
            "timed",
            "Answered or overdue",
            "Of those received in the period, the ones of which it can be said whether they are in time: answered, or "
            "open with the limit in force passed. Those open within their limit and those withdrawn are left out.",
            lambda rows: rows.timed,
        ),
        rate(
            "in_time_rate",
            "In time, of those answered or overdue",
            "Answered within the limit in force, out of those answered or overdue.",
            of="in_time",
            out_of="timed",
            more_is="better",
        ),
        count(
            "in_initial_time",
            "Within the initial limit",
            "Of those received in the period, the ones answered within the limit before any extension: 10 working "
            "days at stage 1, 25 at stage 2.",
            lambda rows: rows.in_initial_time,
            more_is="better",
        ),
        rate(
            "in_initial_time_rate",
            "Within the initial limit, of those answered or overdue",
            "Answered within the limit before any extension, out of those answered or overdue.",
            of="in_initial_time",
            out_of="timed",
            more_is="better",
        ),
        count(
            "extended",
            "Validly extended",
            "Of those received in the period, the ones whose limit was validly extended.",
            lambda rows: rows.extended,
        ),
        count(
            "decided",
            "Decided",
            "Of those received in the period, the ones decided as upheld, partly upheld or not upheld.",
            lambda rows: rows.decided,
        ),
        count(
            "upheld",
            "Upheld",
            "Of those received in the period, the ones upheld in full.",
            lambda rows: rows.outcome("upheld"),
        ),
        rate(
            "upheld_rate",
            "Upheld, of those decided",
            "Upheld in full, out of those decided.",
            of="upheld",
            out_of="decided",
        ),
        count(
            "partly_upheld",
            "Partly upheld",
            "Of those received in the period, the ones upheld in part.",
            lambda rows: rows.outcome("partly-upheld"),
        ),
        count(
            "not_upheld",
            "Not upheld",
            "Of those received in the period, the ones not upheld.",
            lambda rows: rows.outcome("not-upheld"),
        ),
        count(
            "fault_found",
            "Fault found",
            "Of those received in the period, the ones upheld in full or in part.",
            lambda rows: rows.outcome("upheld", "partly-upheld"),
        ),
        rate(
            "fault_found_rate",
            "Fault found, of those decided",
            "Upheld in full or in part, out of those decided.",
            of="fault_found",
            out_of="decided",
        ),
        count(
            "answered_in_period",
            "Answered in the period",
            "Responses sent in the period, whenever the complaint was received.",
            lambda rows: rows.answered,
            cohort=Cohort.ANSWERED,
        ),
        count(
            "answered_in_period_in_time",
            "Answered in the period, in time",
            "Responses sent in the period within the limit in force, whenever the complaint was received.",
            lambda rows: rows.in_time,
            cohort=Cohort.ANSWERED,
            more_is="better",
        ),
        count(
            "answered_in_period_timed",
            "Answered in the period, with a limit",
            "Responses sent in the period for which a limit is known: an Ombudsman's enquiry without a date asked for "
            "has none.",
            lambda rows: rows.answered & rows.timed,
            cohort=Cohort.ANSWERED,
        ),
        rate(
            "answered_in_period_in_time_rate",
            "In time, of those answered in the period",
            "Responses sent within the limit in force, out of the responses sent in the period that had a limit.",
            of="answered_in_period_in_time",
            out_of="answered_in_period_timed",
            cohort=Cohort.ANSWERED,
            more_is="better",
        ),
        count(
            "open_at_end",
            "Open at the end",
            "Open at the end of the period, whenever received; in a period that has not ended, on the date of the "
            "figures.",
            lambda rows: rows.open,
            cohort=Cohort.STOCK,
        ),
        count(
            "overdue_at_end",
            "Overdue at the end",
            "Open and past the limit in force at the end of the period, whenever received; in a period that has not "
            "ended, on the date of the figures.",
            lambda rows: rows.overdue,
            cohort=Cohort.STOCK,
            more_is="worse",
        ),
        count(
            "long_open_at_end",
            "Open for more than two years",
            "Open at the end of the period, or on the date of the figures in a period that has not ended, and received "
            "more than two years before that day. No limit runs so long: most likely an answer was sent and its date "
            "was never recorded.",
            lambda rows: rows.long_open,
            cohort=Cohort.STOCK,
            more_is="worse",
        ),
    ),
    (
        dimension("stage", "Stage", "stage"),
        dimension("service", "Service", "service"),
        dimension("team", "Team", "team"),
        dimension("theme", "Theme", "point_theme", Grain.POINT),
        dimension("procedure", "Procedure", "procedure"),
        dimension("channel", "How it came", "channel"),
        dimension("complainant", "Who complained", "complainant"),
        dimension("age_band", "Age of the child", "age_band"),
    ),
)
