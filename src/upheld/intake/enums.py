"""How an uploaded register stands."""

from enum import StrEnum


class State(StrEnum):
    """How an upload stands."""

    READING = "reading"  # a job reads it, or waits to
    UNREADABLE = "unreadable"  # no register could be made out in it, and why
    QUESTIONS = "questions"  # understood in part: somebody has to say the rest
    FAULTY = "faulty"  # read, and rows are refused
    NEW_TEAMS = "new-teams"  # read, and it names teams that the record does not have
    READY = "ready"  # read and tried: it may be imported
    IMPORTING = "importing"  # a job imports it, or waits to
    IMPORTED = "imported"
    UNCHANGED = "unchanged"  # the record had everything in it already
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"  # nobody decided in time

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes: the file and what was found in it are gone."""
        return self in (State.IMPORTED, State.UNCHANGED, State.WITHDRAWN, State.EXPIRED)

    @property
    def is_worked_on(self) -> bool:
        """Whether a job is at it, or about to be."""
        return self in (State.READING, State.IMPORTING)
