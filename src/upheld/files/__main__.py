"""`python -m upheld.files`: the process that reads one workbook, within bounds, for `upheld.files.isolated`."""

import sys

from upheld.files.reader import limit, serve

if __name__ == "__main__":
    limit()
    serve(sys.stdin.buffer, sys.stdout.buffer)
