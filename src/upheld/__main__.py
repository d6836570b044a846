"""`python -m upheld`: the same as the `upheld` command."""

from upheld.cli import main

if __name__ == "__main__":
    main()
