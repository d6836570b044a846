"""What was found in an uploaded register, as it is kept until somebody has decided."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from upheld.intake.models import Upload
from upheld.intake.sealing import seal, unseal
from upheld.register.dates import DateOrder
from upheld.register.model import Refusal
from upheld.register.understanding import Survey, SurveyedColumn

_WHAT = "findings"


@dataclass(frozen=True, slots=True)
class Understood:
    """How a file was understood, in words: a line for each column, and what is to be settled."""

    columns: tuple[tuple[str, str, str, str], ...] = ()  # ours, theirs, how surely, examples
    notes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()  # heading, why


@dataclass(frozen=True, slots=True)
class Findings:
    """All that is shown of an upload. `survey` is there where a table was found, `trial` where an import was tried."""

    problem: str = ""
    rows: int = 0
    cases: int = 0
    understood: Understood | None = None
    survey: Survey | None = None
    order: str = DateOrder.DAY_FIRST.value  # which part of a date comes first; empty where that is asked
    separator: str = ";"
    empty: tuple[str, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # told, or understood
    refusals: tuple[Refusal, ...] = ()
    teams: tuple[tuple[str, str], ...] = ()  # unknown to the record, and the known one that each may be
    remarks: tuple[tuple[str, str], ...] = ()  # what about, text
    by_hand: bool = False  # some rows are refused only because people recorded something else by hand
    trial: Mapping[str, Any] = field(default_factory=dict)


def keep(upload: Upload, findings: Findings) -> None:
    """Seal the findings into the upload, which the caller saves."""
    upload.findings = seal(json.dumps(asdict(findings)).encode(), upload=upload.id, what=_WHAT)


def findings_of(upload: Upload) -> Findings:
    """The findings of an upload; empty where there are none yet, or no more."""
    if upload.findings is None:
        return Findings()
    kept = json.loads(unseal(upload.findings, upload=upload.id, what=_WHAT))
    understood, survey = kept["understood"], kept["survey"]
    return Findings(
        **{
            **kept,
            "understood": understood and Understood(**{name: _pairs(value) for name, value in understood.items()}),
            "survey": survey and _survey(survey),
            "refusals": tuple(Refusal(**each) for each in kept["refusals"]),
            "teams": _pairs(kept["teams"]),
            "remarks": _pairs(kept["remarks"]),
            "empty": tuple(kept["empty"]),
        }
    )


def _survey(kept: dict[str, Any]) -> Survey:
    columns = tuple(
        SurveyedColumn(**{**each, "examples": tuple(each["examples"]), "words": _pairs(each["words"])})
        for each in kept["columns"]
    )
    taken = {int(index): (stage, column) for index, (stage, column) in kept["taken"].items()}
    return Survey(kept["sheet"], tuple(kept["sheets"]), (kept["head"][0], kept["head"][1]), columns, taken)


def _pairs(values: list[Any]) -> tuple[Any, ...]:
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)
