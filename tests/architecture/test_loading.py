"""What a command loads, and what the product must do without."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGES = Path(__file__).resolve().parents[2] / "src/upheld"
SHELL = ("django", "psycopg", "procrastinate", "allauth", "granian")
COMPILER = ("ibis", "sqlglot", "duckdb")
DATA_FRAMES = ("pandas", "pyarrow", "numpy", "polars")
EMPTY_REGISTER = "Reference,Stage,Received,Service,Team,Themes\n"

RUN = """
import json, sys
blocked, arguments = json.loads(sys.argv[1])
sys.modules.update(dict.fromkeys(blocked))
from upheld.cli import main
try:
    main(arguments)
except SystemExit as ended:
    if ended.code:
        raise
finally:
    sys.stderr.write("\\n" + json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def _loaded(arguments: list[str], folder: Path, blocked: tuple[str, ...] = ()) -> set[str]:
    """Run a command in a process of its own and give the packages that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps([blocked, arguments])],
        cwd=folder, capture_output=True, text=True, check=False, env={"UPHELD_HOME": str(folder / "home"), "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.rsplit("\n", 1)[1])) - set(blocked)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(
        EMPTY_REGISTER
        + "C1,Stage 1,2018-10-01,Looked after,Team A,Delay\nC2,Stage 1,2018-11-05,Looked after,Team B,Staff\n"
    )
    return path


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["figures", "--list"],
        ["figures", "--help"],
        ["register", "template"],
        ["register", "template", "empty.xlsx"],
        ["register", "import", "--check", "register.csv"],
        ["report", "quarterly", "--help"],
        ["check", "register.csv"],
    ],
    ids=" ".join,
)
def test_pure_commands_load_neither_django_nor_ibis(arguments: list[str], register: Path) -> None:
    assert _loaded(arguments, register.parent) & {*SHELL, *COMPILER} == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ["figures", "--register", "register.csv", "--quarter", "Q3 2018/19", "--by", "stage"],
        ["report", "quarterly", "--register", "register.csv", "--quarter", "Q3 2018/19", "--out", "out"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_a_register_file_becomes_a_report_without_django_or_data_frames(arguments: list[str], register: Path) -> None:
    assert _loaded(arguments, register.parent, DATA_FRAMES) & {*SHELL, *DATA_FRAMES} == set()


def test_every_module_can_be_loaded_without_data_frames(tmp_path: Path) -> None:
    names = sorted(
        ".".join(("upheld", *path.relative_to(PACKAGES).with_suffix("").parts)).removesuffix(".__init__")
        for path in PACKAGES.rglob("*.py")
        if path.name not in {"asgi.py", "wsgi.py", "__main__.py"} and "migrations" not in path.parts
    )
    program = f"""
import importlib, sys
sys.modules.update(dict.fromkeys({DATA_FRAMES!r}))
import django
django.setup()
for name in {names!r}:
    importlib.import_module(name)
"""
    environment = {
        "DJANGO_SETTINGS_MODULE": "upheld.config.settings",
        "DATABASE_URL": "postgresql:///never-reached",
        "UPHELD_SECRET_KEY": "only-for-a-test-which-signs-nothing-at-all-0123456789-abcdef",
        "UPHELD_HOME": str(tmp_path),
        "PATH": "",
    }
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
