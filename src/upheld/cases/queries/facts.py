"""The fact tables of the record as a source of figures. Facts hold no names and no text, so they have no scope."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.db import connection

from upheld.cases.actions.copying import POINT_COLUMNS, STAGE_COLUMNS
from upheld.cases.queries.labels import labels
from upheld.figures.calculate import quarters_recorded
from upheld.figures.period import Quarter
from upheld.figures.source import Described, Engine, FactTables
from upheld.register.events import PACK

STAGE_TABLE, POINT_TABLE = "stage_fact", "point_fact"


class PostgresFacts:
    """A FactSource on Django's own connection.

    Each `fetch` sees what is committed by then. Whoever needs several to fit together compares the digest before the
    first with the digest after the last.

    The digest is of every fact row in force, and takes seconds where there are very many. Pages, which are asked for
    all the time, go without (`digested` False): they get the token of the facts' state, which changes as the digest
    does but cannot be worked out again from the rows.
    """

    engine: Engine = "postgres"
    tables = FactTables(STAGE_TABLE, POINT_TABLE, versioned=True)

    def __init__(self, *, digested: bool = True) -> None:
        self._digested = digested

    def describe(self) -> Described:
        """What the record says of itself at present."""
        digest = _present_digest() if self._digested else facts_token().hex
        return Described(name="the record", digest=digest, pack=PACK, labels=labels())

    def fetch(self, sql: str) -> list[tuple[object, ...]]:
        """Run one SELECT and return its rows. A sum comes as a whole number, though PostgreSQL calls it numeric."""
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return [tuple(_whole(value) for value in row) for row in cursor.fetchall()]


def _whole(value: object) -> object:
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def facts_token() -> UUID:
    """The token of the facts' present state: what was counted while it was the same still holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM cases_factsstate")
        (token,) = cursor.fetchone()
    assert isinstance(token, UUID)  # noqa: S101 - for the type checker
    return token


def quarters_of_record(*, as_at: date) -> tuple[Quarter, ...]:
    """The quarters in which anything was received by the end of `as_at`, oldest first; kept while the facts stay."""
    return _quarters(facts_token(), as_at)


# Facts that arrive between the token and the count are kept under a token that nobody will ask for again.
@lru_cache(maxsize=64)
def _quarters(token: UUID, as_at: date) -> tuple[Quarter, ...]:  # noqa: ARG001 - the token is the key
    return quarters_recorded(PostgresFacts(), as_at=as_at)


def _present_digest() -> str:
    while True:
        with suppress(_FactsMoved):
            return _digest(facts_token())


class _FactsMoved(Exception):
    """Facts were committed between asking for the token and asking for the digest."""


@lru_cache(maxsize=8)
def _digest(token: UUID) -> str:
    """The digest of the facts that have this token: it changes whenever they do. Raises _FactsMoved."""
    with connection.cursor() as cursor:
        cursor.execute(_DIGEST, [token])
        same, digest = cursor.fetchone()
    if not same:
        raise _FactsMoved
    return digest


_ROWS_DIGEST = """
SELECT coalesce(string_agg(sha256(convert_to(ROW({columns})::text, 'UTF8')), ''::bytea ORDER BY {key}), ''::bytea)
FROM {table} WHERE recorded_to IS NULL
"""
_STAGES = _ROWS_DIGEST.format(columns=", ".join(STAGE_COLUMNS), key='stage_key COLLATE "C"', table=STAGE_TABLE)
_POINTS = _ROWS_DIGEST.format(columns=", ".join(POINT_COLUMNS), key='stage_key COLLATE "C", point', table=POINT_TABLE)
_DIGEST = f"SELECT token = %s, encode(sha256(({_STAGES}) || ({_POINTS})), 'hex') FROM cases_factsstate"  # noqa: S608
