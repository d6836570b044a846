"""Rules for the product's source that its other tools do not know."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src/upheld"
PURE = ("procedure", "files", "register", "facts", "figures", "narrative", "documents", "checker")
MODULES = sorted(SOURCE.rglob("*.py"))
PURE_MODULES = [path for path in MODULES if path.relative_to(SOURCE).parts[0] in PURE]
CLOCKS = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("time", "time")}
# Data classes that gather while something is read, and are not handed on.
GATHERING = {
    "files/scan.py Scan",
    "procedure/rounds.py Round",
    "register/names.py Names",
    "register/names.py _Home",
    "register/understanding/assign.py Assigned",
    "register/understanding/profile.py Profile",
}


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
    found = {
        f"{_name(path)} {node.name}"
        for path in PURE_MODULES
        for node in _nodes(path)
        if isinstance(node, ast.ClassDef) and not _is_sound_data_class(node)
    }
    assert found == GATHERING


def _is_sound_data_class(node: ast.ClassDef) -> bool:
    """Whether a class is no data class, or one that is frozen and slotted."""
    decorators = [decorator for decorator in node.decorator_list if "dataclass" in ast.unparse(decorator)]
    return all({"frozen=True", "slots=True"} <= _arguments(decorator) for decorator in decorators)


def _arguments(decorator: ast.expr) -> set[str]:
    return {ast.unparse(keyword) for keyword in decorator.keywords} if isinstance(decorator, ast.Call) else set()


def test_pure_rooms_have_no_lenient_types() -> None:
    """`# type: ignore` names what it ignores, so that it cannot hide a second mistake."""
    found = [
        f"{_name(path)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if "# type: ignore" in line and "# type: ignore[" not in line
    ]
    assert found == []


def test_what_the_product_imports_is_declared() -> None:
    """A package that is there only because a test tool needs it is not there on a server."""
    project = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text())["project"]
    declared = {_normal(re.split(r"[\[~=<>! ;]", requirement)[0]) for requirement in project["dependencies"]}
    providers = packages_distributions()
    found = {
        f"{_name(path)} imports {package} of {', '.join(sorted(set(providers[package])))}"
        for path in MODULES
        for package in _imported(path)
        if package in providers and not {_normal(name) for name in providers[package]} & {*declared, "upheld"}
    }
    assert found == set()


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
