"""Make everything that Upheld needs to run and to be worked on: `.venv`, the product in it, and the pages' assets.

Run it by `make setup`. It does nothing where nothing has changed. That it has finished is written down last: what was
interrupted is made anew. Whatever Python there is reads it, so it stays with the standard library and with what an old
Python understands.
"""

import hashlib
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / ".set-up"
OLDEST = (3, 11)
# What the environment is made from. The assets have a stamp of their own.
SOURCES = (
    ROOT / "requirements/setup.txt",
    ROOT / "requirements/development.txt",
    ROOT / "pyproject.toml",
    Path(__file__).resolve(),
)


class SetUpError(Exception):
    """Something that this script cannot put right itself; the text says what, and what to do."""


def main():
    """Bring the environment and the assets up to date; the exit status is 1 where that could not be done."""
    began = time.monotonic()
    try:
        check_python()
        with one_at_a_time():
            wanted = digest()
            current = STAMP.is_file() and STAMP.read_text() == wanted
            if not current:
                make_environment(wanted)
            build_assets(quiet=current)
    except SetUpError as error:
        sys.stderr.write(f"\nSet-up stopped. {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nSet-up was interrupted. Run it again to go on.\n")
        return 130
    if not current:
        say(f"Set up in {time.monotonic() - began:.0f} seconds.")
    return 0


def check_python():
    """Refuse a Python that is too old, or one without what makes virtual environments."""
    version = "{}.{}".format(*sys.version_info[:2])
    if sys.version_info[:2] < OLDEST:
        raise SetUpError(
            f"Upheld needs Python {OLDEST[0]}.{OLDEST[1]} or later; {sys.executable} is {version}. Install a later one "
            "and name it, for example: make setup PYTHON=python3.12"
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise SetUpError(
            f"This Python ({sys.executable}) cannot make virtual environments. On Debian and Ubuntu: "
            f"sudo apt-get install python3-venv (or python{version}-venv). Then run this again."
        ) from None


@contextmanager
def one_at_a_time():
    """Wait until no other set-up works in this folder. The system lets go of the lock when this process ends."""
    import fcntl

    folder = os.open(str(ROOT), os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up is at work here; waiting for it to end")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def digest():
    """Digest all that the environment depends on: the locks, the product's declaration, Python, and the place."""
    whole = hashlib.sha256(f"{sys.version}\0{os.path.realpath(sys.executable)}\0{ROOT}\0".encode())
    for path in SOURCES:
        content = path.read_bytes()
        whole.update(f"{path.name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def make_environment(wanted):
    """Make or refresh `.venv`: uv by pip, everything else by uv, all of it checked against the locks' hashes."""
    python = ENVIRONMENT / "bin/python"
    whole = STAMP.exists()
    if whole:
        STAMP.unlink()
    if not whole or not same_python(python):
        say("1 of 4: making .venv with Python {}.{}".format(*sys.version_info[:2]))
        # pip alone comes from this Python itself; nothing is downloaded.
        run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT])
    say("2 of 4: installing uv, which installs the rest")
    run([python, "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", SOURCES[0]])
    say("3 of 4: installing what Upheld and its tests need (some 300 MB where nothing is cached)")
    uv = ENVIRONMENT / "bin/uv"
    run([uv, "pip", "sync", "--quiet", "--python", python, "--require-hashes", SOURCES[1]], progress=True)
    install = [uv, "pip", "install", "--quiet", "--python", python, "--no-deps", "--no-build-isolation", "--editable"]
    run([*install, ROOT])
    STAMP.write_text(wanted)


def build_assets(quiet):
    """Build the pages' styles and scripts where anything of them has changed."""
    if not quiet:
        say("4 of 4: building the pages' styles and scripts")
    run([ENVIRONMENT / "bin/python", ROOT / "tools/build_assets.py"])


def same_python(python):
    """Whether `.venv` works, and is of this version of Python."""
    show = "import pip, sys; print('{}.{}.{}'.format(*sys.version_info))"
    try:
        said = subprocess.run([str(python), "-c", show], stdout=subprocess.PIPE, check=False).stdout
    except OSError:
        return False
    return said.decode().strip() == "{}.{}.{}".format(*sys.version_info)


def run(command, progress=False):
    """Run one step; what it says is shown. uv's progress is shown where somebody watches."""
    words = [str(part) for part in command]
    if progress and sys.stderr.isatty():
        words.remove("--quiet")
    environment = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONHOME")}
    done = subprocess.run(words, cwd=str(ROOT), env=environment, check=False)
    if done.returncode:
        raise SetUpError(f"This step ended with status {done.returncode}; what it said is above.\n  {' '.join(words)}")


def say(text):
    """Tell whoever watches how far it is."""
    sys.stderr.write(f"[set-up] {text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
