"""What is in a database's tables: how many rows, and a digest of them, the same whatever their order.

By it a restored database is proven to be the one that was backed up, within the transaction that restores it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import psycopg
from psycopg import sql

# ruff: noqa: S608 - what is put into statements here are names and digests that the database gave, quoted

# How values are written as text: alike on every server and in every session.
SESSION = (
    "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres'; "
    "SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1;"
)
# The first eight bytes of each row's SHA-256, added up: order does not count, and nothing is kept in memory.
_DIGEST = (
    "SELECT count(*) AS rows, coalesce(sum(('x' || encode(substr(sha256(convert_to(r::text, 'UTF8')), 1, 8), 'hex'))"
    "::bit(64)::bigint::numeric), 0)::text AS digest FROM {} AS r"
)
_TABLES = """
    SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname = %s ORDER BY 2
"""
# What is dropped, in this order: kind, name, catalogue, the column of the schema, and which of them.
_DROPPED = (
    ("VIEW", "o.oid::regclass", "pg_catalog.pg_class o", "o.relnamespace", "o.relkind = 'v'"),
    ("MATERIALIZED VIEW", "o.oid::regclass", "pg_catalog.pg_class o", "o.relnamespace", "o.relkind = 'm'"),
    ("TABLE", "o.oid::regclass", "pg_catalog.pg_class o", "o.relnamespace", "o.relkind IN ('r', 'p')"),
    ("SEQUENCE", "o.oid::regclass", "pg_catalog.pg_class o", "o.relnamespace", "o.relkind = 'S'"),
    ("ROUTINE", "o.oid::regprocedure", "pg_catalog.pg_proc o", "o.pronamespace", "o.prokind <> 'a'"),
    (
        "TYPE",
        "o.oid::regtype",
        "pg_catalog.pg_type o",
        "o.typnamespace",
        "(o.typtype IN ('e', 'd') OR (o.typtype = 'c' AND o.typrelid IN "
        "(SELECT c.oid FROM pg_catalog.pg_class c WHERE c.relkind = 'c')))",
    ),
)
MISMATCH = "UP001"  # the SQLSTATE of a table that is not what it should be


@dataclass(frozen=True, slots=True)
class Table:
    """A table, its rows and their digest."""

    name: str
    rows: int
    digest: str


def schema_of(connection: "psycopg.Connection[tuple[object, ...]]") -> str:
    """The schema that tables without a schema's name are in."""
    row = connection.execute("SELECT current_schema()").fetchone()
    if row is None or row[0] is None:
        return "public"
    return str(row[0])


def other_schemas(connection: "psycopg.Connection[tuple[object, ...]]", schema: str) -> list[str]:
    """Schemas of the database that are somebody else's."""
    rows = connection.execute(
        "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$'"
    ).fetchall()
    return [str(name) for (name,) in rows if name != schema]


def table_names(connection: "psycopg.Connection[tuple[object, ...]]", schema: str) -> list[str]:
    """The names of the tables."""
    return [str(name) for _, name in connection.execute(_TABLES, [schema]).fetchall()]


def tables_in(connection: "psycopg.Connection[tuple[object, ...]]", schema: str) -> list[Table]:
    """Every table with its digest. Call it in a transaction: all are of one moment then."""
    connection.execute(SESSION)
    found = []
    for name in table_names(connection, schema):
        row = connection.execute(sql.SQL(_DIGEST).format(sql.Identifier(schema, name))).fetchone()
        assert row is not None  # noqa: S101  a count always gives a row
        found.append(Table(name, int(str(row[0])), str(row[1])))
    return found


def proof(tables: Iterable[Table], schema: str) -> str:
    """SQL that fails with MISMATCH where a table is not as told, or there are others."""
    tables = list(tables)
    checks = "\n".join(
        f"SELECT rows, digest INTO seen FROM ({_DIGEST.format(_named(schema, table.name))}) AS counted;\n"
        f"IF seen.rows <> {table.rows} OR seen.digest <> '{int(table.digest)}' THEN\n"
        f"RAISE EXCEPTION 'differs' USING ERRCODE = '{MISMATCH}'; END IF;"
        for table in tables
    )
    return (
        f"{SESSION}\nDO $proof$ DECLARE seen record; BEGIN\n{checks}\n"
        f"IF (SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        f"WHERE c.relkind IN ('r', 'p') AND n.nspname = {_text(schema)}) <> {len(tables)} THEN\n"
        f"RAISE EXCEPTION 'differs' USING ERRCODE = '{MISMATCH}'; END IF;\nEND $proof$;\n"
    )


def emptying(schema: str) -> str:
    """SQL that drops every table, sequence, function and type of ours in the schema, triggers with them."""
    # The statements are put together before the first of them is run: what one drops has no name any more.
    kinds = "".join(
        f"SELECT string_agg(format('DROP {kind} IF EXISTS %s CASCADE', {name}), '; ') INTO statements FROM {catalogue} "
        f"WHERE {of_schema} = {_text(schema)}::regnamespace AND {which} AND NOT EXISTS "
        f"(SELECT FROM pg_catalog.pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e');\n"
        f"IF statements IS NOT NULL THEN EXECUTE statements; END IF;\n"
        for kind, name, catalogue, of_schema, which in _DROPPED
    )
    return f"DO $empty$ DECLARE statements text; BEGIN\n{kinds}END $empty$;\n"


def _named(schema: str, table: str) -> str:
    return f"{quoted(schema)}.{quoted(table)}"


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
