"""Rules for the product's source that its other tools do not know."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src/upheld"
PURE = ("procedure", "files", "register", "facts", "figures", "narrative", "documents", "checker")
MODULES = sorted(SOURCE.rglob("*.py"))
PURE_MODULES = [path for path in MODULES if path.relative_to(SOURCE).parts[0] in PURE]
CLOCKS = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("time", "time")}


def _name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def _nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "__init__.py"], ids=_name)
def test_a_package_says_what_it_is_for(path: Path) -> None:
    if path.parent.name == "migrations":
        return
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert said, f"{_name(path)} should open with a sentence that says what the package is for."
    assert said.split("\n\n")[0].rstrip().endswith(".")


def test_views_reach_rows_through_queries_alone() -> None:
    views = [p for p in MODULES if p.stem == "views" or p.parent.name == "views"]
    assert views
    found = [
        f"{_name(path)}:{node.lineno}"
        for path in views
        for node in _nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]
    assert found == []


def test_pure_rooms_do_not_know_what_day_it_is() -> None:
    found = [
        f"{_name(path)}:{node.lineno}"
        for path in PURE_MODULES
        for node in _nodes(path)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in CLOCKS
    ]
    assert found == []


def test_data_classes_of_pure_rooms_are_frozen_and_slotted() -> None:
    found = [
        f"{_name(path)}:{node.lineno} {node.name}"
        for path in PURE_MODULES
        for node in _nodes(path)
        if isinstance(node, ast.ClassDef)
        for decorator in node.decorator_list
        if "dataclass" in ast.unparse(decorator)
        and not {"frozen=True", "slots=True"}
        <= set(ast.unparse(decorator).replace(" ", "").strip(")").split("(")[-1].split(","))
    ]
    assert found == []


def test_pure_rooms_have_no_lenient_types() -> None:
    """`# type: ignore` names what it ignores, so that it cannot hide a second mistake."""
    found = [
        f"{_name(path)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if "# type: ignore" in line and "# type: ignore[" not in line
    ]
    assert found == []
