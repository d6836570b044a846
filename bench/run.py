"""Run every benchmark, or those named: `python -m bench.run [figures procedure]`. Each prints ratios in one run."""

import sys
from importlib import import_module

BENCHMARKS = ("figures", "pages", "procedure", "register", "register_import", "variation", "checker", "audit")


def main() -> int:
    """Run and print; the exit status is 2 for a name that is no benchmark."""
    chosen = sys.argv[1:] or list(BENCHMARKS)
    if strangers := [name for name in chosen if name not in BENCHMARKS]:
        sys.stderr.write(f"There is no benchmark {', '.join(strangers)}. There are: {', '.join(BENCHMARKS)}.\n")
        return 2
    for name in chosen:
        sys.stdout.write(import_module(f"bench.{name}").run() + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
