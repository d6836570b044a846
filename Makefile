# Upheld: `make` on its own says what there is.
# Everything is set up where it must be, by tools/set_up.py, which does nothing where nothing has changed.

# The first Python of this machine that is new enough; name another with PYTHON=...
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done || true)
BIN := .venv/bin
TESTS ?= tests
# More workers than two where the machine has more cores: make test WORKERS=8
WORKERS ?= 2
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup demo test test-long check format coverage mutants bench screenshots reference lock wheel clean chromium libreoffice

help: ## Say what there is (this)
	@echo "Upheld: complaints and learning for English councils' children's social care."
	@echo
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'
	@echo
	@echo "README.md says what each of them needs."

setup: ## Make .venv and the pages' assets, where they are not up to date
	@$(or $(PYTHON),python3) tools/set_up.py

demo: setup ## Load the example, write the quarter's report, and show it all on http://127.0.0.1:8000
	@$(BIN)/upheld demo

test: setup chromium ## All tests but the long ones, on a real PostgreSQL and in a real browser
	@$(BIN)/python -m pytest -m "not long" -n $(WORKERS) $(PYTEST) $(TESTS)

test-long: setup chromium libreoffice ## The tests that are too slow for every day
	@$(BIN)/python -m pytest -m long $(PYTEST) $(TESTS)

check: setup ## Format, style, types, import directions, generated pages, rules of the repository
	@$(BIN)/python -m tools.check

format: setup ## Put format and order of imports right
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

coverage: setup ## Which lines and branches of the pure rooms no test of theirs reaches
	@$(BIN)/coverage run -m pytest -m "not browser and not long" tests/unit tests/law tests/golden
	@$(BIN)/coverage report

mutants: setup ## Change the clocks, the calendar and the duties bit by bit, and see whether a test notices
	@$(BIN)/python -m tools.mutants

bench: setup ## Time what must stay fast, as ratios within one run
	@$(BIN)/python -m bench.run $(BENCH)

screenshots: setup chromium ## Every page at 320, 768 and 1280 pixels, into screenshots/
	@$(BIN)/python -m tools.screenshots

reference: setup ## Write the generated pages of docs/reference/ anew
	@$(BIN)/python -m tools.reference

lock: setup ## Resolve the dependencies of pyproject.toml into requirements/
	$(COMPILE) pyproject.toml --output-file requirements/runtime.txt $(UPGRADE)
	$(COMPILE) pyproject.toml --group dev --group build --group setup --constraint requirements/runtime.txt \
		--output-file requirements/development.txt $(UPGRADE)
	$(COMPILE) --group setup --constraint requirements/development.txt --output-file requirements/setup.txt $(UPGRADE)

wheel: setup ## Build dist/: the product as one file, for a server
	@rm -rf dist
	@$(BIN)/uv build --quiet --wheel --no-build-isolation --python $(BIN)/python --out-dir dist
	@cp requirements/runtime.txt dist/
	@ls dist

clean: ## Remove .venv, node_modules and everything that was built
	rm -rf .venv node_modules dist build out screenshots htmlcov .coverage .coverage.*
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -rf src/upheld/web/static/build src/upheld/documents/fonts
	find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +

# The browser that tests and screenshots need: the system's own, installed where that may be done.
chromium:
	@sh tools/from_debian.sh Chromium chromium "chromium chromium-browser google-chrome" \
		"Every test that opens a page in a browser will fail."

# What the long tests open Word and Excel files with.
libreoffice:
	@sh tools/from_debian.sh LibreOffice "libreoffice-writer libreoffice-calc libreoffice-impress" soffice \
		"The long tests that open documents in LibreOffice will fail."
