"""Packs: what loads, and what a file may not do."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from upheld.procedure import PACKS, Evidence, Layer, PackError, load_pack
from upheld.procedure.load import all_versions, merge, read_pack

DAY = date(2024, 1, 1)
BASE: dict[str, Any] = {
    "id": "small",
    "title": "Small",
    "jurisdiction": "Nowhere",
    "valid_from": DAY,
    "calendar": "england-and-wales",
    "source": [
        {"id": "a", "title": "An Act", "short": "Act", "url": "", "layer": "statute", "evidence": "read"},
        {"id": "u", "title": "Unread", "short": "Unread", "url": "", "layer": "statute", "evidence": "unverified"},
    ],
    "stage": [
        {
            "code": "stage-1", "label": "One", "short": "1", "order": 1, "opened_by": "complaint-received",
            "answered_by": "response-sent", "cite": "a s1",
        }
    ],
    "clock": [
        {
            "id": "answer", "label": "Answer", "stage": "stage-1", "owner": "authority", "unit": "working-day",
            "length": [{"from": DAY, "value": 10}, {"from": date(2025, 1, 1), "value": 8}], "ends": ["response-sent"],
            "cite": "a s2",
            "start": [{"basis": "received", "event": "complaint-received", "cite": "a s2(1)"}],
        }
    ],
    "state": [{"code": "open", "label": "Open", "opens": True}, {"code": "shut", "label": "Shut", "ended": True}],
    "move": [
        {
            "id": "close", "label": "Close", "event": "case-closed", "by": "authority", "at": ["open"], "to": "shut",
            "cite": "a s3",
        }
    ],
    "family": [
        {
            "id": "finding", "cite": "u s4",
            "codes": [{"code": "x", "label": "X"}, {"code": "y", "label": "Y", "cite": "a s5", "weight": 2}],
        }
    ],
}  # fmt: skip


def changed(*path: Any, value: Any = None, drop: bool = False) -> dict[str, Any]:
    data = deepcopy(BASE)
    place: Any = data
    for key in path[:-1]:
        place = place[key]
    if drop:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return data


def test_a_small_pack_loads() -> None:
    pack = read_pack(BASE, DAY)
    assert (pack.clock("answer").length, pack.stage("stage-1").label) == (10, "One")
    assert {code.code: (str(code.cite), code.attributes) for code in pack.codes["finding"]} == {
        "x": ("Unread s4", {}),
        "y": ("Act s5", {"weight": 2}),
    }
    assert pack.words("finding") == {"x": "X", "y": "Y"}
    assert (pack.words("nothing"), pack.code("finding", "z")) == ({}, None)


def test_a_value_changes_on_its_day_and_a_case_keeps_its_own() -> None:
    pack = all_versions(BASE)
    assert [(version.in_force, version.clock("answer").length) for version in pack.versions] == [
        (DAY, 10),
        (date(2025, 1, 1), 8),
    ]
    assert pack.clock("answer").length == 8
    assert pack.for_case_of(date(2024, 12, 31)).clock("answer").length == 10
    assert pack.for_case_of(date(2025, 1, 1)).clock("answer").length == 8
    assert read_pack(BASE, DAY).for_case_of(date(2000, 1, 1)).clock("answer").length == 10
    with pytest.raises(PackError, match="Small is in force from 2024-01-01; a case of 2023-12-31 is older"):
        pack.for_case_of(date(2023, 12, 31))


def test_what_nobody_could_read_is_never_shown_as_law() -> None:
    pack = read_pack(changed("clock", 0, "cite", value="u s2"), DAY)
    cite = pack.clock("answer").cite
    assert (cite.layer, cite.evidence) == (Layer.GUIDANCE, Evidence.UNVERIFIED)
    marked = read_pack(changed("clock", 0, "evidence", value="unverified"), DAY).clock("answer").cite
    assert (marked.layer, marked.evidence) == (Layer.GUIDANCE, Evidence.UNVERIFIED)
    local = read_pack(changed("clock", 0, "layer", value="local"), DAY).clock("answer").cite
    assert (local.layer, local.evidence) == (Layer.LOCAL, Evidence.READ)


def test_a_table_in_force_for_a_time_is_left_out_before_and_after() -> None:
    data = changed("move", 0, "from", value=date(2024, 6, 1))
    data["move"][0]["until"] = date(2024, 7, 1)
    days = (date(2024, 5, 31), date(2024, 6, 1), date(2024, 6, 30), date(2024, 7, 1))
    assert [len(read_pack(data, day).moves) for day in days] == [0, 1, 1, 0]
    assert [version.in_force for version in all_versions(data).versions] == [
        DAY, date(2024, 6, 1), date(2024, 7, 1), date(2025, 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (changed("title", drop=True), "small: title is missing"),
        (changed("colour", value="red"), "small: does not know colour"),
        (changed("clock", 0, "cite", drop=True), "small clock answer: cite is missing"),
        (
            changed("clock", 0, "cite", value="b s2"),
            "small clock answer: cites 'b', which is not among the sources \\(a, u\\)",
        ),
        (changed("clock", 0, "colour", value="red"), "small clock answer: does not know colour"),
        (changed("clock", 0, "unit", value="fortnight"), "unit is 'fortnight'; it can be working-day, "),
        (changed("clock", 0, "ends", value=["never"]), "ends is \\['never'\\]; each can be "),
        (
            changed("clock", 0, "length", value=[{"from": date(2025, 1, 1), "value": 8}]),
            "a limit has a length, or is as soon as possible",
        ),
        (
            changed("clock", 0, "length", value=[{"from": DAY, "value": 8}, {"from": DAY, "value": 9}]),
            "values of length must be in order",
        ),
        (changed("clock", 0, "length", drop=True), "a limit has a length, or is as soon as possible, and never both"),
        (
            changed("clock", 0, "unit", value="as-soon-as-possible"),
            "a limit has a length, or is as soon as possible, and never both",
        ),
        (changed("clock", 0, "longest", value=9), "the longest limit must not be shorter than the limit"),
        (changed("clock", 0, "start", drop=True), "a clock of a case needs at least one start"),
        (changed("clock", 0, "start", 0, "cite", drop=True), "small clock answer start 1: cite is missing"),
        (changed("clock", 0, "start", 0, "when", value=["raining"]), "when is \\['raining'\\]; each can be "),
        (changed("clock", 0, "stage", value="stage-9"), "small clock answer: there is no stage 'stage-9'"),
        (changed("clock", 0, "longest_clock", value="other"), "small clock answer: there is no clock 'other'"),
        (changed("move", 0, "to", value="elsewhere"), "small move close: there is no elsewhere"),
        (changed("move", 0, "stage", value="stage-9"), "small move close: there is no stage-9"),
        (changed("move", value=[BASE["move"][0], BASE["move"][0]]), "small: close is there twice"),
        (changed("source", value=[BASE["source"][0], BASE["source"][0]]), "small source a: is there twice"),
        (changed("family", 0, "codes", 1, "code", value="x"), "codes x: is there twice"),
        (changed("stage", 0, "opened_by", value="nothing"), "opened_by is 'nothing'; it can be "),
    ],
)
def test_a_file_at_fault_says_where(data: dict[str, Any], message: str) -> None:
    with pytest.raises(PackError, match=message):
        read_pack(data, DAY)


def test_a_duty_names_a_clock_that_is_there() -> None:
    duty = {
        "id": "d",
        "label": "D",
        "to": ["complainant"],
        "trigger": "complaint-received",
        "done": "response-sent",
        "cite": "a s1",
    }
    assert read_pack({**BASE, "duty": [{**duty, "clock": "answer"}]}, DAY).duty("d").clock == "answer"
    with pytest.raises(PackError, match="small duty d: names a stage or clock that is not there"):
        read_pack({**BASE, "duty": [{**duty, "clock": "other"}]}, DAY)
    with pytest.raises(PackError, match="Small has no duty 'other'"):
        read_pack(BASE, DAY).duty("other")


def test_a_value_not_yet_in_force_is_missed_where_it_must_be_there() -> None:
    with pytest.raises(PackError, match="title has no value in force on 2024-01-01"):
        read_pack(changed("title", value=[{"from": date(2030, 1, 1), "value": "Later"}]), DAY)


def test_parts_are_joined_and_nothing_is_said_twice() -> None:
    assert merge([{"id": "x", "clock": [1]}, {"clock": [2], "state": [3]}]) == {
        "id": "x",
        "clock": [1, 2],
        "state": [3],
    }
    with pytest.raises(PackError, match="id is said in more than one part of the pack"):
        merge([{"id": "x"}, {"id": "y"}])
    with pytest.raises(PackError, match="clock is said in more than one part of the pack"):
        merge([{"clock": "x"}, {"clock": [1]}])


def test_an_unknown_pack_is_refused_by_name() -> None:
    with pytest.raises(PackError, match="There is no procedure called 'scotland'. There are: children-england-2006, "):
        load_pack("scotland")
    with pytest.raises(PackError, match="has no clock 'x'; it has make-complaint, "):
        load_pack().clock("x")
    with pytest.raises(PackError, match="has no stage 'x'; it has stage-1, stage-2, stage-3, ombudsman"):
        load_pack().stage("x")


@pytest.mark.parametrize("name", PACKS)
def test_every_pack_loads_and_cites_all_its_rules(name: str) -> None:
    pack = load_pack(name)
    assert pack.id == name
    assert load_pack(name) is pack
    rules = [*pack.stages, *pack.clocks, *pack.duties, *pack.breaches, *pack.moves]
    assert [rule for rule in rules if not rule.cite.source.title] == []
    sources = {rule.cite.source.key for rule in rules}
    sources |= {start.cite.source.key for clock in pack.clocks for start in clock.starts}
    sources |= {code.cite.source.key for codes in pack.codes.values() for code in codes}
    sources |= {clock.extension.deadline_cite.source.key for clock in pack.clocks if clock.extension}
    assert sources == set(pack.sources)


def test_the_childrens_clocks_come_in_the_order_of_the_reference() -> None:
    numbers = [clock.number for clock in load_pack().clocks if clock.number]
    assert numbers == [f"C{number}" for number in range(1, 16)]
    assert [clock.number for clock in load_pack().clocks][: len(numbers)] == numbers


def test_people_functions_and_gates_of_the_childrens_pack() -> None:
    pack = load_pack()
    tested = [code.code for code in pack.codes["person"] if code.attributes.get("interest_test")]
    assert (len(pack.codes["person"]), tested) == (13, ["A5", "B2", "C3"])
    outside = [code.code for code in pack.codes["function"] if code.attributes["in_scope"] is False]
    assert (
        len(outside),
        all(code.attributes.get("route") for code in pack.codes["function"] if code.code in outside),
    ) == (6, True)
    assert [len(pack.codes[family]) for family in ("advocate-conflict", "early-referral", "suspension-trigger")] == [
        5,
        6,
        5,
    ]
