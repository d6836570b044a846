"""Tables of the record: columns and constraints, nothing else."""

from upheld.cases.models.access import CaseView
from upheld.cases.models.case import Case
from upheld.cases.models.chronology import Event, RegisterImport
from upheld.cases.models.facts import FactsState, PointFactRow, StageFactRow
from upheld.cases.models.people import CaseParty, Person
from upheld.cases.models.seals import CertificateRow, DisposalRequest, Hold, ReportMade, SealedHead, SealRow
from upheld.cases.models.texts import Reason
from upheld.cases.models.themes import Theme

__all__ = [
    "Case",
    "CaseParty",
    "CaseView",
    "CertificateRow",
    "DisposalRequest",
    "Event",
    "FactsState",
    "Hold",
    "Person",
    "PointFactRow",
    "Reason",
    "RegisterImport",
    "ReportMade",
    "SealRow",
    "SealedHead",
    "StageFactRow",
    "Theme",
]
