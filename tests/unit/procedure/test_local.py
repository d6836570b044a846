"""A council's own policy: stricter, never looser."""

from datetime import date
from typing import Any

import pytest

from tests.unit.procedure.builders import case, event, received
from upheld.procedure import PACKS, Layer, PackError, load_calendar, load_pack, local_targets, read_policy, with_policy
from upheld.procedure.clocks import clock_runs
from upheld.procedure.local import CITE, LooserThanLawError, default_policy, with_closures

PACK = load_pack()


def targets(policy: dict[str, Any], *events: Any) -> dict[str, str]:
    runs = clock_runs(case(*events), PACK, load_calendar())
    return {each.clock: str(each.due) for each in local_targets(runs, read_policy(policy, PACK), load_calendar())}


def test_a_target_stands_beside_the_limit() -> None:
    policy = {"targets": {"receipt-information": 3, "stage-1-response": 8}}
    assert targets(policy, received("2018-10-01")) == {
        "receipt-information": "2018-10-04",
        "stage-1-response": "2018-10-11",
    }


def test_a_target_of_a_rough_start_is_rough_and_a_waiting_clock_has_none() -> None:
    policy = {"targets": {"stage-1-response": 8}}
    assert targets(policy, received("2018-10-01/2018-10-02")) == {"stage-1-response": "2018-10-11 to 2018-10-12"}
    assert targets(policy, received("2018-10-01", category="A5")) == {}
    assert targets(policy, received("?")) == {}


def test_closure_days_lengthen_targets_and_never_limits() -> None:
    closed = [date(2018, 12, day) for day in (24, 27, 28, 31)]
    policy = {"targets": {"stage-1-response": 8, "receipt-information": 6}, "closure_days": closed}
    assert targets(policy, received("2018-12-14")) == {
        "receipt-information": "2019-01-02",
        # Eight of its own working days would end on 4 January, two days after the limit.
        "stage-1-response": "2019-01-02",
    }
    own = with_closures(load_calendar(), read_policy({"closure_days": [*closed, date(2018, 12, 25)]}, PACK))
    assert own.why_not(date(2018, 12, 24)) == "Office closed (local)"
    assert own.why_not(date(2018, 12, 25)) == "Christmas Day"
    assert (own.id, own.first, own.last) == (
        "england-and-wales with local closures", load_calendar().first, load_calendar().last,
    )  # fmt: skip
    assert load_calendar().is_working_day(date(2018, 12, 24)) is True


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        (
            {"targets": {"stage-1-response": 11}},
            "11 working days for stage-1-response is longer than the 10 of SI 2006/1738",
        ),
        ({"targets": {"panel-request": 10}}, "panel-request is the complainant's time, which no target may shorten"),
        ({"deemed_receipt": 1}, "counts? as received after 1 working days, and the procedure allows 2"),
    ],
)
def test_what_is_looser_than_the_law_is_refused(policy: dict[str, Any], message: str) -> None:
    with pytest.raises(LooserThanLawError, match=message):
        read_policy(policy, PACK)


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ({"targets": {"no-such-clock": 3}}, "has no clock 'no-such-clock'"),
        ({"targets": {"stage-1-response": 0}}, "has to be a number of working days, not 0"),
        ({"targets": {"stage-1-response": "soon"}}, "has to be a number of working days, not 'soon'"),
        ({"holidays": []}, "does not know holidays. It may hold closure_days, deemed_receipt, targets"),
    ],
)
def test_what_cannot_be_read_is_refused(policy: dict[str, Any], message: str) -> None:
    with pytest.raises(PackError, match=message):
        read_policy(policy, PACK)


def test_a_target_as_long_as_the_limit_is_allowed() -> None:
    assert read_policy({"targets": {"stage-1-response": 10}}, PACK).targets == {"stage-1-response": 10}


def test_deemed_receipt_is_the_councils_own_and_shown_so() -> None:
    generous = with_policy(PACK, read_policy({"deemed_receipt": 4}, PACK))
    history = case(event("stage-requested", "2025-01-06", "stage-2"), event("response-sent", "2025-03-20", "stage-2"))
    (run,) = [each for each in clock_runs(history, generous, load_calendar()) if each.clock == "panel-request"]
    assert (str(run.start), str(run.due)) == ("2025-03-26", "2025-04-25")
    deemed = [start for start in generous.clock("panel-request").starts if start.deemed]
    assert [(start.deemed, start.cite.layer) for start in deemed] == [(4, Layer.LOCAL)]
    assert [start.deemed for start in PACK.clock("panel-request").starts] == [0, 2]
    assert with_policy(PACK, read_policy({}, PACK)) is PACK
    old = with_policy(PACK, read_policy({"deemed_receipt": 4}, PACK)).for_case_of(date(2010, 1, 4))
    assert [start.deemed for start in old.clock("panel-request").starts] == [0, 4]


def test_only_the_complainants_time_is_lengthened_by_deemed_receipt() -> None:
    code = load_pack("complaint-handling-code-2024")
    longer = with_policy(code, read_policy({"deemed_receipt": 9}, code))
    assert longer.clock("stage-1-response") == code.clock("stage-1-response")


@pytest.mark.parametrize("pack", PACKS)
def test_a_new_installation_has_a_policy_for_each_procedure(pack: str) -> None:
    policy = default_policy(load_pack(pack))
    assert all(days > 0 for days in policy.targets.values())


def test_what_a_new_installation_starts_with() -> None:
    policy = default_policy(PACK)
    assert (policy.targets, policy.closure_days, policy.deemed_receipt) == ({"receipt-information": 3}, (), 2)


def test_local_policy_is_cited_by_its_name() -> None:
    assert str(CITE) == "Local policy"
