"""`python -m upheld.checker.reading`: the process that reads one report, for `upheld.checker.reading.isolated`."""

import logging
import sys

from upheld.checker.reading.process import serve
from upheld.files.reader import limit

if __name__ == "__main__":
    logging.disable(logging.CRITICAL)  # what a reader says of a broken file may quote it
    limit(seconds=120)
    serve(sys.stdin.buffer, sys.stdout.buffer)
