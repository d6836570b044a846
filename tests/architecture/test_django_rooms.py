"""Rules of the Django rooms: who acts is always said, migrations are named, linear, and agree with the models."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

SOURCE = Path(__file__).resolve().parents[2] / "src/upheld"
# Modules whose functions people's actions go through; what they share among themselves is in modules of other names.
ACTIONS = [*SOURCE.glob("*/actions.py"), *SOURCE.glob("*/actions/record_*.py")]


def _ours() -> list[str]:
    return sorted(config.label for config in apps.get_app_configs() if config.name.startswith("upheld."))


@pytest.mark.parametrize("path", ACTIONS, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_an_action_says_who_acts(path: Path) -> None:
    functions = [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)]
    # What checks writes nothing.
    public = [function for function in functions if not function.name.startswith(("_", "check_"))]
    assert public
    assert [f.name for f in public if "by" not in {argument.arg for argument in f.args.kwonlyargs}] == []


def test_rooms_with_tables_were_found() -> None:
    assert {"accounts", "cases", "organisation", "reporting"} <= set(_ours())
    assert len(ACTIONS) >= 5


def test_migrations_agree_with_the_models() -> None:
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    changes = detector.changes(graph=loader.graph)
    missing = {label: [str(op) for m in found for op in m.operations] for label, found in changes.items()}
    assert {label: found for label, found in missing.items() if label in _ours()} == {}


def test_migrations_are_named_and_each_room_has_one_line_of_them() -> None:
    loader = MigrationLoader(None)
    names = [name for label, name in loader.disk_migrations if label in _ours()]
    assert [name for name in names if re.search(r"_auto_|_\d{8}_|^\d{4}_alter_\w+_and_more$", name)] == []
    for label in _ours():
        assert len(loader.graph.leaf_nodes(label)) <= 1, label
