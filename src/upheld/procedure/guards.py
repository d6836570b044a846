"""The conditions under which a rule applies, each read from what the record holds."""

from collections.abc import Callable

from upheld.procedure.events import Event, EventKind
from upheld.procedure.limits import limit_from
from upheld.procedure.lookup import CaseEvents
from upheld.procedure.rules import ClockRule, DutyRule, Guard

Rule = ClockRule | DutyRule


def _received(case: CaseEvents, occurrence: int) -> Event | None:
    """The receipt of this occurrence, or else of the case: what it says of the complainant holds throughout."""
    return case.first(EventKind.COMPLAINT_RECEIVED, None, occurrence) or case.first(EventKind.COMPLAINT_RECEIVED)


def _category_says(case: CaseEvents, occurrence: int, attribute: str) -> bool:
    received = _received(case, occurrence)
    category = received.data.get("category") if received is not None else None
    if not isinstance(category, str):
        return False
    person = case.pack.code("person", category)
    return person is not None and person.attributes.get(attribute) is True


def _is_oral(case: CaseEvents, occurrence: int, rule: Rule) -> bool:
    """How the complaint was made, not the request for a later stage, which may be spoken where the complaint was not.

    So what was recorded with a later stage counts only where no receipt is on record.
    """
    del rule
    received = _received(case, occurrence)
    oral = received.data.get("oral") if received is not None else None
    for event in case.all(EventKind.DETAILS_RECORDED, None, occurrence):
        if "oral" in event.data and (received is None or event.stage in (None, received.stage)):
            oral = event.data["oral"]
    return oral is True


def _was_skipped(case: CaseEvents, occurrence: int, rule: Rule) -> bool:
    del rule
    return case.first(EventKind.STAGE_1_SKIPPED, None, occurrence) is not None


def _stage_2_asked(case: CaseEvents, occurrence: int, rule: Rule) -> bool:
    del rule
    return case.first(EventKind.STAGE_REQUESTED, "stage-2", occurrence) is not None


def _report_issued(case: CaseEvents, occurrence: int, rule: Rule) -> bool:
    del occurrence, rule
    return any(event.data.get("report_issued") is True for event in case.all(EventKind.OMBUDSMAN_DECIDED))


def _needs_interest(case: CaseEvents, occurrence: int, rule: Rule) -> bool:
    """A person who may complain only with sufficient interest: so recorded, or a decision on it was taken."""
    del rule
    return EventKind.SUFFICIENT_INTEREST_DECIDED in case.kinds or _category_says(case, occurrence, "interest_test")


def _is_child(case: CaseEvents, occurrence: int, rule: Rule) -> bool:
    """A child or a care leaver, who is entitled to an advocate."""
    del rule
    received = _received(case, occurrence)
    return received is not None and (received.data.get("child") is True or _category_says(case, occurrence, "advocacy"))


def _awaited_advocate(case: CaseEvents, occurrence: int, rule: Rule) -> bool:
    """An advocate was asked for in time to matter, and none had been appointed when the complaint was received.

    A request made after the answer, or after the limit counted from receipt had passed, does not undo a missed limit.
    """
    requested = case.first(EventKind.ADVOCATE_REQUESTED)
    received = case.first(EventKind.COMPLAINT_RECEIVED, rule.stage, occurrence)
    if requested is None or received is None or not isinstance(rule, ClockRule) or rule.length is None:
        return False
    appointed = case.first(EventKind.ADVOCATE_APPOINTED)
    if appointed is None:
        if EventKind.ADVOCATE_DECLINED in case.kinds:
            return False
    elif appointed.on.no_later_than(received.on) is True:
        return False
    answered = case.first(EventKind.RESPONSE_SENT, rule.stage, occurrence)
    if answered is not None and requested.on.no_later_than(answered.on) is False:
        return False
    return requested.on.no_later_than(limit_from(received.on, rule.length, rule, case.calendar)) is not False


def _complainant_asked(case: CaseEvents, occurrence: int, rule: Rule) -> bool:
    """A later start counts only where the complainant asked for it."""
    agreed = case.first(EventKind.LATER_START_AGREED, rule.stage, occurrence)
    return agreed is not None and agreed.data.get("asked_by") in ("complainant", "advocate")


_READ: dict[Guard, Callable[[CaseEvents, int, Rule], bool]] = {
    Guard.ADVOCATE_AWAITED: _awaited_advocate,
    Guard.CHILD: _is_child,
    Guard.COMPLAINANT_ASKED: _complainant_asked,
    Guard.ORAL: _is_oral,
    Guard.OTHER_PERSON: _needs_interest,
    Guard.REPORT_ISSUED: _report_issued,
    Guard.SKIPPED: _was_skipped,
    Guard.STAGE_2_ASKED: _stage_2_asked,
}


def applies(guard: Guard, event: Event | None, case: CaseEvents, occurrence: int, rule: Rule) -> bool:
    """Whether a guard holds for the rule; `recorded` means that the rule's own event is there."""
    return event is not None if guard is Guard.RECORDED else _READ[guard](case, occurrence, rule)
