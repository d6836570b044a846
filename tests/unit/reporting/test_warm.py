"""What a server process does before the first person asks."""

import subprocess
import sys

PROGRAM = """
import sys
from upheld.reporting.warm import warm_up
before = {"ibis", "altair", "vl_convert"} & set(sys.modules)
warm_up()
after = {"ibis", "altair", "vl_convert"} & set(sys.modules)
print(sorted(before), sorted(after), "django" in sys.modules, "psycopg" in sys.modules)
"""


def test_warming_up_loads_what_is_slow_and_neither_settings_nor_a_database() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, env={})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == "[] ['altair', 'ibis', 'vl_convert'] False False"
