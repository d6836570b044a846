"""The roles people hold, and what can happen to an account."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is here, between dates. What each may do is the table in `rules`."""

    COMPLAINTS_MANAGER = "complaints-manager"
    COMPLAINTS_OFFICER = "complaints-officer"
    SERVICE_MANAGER = "service-manager"
    TEAM_MANAGER = "team-manager"
    DEPARTMENTAL_COMPLAINTS_OFFICER = "departmental-complaints-officer"
    NAMED_DEPUTY = "named-deputy"  # everything that the absent person named in the grant may do
    ADJUDICATING_OFFICER = "adjudicating-officer"
    DIRECTOR = "director"
    CABINET_MEMBER = "cabinet-member"
    SENIOR_LEADER = "senior-leader"
    INVESTIGATING_OFFICER = "investigating-officer"
    INDEPENDENT_PERSON = "independent-person"
    PANEL_CLERK = "panel-clerk"
    PANEL_MEMBER = "panel-member"
    ADVOCATE = "advocate"
    INFORMATION_GOVERNANCE_OFFICER = "information-governance-officer"
    SYSTEM_ADMINISTRATOR = "system-administrator"
    ANALYST = "analyst"

    @property
    def label(self) -> str:
        """The role in words, as it begins a sentence."""
        return self.value.replace("-", " ").capitalize()


class AccountEventKind(StrEnum):
    """What happened to an account."""

    CREATED = "created"
    DEACTIVATED = "deactivated"
    REACTIVATED = "reactivated"
    ROLE_GRANTED = "role-granted"
    ROLE_REVOKED = "role-revoked"
    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - the name of an event
    PASSWORD_RESET = "password-reset"  # noqa: S105 - the name of an event
    SECOND_STEP_ADDED = "second-step-added"
    SECOND_STEP_REMOVED = "second-step-removed"
    RECOVERY_CODES_MADE = "recovery-codes-made"


class System(StrEnum):
    """Who acts where no signed-in person does."""

    COMMAND_LINE = "command-line"
    EXAMPLE_DATA = "example-data"
