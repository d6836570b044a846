"""Whether the day or the month comes first in a file's dates, where the dates themselves prove it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from upheld.files import Row
from upheld.register.dates import DateOrder, NotADate, orders_of, read_date
from upheld.register.understanding.profile import Profile


@dataclass(frozen=True, slots=True)
class Order:
    """What the dates of a file prove: one order, or one for each of some columns; or nothing, or too much.

    `contradictory` names columns of which some dates can only be read one way and some only the other.
    """

    order: DateOrder | None
    by_column: Mapping[int, DateOrder]
    shown: str
    needed: bool  # whether it matters: there are dates that may be read either way
    contradictory: Mapping[int, tuple[int, int]]  # column -> a row with the day first, and one with the month first


def order_of(
    rows: Sequence[Row],
    first: int,
    profiles: Mapping[int, Profile],
    pairs: Sequence[tuple[int, int]],
    today: date,
) -> Order:
    """The order of the dates in the columns of `profiles`, below row `first`.

    `pairs` are columns of which the first cannot come before the second. Proof is, in this turn: a day above 12; what
    would lie in the future or before its receipt when read the other way.
    """
    only = {column: set(profile.only) for column, profile in profiles.items()}
    needed = any(profile.both_orders for profile in profiles.values())
    both = {
        c: (p.only[DateOrder.DAY_FIRST], p.only[DateOrder.MONTH_FIRST]) for c, p in profiles.items() if len(p.only) > 1
    }
    proven = set().union(*only.values()) if only else set()
    if both:
        return Order(None, {}, "", needed, both)
    if len(proven) == 1:
        order = proven.pop()
        row = min(profile.only[order] for profile in profiles.values() if order in profile.only)
        part = "second" if order is DateOrder.MONTH_FIRST else "first"
        return Order(order, {}, f"a date in row {row} has a number above 12 {part}", needed, {})
    if len(proven) == 2:
        orders = {column: next(iter(found)) for column, found in only.items() if found}
        open_ones = any(p.both_orders and column not in orders for column, p in profiles.items())
        return Order(None, orders, "each column by its own dates", open_ones, {})
    if needed:
        wrong = {order: _impossible(rows, first, profiles, pairs, order, today) for order in DateOrder}
        for order, other in (
            (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST),
            (DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST),
        ):
            if wrong[other] >= 3 and not wrong[order]:
                shown = f"read with the {other.value}, {wrong[other]} dates lie in the future or before the receipt"
                return Order(order, {}, shown, needed, {})
    return Order(None, {}, "", needed, {})


def _impossible(
    rows: Sequence[Row],
    first: int,
    profiles: Mapping[int, Profile],
    pairs: Sequence[tuple[int, int]],
    order: DateOrder,
    today: date,
) -> int:
    """How many dates cannot be true in one order."""
    count = 0
    for row in rows[first:]:
        days = {c: _day(row[c], order) for c in profiles if c < len(row)}
        count += sum(day is not None and day > today for day in days.values())
        for later, earlier in pairs:
            a, b = days.get(later), days.get(earlier)
            count += a is not None and b is not None and a < b
    return count


def _day(cell: object, order: DateOrder) -> date | None:
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str) or orders_of(cell) is None:
        return None
    try:
        return read_date(cell, order)
    except NotADate:
        return None
