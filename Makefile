# Fanlight on a fresh machine: Python 3.11 or later, make and git are all that it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/installed
DEV := $(VENV)/installed-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
# Nothing runs for ever, where the machine can see to that.
LIMIT := $(shell command -v timeout >/dev/null 2>&1 && echo "timeout 3000")
PYTEST := $(LIMIT) $(BIN)/python -m pytest
# The files of tests are shared out among the processors; each worker has databases of its own.
SHARED := -p xdist --numprocesses=auto --dist=loadfile

export PYTEST_DISABLE_PLUGIN_AUTOLOAD := 1

.DEFAULT_GOAL := help
.PHONY: help demo install test quick lint policies test-sqlite test-postgresql test-faults test-journeys needs bench security format pins clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(RUN) ## the product on this machine, with five landlords and their cases
	@$(BIN)/fanlight demo

install: $(RUN) ## what it needs to run
test: $(DEV) needs ## everything that must hold
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory policies
	@$(MAKE) --no-print-directory test-sqlite
	@$(MAKE) --no-print-directory test-postgresql
	@$(MAKE) --no-print-directory test-faults
	@$(MAKE) --no-print-directory test-journeys

quick: $(DEV) ## the engine's tests, but for the properties: a few seconds
	@$(PYTEST) --quiet tests/engine --ignore=tests/engine/test_properties.py

lint: $(DEV) ## style, types, the direction of imports, templates
	@echo "== lint"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --check . ; echo "run: make format"; exit 1; }
	@FANLIGHT_DEMO=true FANLIGHT_HOME=$(VENV)/lint $(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djlint --lint --quiet src/fanlight/casework/web/templates

policies: $(DEV) ## the landlords' policies: well formed, every requirement answered, every scenario true
	@echo "== policies"
	@$(BIN)/fanlight check
	@$(BIN)/fanlight test

test-sqlite: $(DEV) ## every test but the faults and the journeys
	@echo "== tests, on SQLite"
	@$(PYTEST) --quiet $(SHARED) tests --ignore=tests/faults --ignore=tests/journeys

test-postgresql: $(DEV) needs ## the tests that touch a database, on a PostgreSQL of their own
	@echo "== tests that touch a database, on PostgreSQL"
	@$(PYTEST) --quiet $(SHARED) --database=postgresql tests --ignore=tests/engine --ignore=tests/faults --ignore=tests/journeys

test-faults: $(DEV) needs ## kills, full disks, lost databases, two hundred at once: each with the machine to itself
	@echo "== faults"
	@$(PYTEST) --quiet tests/faults

test-journeys: $(DEV) needs ## the journeys, in a real browser
	@echo "== journeys, in Chromium"
	@$(PYTEST) --quiet tests/journeys

needs: $(DEV)
	@$(BIN)/python -m tests.needs

security: $(DEV) ## twenty times as much hostile input, by chance: a quarter of an hour or more
	@$(PYTEST) --quiet --hypothesis-profile=chance tests/test_hostile_input.py

bench: $(DEV) needs ## how fast it is, as ratios measured side by side; BENCH="--cases 1000" for a short run
	@$(BIN)/python -m bench $(BENCH)

format: $(DEV) ## put the source in its format
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

pins: ## choose the dependencies' versions anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade --no-header --no-annotate \
		--no-emit-index-url pyproject.toml --group build --output-file requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade --no-header --no-annotate \
		--no-emit-index-url pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## take away what was made: the environment and the demo's data
	rm -rf $(VENV) var test-results screenshots

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Fanlight needs Python 3.11 or later: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(RUN): requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Fanlight needs into $(VENV): about a minute, the first time."
	@$(PIP) --require-hashes --requirement requirements.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.txt $(RUN)
	@echo "Installing what the tests need into $(VENV): about a minute, the first time."
	@$(PIP) --require-hashes --requirement requirements-dev.txt
	@touch $@
