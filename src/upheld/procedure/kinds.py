"""The kinds of event that a case can hold, with what each means and may carry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class EventKind(StrEnum):
    """Every kind of event of a case; KINDS says what each means and may carry."""

    # Coming in
    MATTER_NOTICED = "matter-noticed"
    INTENTION_KNOWN = "intention-known"
    ADVOCACY_INFORMATION_GIVEN = "advocacy-information-given"
    COMPLAINT_RECEIVED = "complaint-received"
    COMPLAINT_REFUSED = "complaint-refused"
    STAGE_ACKNOWLEDGED = "stage-acknowledged"
    RECEIPT_INFORMATION_GIVEN = "receipt-information-given"
    POINT_RAISED = "point-raised"
    PROCEDURE_CHOSEN = "procedure-chosen"
    SUFFICIENT_INTEREST_DECIDED = "sufficient-interest-decided"
    INTEREST_REFUSAL_NOTIFIED = "interest-refusal-notified"
    TIME_LIMIT_DECIDED = "time-limit-decided"
    TEAM_ASSIGNED = "team-assigned"
    DETAILS_RECORDED = "details-recorded"
    FREEZE_CONSIDERED = "freeze-considered"
    FREEZE_LIFTED = "freeze-lifted"
    # Advocacy
    ADVOCATE_OFFERED = "advocate-offered"
    ADVOCATE_REQUESTED = "advocate-requested"
    ADVOCATE_APPOINTED = "advocate-appointed"
    ADVOCATE_DECLINED = "advocate-declined"
    # Any stage
    STAGE_REQUESTED = "stage-requested"
    STAGE_ACCEPTED = "stage-accepted"
    STAGE_REFUSED = "stage-refused"
    LATER_START_AGREED = "later-start-agreed"
    EXTENSION_DECIDED = "extension-decided"
    DELAY_NOTICE_SENT = "delay-notice-sent"
    UPDATE_SENT = "update-sent"
    MEETING_HELD = "meeting-held"
    RESPONSE_SENT = "response-sent"
    RESPONSE_RECEIVED = "response-received"
    OTHERS_NOTIFIED = "others-notified"
    FINDING_RECORDED = "finding-recorded"
    OUTCOME_RECORDED = "outcome-recorded"
    WITHDRAWN = "withdrawn"
    WITHDRAWAL_CONFIRMED = "withdrawal-confirmed"
    PAUSE_AGREED = "pause-agreed"
    PAUSE_ENDED = "pause-ended"
    SUSPENDED = "suspended"
    SUSPENSION_NOTICE_SENT = "suspension-notice-sent"
    PROCEEDINGS_ENDED = "proceedings-ended"
    RESUBMITTED = "resubmitted"
    # Stage 1
    STAGE_1_SKIPPED = "stage-1-skipped"
    RESOLVED = "resolved"
    TERMS_SENT = "terms-sent"
    # Stage 2
    WRITTEN_RECORD_DRAFTED = "written-record-drafted"
    WRITTEN_RECORD_FINALISED = "written-record-finalised"
    STATEMENT_AGREED = "statement-agreed"
    INVESTIGATING_OFFICER_APPOINTED = "investigating-officer-appointed"
    INDEPENDENT_PERSON_APPOINTED = "independent-person-appointed"
    ADJUDICATING_OFFICER_APPOINTED = "adjudicating-officer-appointed"
    INVESTIGATION_REPORTED = "investigation-reported"
    INDEPENDENT_PERSON_REPORTED = "independent-person-reported"
    ADJUDICATED = "adjudicated"
    # Panel
    LATE_REQUEST_DECIDED = "late-request-decided"
    PANELLIST_APPOINTED = "panellist-appointed"
    PANEL_ARRANGED = "panel-arranged"
    PANEL_PAPERS_SENT = "panel-papers-sent"
    PANEL_HELD = "panel-held"
    PANEL_REPORT_SENT = "panel-report-sent"
    PANEL_RECOMMENDATIONS_RECEIVED = "panel-recommendations-received"
    RESPONSE_TO_PANEL_SENT = "response-to-panel-sent"
    EARLY_REFERRAL_DECIDED = "early-referral-decided"
    # Ombudsman
    OMBUDSMAN_CONTACTED = "ombudsman-contacted"
    OMBUDSMAN_ENQUIRY_RECEIVED = "ombudsman-enquiry-received"
    OMBUDSMAN_DECIDED = "ombudsman-decided"
    OMBUDSMAN_REPORT_CONSIDERED = "ombudsman-report-considered"
    # Afterwards
    REMEDY_AGREED = "remedy-agreed"
    REMEDY_DONE = "remedy-done"
    CASE_CLOSED = "case-closed"
    # The record itself
    CALENDAR_CHANGED = "calendar-changed"
    ENTRY_STRUCK = "entry-struck"


@dataclass(frozen=True, slots=True)
class KindSpec:
    """What a kind of event means, and what its data may hold.

    `required` and `optional` give each field's type; a `date` field is held as an ISO string. `staged` says that the
    event belongs to one stage and must name it.
    """

    meaning: str
    version: int = 1
    staged: bool = False
    required: Mapping[str, type] = field(default_factory=dict)
    optional: Mapping[str, type] = field(default_factory=dict)


def _kind(meaning: str, *, staged: bool = False, needs: dict[str, type] | None = None, **optional: type) -> KindSpec:
    return KindSpec(meaning, 1, staged, needs or {}, optional)


K = EventKind
KINDS: Mapping[EventKind, KindSpec] = MappingProxyType(
    {
        K.MATTER_NOTICED: _kind("the complainant first had notice of the matter", point=int),
        K.INTENTION_KNOWN: _kind("the authority became aware that someone intends to complain", category=str),
        K.ADVOCACY_INFORMATION_GIVEN: _kind("advocacy information given and help offered, before a complaint was made"),
        K.COMPLAINT_RECEIVED: _kind(
            "the complaint reached the authority",
            staged=True,
            oral=bool,
            channel=str,
            category=str,
            capacity=str,
            anonymous=bool,
            child=bool,
        ),
        K.COMPLAINT_REFUSED: _kind(
            "the authority declined to consider the complaint, or to do so under this procedure", ground=str, point=int
        ),
        K.STAGE_ACKNOWLEDGED: _kind("receipt at this stage was acknowledged", staged=True, channel=str),
        K.RECEIPT_INFORMATION_GIVEN: _kind(
            "what must be given and offered on receipt was given and offered",
            procedure=bool,
            help_offered=bool,
            advocacy_information=bool,
            advocate_help_offered=bool,
        ),
        K.POINT_RAISED: _kind(
            "a point of complaint was raised",
            needs={"point": int},
            theme=str,
            function=str,
            grounds=date,
            noticed=date,
            contests_change=bool,
        ),
        K.PROCEDURE_CHOSEN: _kind(
            "which procedure applies was decided, with the reason", needs={"procedure": str}, point=int, reason=str
        ),
        K.SUFFICIENT_INTEREST_DECIDED: _kind(
            "whether the person has sufficient interest was decided",
            needs={"accepted": bool},
            child_consulted=bool,
        ),
        K.INTEREST_REFUSAL_NOTIFIED: _kind("the person was told that no further action will be taken", child_told=bool),
        K.TIME_LIMIT_DECIDED: _kind(
            "whether a complaint made after a year is considered was decided, on both limbs",
            needs={"accepted": bool},
            point=int,
            not_reasonable_sooner=bool,
            still_effective_and_fair=bool,
            notified=bool,
        ),
        K.TEAM_ASSIGNED: _kind("the case was given to a team", needs={"team": str}, service=str),
        K.DETAILS_RECORDED: _kind(
            "what figures are broken down by was recorded: who complained, how it came, the child's age in bands",
            complainant=str,
            channel=str,
            age_band=str,
            oral=bool,
        ),
        K.FREEZE_CONSIDERED: _kind(
            "whether the disputed change should wait was decided", needs={"frozen": bool}, point=int
        ),
        K.FREEZE_LIFTED: _kind("a change that had been held back may go ahead", point=int),
        K.ADVOCATE_OFFERED: _kind("help to obtain an advocate was offered"),
        K.ADVOCATE_REQUESTED: _kind("the complainant asked for an advocate"),
        K.ADVOCATE_APPOINTED: _kind(
            "an advocate was appointed, with the five declarations of independence",
            advocate=str,
            subject=bool,
            manages_subject=bool,
            manages_service=bool,
            controls_resources=bool,
            considers_complaint=bool,
        ),
        K.ADVOCATE_DECLINED: _kind("the complainant chose to go on without an advocate"),
        K.STAGE_REQUESTED: _kind(
            "a request for this stage reached the authority", staged=True, channel=str, reasons_given=bool
        ),
        K.STAGE_ACCEPTED: _kind("the authority confirmed that this stage is under way", staged=True),
        K.STAGE_REFUSED: _kind("the authority refused this stage; one entry for each ground", staged=True, ground=str),
        K.LATER_START_AGREED: _kind(
            "a later start date was agreed", needs={"start": date, "asked_by": str}, staged=True
        ),
        K.EXTENSION_DECIDED: _kind("more time was decided on", staged=True, reason=str, until=date, agreed=bool),
        K.DELAY_NOTICE_SENT: _kind(
            "the complainant was told in writing why the limit cannot be met, and a date",
            staged=True,
            promised=date,
            reason=str,
            in_writing=bool,
            ombudsman_information=bool,
        ),
        K.UPDATE_SENT: _kind("the complainant was kept informed", staged=True),
        K.MEETING_HELD: _kind("a meeting was offered or held", staged=True, offered_only=bool),
        K.RESPONSE_SENT: _kind(
            "the response of this stage was sent",
            staged=True,
            panel_right=bool,
            next_stage_right=bool,
            ombudsman_information=bool,
            to_advocate=bool,
            with_independent_person=bool,
            signed=bool,
        ),
        K.RESPONSE_RECEIVED: _kind("the response reached the complainant", staged=True, deemed=bool),
        K.OTHERS_NOTIFIED: _kind(
            "the child, and others likely to be affected, were told of decision, reasons and action, or why not",
            staged=True,
            child=bool,
            reason_not=str,
        ),
        K.FINDING_RECORDED: _kind(
            "the finding on a point at this stage", staged=True, needs={"point": int, "finding": str}
        ),
        K.OUTCOME_RECORDED: _kind("the outcome of this stage as a whole", staged=True, needs={"outcome": str}),
        K.WITHDRAWN: _kind("the complainant withdrew", staged=True, by=str, channel=str, point=int),
        K.WITHDRAWAL_CONFIRMED: _kind("the withdrawal was confirmed in writing", to_advocate=bool),
        K.PAUSE_AGREED: _kind(
            "a pause was agreed; it explains delay and moves no limit", staged=True, asked_by=str, reason=str
        ),
        K.PAUSE_ENDED: _kind("an agreed pause ended", staged=True),
        K.SUSPENDED: _kind(
            "consideration stopped because of other proceedings; without a point, all of it",
            point=int,
            trigger=str,
            prejudice=bool,
        ),
        K.SUSPENSION_NOTICE_SENT: _kind(
            "the complainant was told in writing why, and because of which proceedings", point=int, in_writing=bool
        ),
        K.PROCEEDINGS_ENDED: _kind("the other proceedings were discontinued or completed", point=int),
        K.RESUBMITTED: _kind("the complainant resubmitted what had been suspended", point=int),
        K.STAGE_1_SKIPPED: _kind("complainant and authority agreed to go straight to stage 2"),
        K.RESOLVED: _kind("the matter was resolved at this stage", staged=True),
        K.TERMS_SENT: _kind("the terms of the resolution were sent in writing", staged=True, to_advocate=bool),
        K.WRITTEN_RECORD_DRAFTED: _kind("the written record of an oral complaint was sent for comment", staged=True),
        K.WRITTEN_RECORD_FINALISED: _kind("the final written record of an oral complaint was produced", staged=True),
        K.STATEMENT_AGREED: _kind(
            "a statement of complaint was settled: a milestone, which starts no statutory clock of a written complaint",
            staged=True,
        ),
        K.INVESTIGATING_OFFICER_APPOINTED: _kind(
            "an investigating officer was appointed", staged=True, replaces=bool, in_line_management=bool
        ),
        K.INDEPENDENT_PERSON_APPOINTED: _kind(
            "an independent person was appointed",
            staged=True,
            replaces=bool,
            member=bool,
            officer=bool,
            spouse_or_civil_partner=bool,
        ),
        K.ADJUDICATING_OFFICER_APPOINTED: _kind(
            "an adjudicating officer was appointed", staged=True, took_part_in_investigation=bool
        ),
        K.INVESTIGATION_REPORTED: _kind("the investigating officer's report was completed", staged=True),
        K.INDEPENDENT_PERSON_REPORTED: _kind("the independent person's report was completed", staged=True),
        K.ADJUDICATED: _kind("the adjudication was decided", staged=True),
        K.LATE_REQUEST_DECIDED: _kind("whether a late request is accepted was decided", staged=True, accepted=bool),
        K.PANELLIST_APPOINTED: _kind(
            "a panel member was appointed",
            needs={"seat": int},
            staged=True,
            chair=bool,
            member=bool,
            officer=bool,
            spouse_or_civil_partner=bool,
            stage_2_independent_person=bool,
            replaces=bool,
            officer_or_member_in_last_three_years=bool,
        ),
        K.PANEL_ARRANGED: _kind("the panel's date was fixed", staged=True, meets=date),
        K.PANEL_PAPERS_SENT: _kind("the papers were sent to all who attend", staged=True),
        K.PANEL_HELD: _kind("the panel met", staged=True),
        K.PANEL_REPORT_SENT: _kind("the panel's report was sent", staged=True),
        K.PANEL_RECOMMENDATIONS_RECEIVED: _kind("the authority received the panel's recommendations", staged=True),
        K.RESPONSE_TO_PANEL_SENT: _kind(
            "the authority's response to the panel was sent",
            staged=True,
            ombudsman_information=bool,
            with_independent_person=bool,
            departs=bool,
            reasons_given=bool,
        ),
        K.EARLY_REFERRAL_DECIDED: _kind(
            "whether the case may go to the Ombudsman before a panel was decided, on all six conditions",
            robust_report=bool,
            complete_adjudication=bool,
            all_significant_upheld=bool,
            action_plan=bool,
            desired_outcomes_met=bool,
            complainant_agrees=bool,
        ),
        K.OMBUDSMAN_CONTACTED: _kind("the complainant went to the Ombudsman, or the Ombudsman wrote"),
        K.OMBUDSMAN_ENQUIRY_RECEIVED: _kind("an enquiry of the Ombudsman was received", staged=True, due=date),
        K.OMBUDSMAN_DECIDED: _kind(
            "the Ombudsman decided", staged=True, outcome=str, investigated=bool, report_issued=bool
        ),
        K.OMBUDSMAN_REPORT_CONSIDERED: _kind("the authority considered a public report and confirmed its action"),
        K.REMEDY_AGREED: _kind(
            "an action was agreed", needs={"remedy": int}, due=date, source=str, category=str, owner=str
        ),
        K.REMEDY_DONE: _kind("an agreed action was carried out, with evidence", needs={"remedy": int}, evidence=str),
        K.CASE_CLOSED: _kind("nothing more is owed and the case was closed"),
        K.CALENDAR_CHANGED: _kind("the bank holidays changed and open limits were recounted", calendar_version=str),
        # Version 1 had no reason. `reason_id` is of the words that say why, `reason_digest` their salted digest.
        K.ENTRY_STRUCK: KindSpec(
            "an earlier entry was made in error and no longer counts; another may stand in its place",
            version=2,
            required={"sequence": int, "reason": str},
            optional={"replaced_by": int, "reason_id": str, "reason_digest": str},
        ),
    }
)
