# Everything happens in ./.venv, which tools/install.sh builds from the hashed files in requirements/.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
unexport PYTHONHOME PYTHONPATH

PY := .venv/bin/python
SERVE ?= 1
PYTEST_ARGS ?=
WORKERS ?= 2
HISTORIES ?= 300
FIRST ?= 1
BENCH_ARGS ?=

# NetSuite's own schemas, where the folder stands beside the repository: tests that need them skip with a reason elsewhere.
SCHEMAS := ../shared/data/netsuite-wsdl-2025_2
ifeq ($(NETSUITE_SCHEMAS),)
ifneq ($(wildcard $(SCHEMAS)),)
export NETSUITE_SCHEMAS := $(abspath $(SCHEMAS))
endif
endif

##@ Use

.PHONY: help
help: ## List what make can do (this list)
	@awk 'BEGIN { FS = ":.*## " } \
	    /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	    /^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: install ## Run a whole integration against the simulator, then serve the console (SERVE=0 ends after the run)
	@.venv/bin/suitebridge demo $(if $(filter 0,$(SERVE)),--no-serve)

.PHONY: install
install: ## Build ./.venv with everything that SuiteBridge needs (demo does it by itself)
	@tools/install.sh run

##@ Test

.PHONY: test
test: check suites ## Install everything, run the static checks and every test, a browser included

.PHONY: suites
suites: quick contracts simulator clients simulation scenarios browser-tests

# Each suite is a process of its own: Playwright keeps an event loop running in the one that it visits. Suites that wait for
# processes and sockets go WORKERS files at a time.
ABREAST := -n $(WORKERS) --dist loadfile
.PHONY: quick contracts simulator clients simulation scenarios browser-tests
quick: install-test
	@tools/phase.sh "Unit, golden, wire and property tests" $(PY) -m pytest -q tests/unit tests/golden tests/wire tests/properties $(PYTEST_ARGS)

contracts: install-test
	@tools/phase.sh "Contracts: memory, SQLite, PostgreSQL, simulator" $(PY) -m pytest -q tests/contract $(ABREAST) $(PYTEST_ARGS)

simulator: install-test
	@tools/phase.sh "The simulator" $(PY) -m pytest -q simulator/tests --ignore=simulator/tests/clients $(ABREAST) $(PYTEST_ARGS)

clients: install-test
	@tools/clients.sh
	@tools/phase.sh "Clients that nobody here wrote" $(PY) -m pytest -q simulator/tests/clients $(ABREAST) $(PYTEST_ARGS)

simulation: install-test
	@tools/phase.sh "Histories of edits, runs, faults and deaths" $(PY) -m pytest -q tests/simulation -n $(WORKERS) $(PYTEST_ARGS)

scenarios: install-test
	@tools/phase.sh "Scenarios over loopback HTTP" $(PY) -m pytest -q tests/scenarios $(ABREAST) $(PYTEST_ARGS)

browser-tests: install-test browser
	@tools/phase.sh "The console in a browser" $(PY) -m pytest -q tests/browser $(PYTEST_ARGS)

.PHONY: simulate
simulate: install-test ## Live through many histories of edits, runs, faults and deaths (HISTORIES=20000, FIRST=1 is the first seed)
	@$(PY) -m tests.simulation --histories $(HISTORIES) --first $(FIRST) --workers $(WORKERS)

.PHONY: test-night
test-night: ## Run every test with many more random examples and histories (takes long)
	@$(MAKE) --no-print-directory suites PYTEST_ARGS="--hypothesis-profile=night $(PYTEST_ARGS)"
	@$(MAKE) --no-print-directory simulate FIRST=301 HISTORIES=20000

.PHONY: unit
unit: install-test ## Run the quick tests only
	@tools/phase.sh "Unit tests" $(PY) -m pytest -q tests/unit $(PYTEST_ARGS)

.PHONY: check
check: style format types floors rules ## Run the static checks: ruff, mypy, floor contracts, house rules (make -k check goes through all)

.PHONY: style format types floors rules
style: install-test
	@tools/phase.sh -q "Style (ruff check)" $(PY) -m ruff check .

format: install-test
	@tools/phase.sh -q "Format (ruff format)" $(PY) -m ruff format --check .

types: install-test
	@tools/phase.sh -q "Types (mypy --strict)" $(PY) -m mypy

floors: install-test
	@tools/phase.sh -q "Floors (import-linter)" .venv/bin/lint-imports --no-logo

rules: install-test
	@tools/phase.sh -q "House rules (tests/architecture)" $(PY) -m pytest -q --tb=short tests/architecture

.PHONY: golden
golden: install-test ## Write anew what the golden cases of workflows lead to (git diff shows what changed)
	@$(PY) tools/write_golden.py

.PHONY: screenshots
screenshots: install-test ## Draw every page of the console and the simulator into ./screenshots
	@tools/phase.sh -q "Looking for Chromium" tools/browser.sh
	@tools/phase.sh "Screenshots" $(PY) tools/screenshots.py

.PHONY: bench
bench: install-test ## Measure the connector beside other clients; BENCH_ARGS="--case import --size 1000" narrows it
	@tools/clients.sh dlt netsuite
	@$(PY) -m benchmarks --json benchmarks/results/$$(date -u +%Y%m%dT%H%M%SZ).json $(BENCH_ARGS)

.PHONY: bench-check
bench-check: install-test ## Say which targets the newest measurements of make bench fall short of
	@$(PY) -m benchmarks.checking

##@ Care

.PHONY: lock
lock: install-test ## Write requirements/*.txt after a change of the inputs (UPGRADE=1 takes the newest packages)
	@tools/lock.sh

.PHONY: clean
clean: ## Remove the environment, caches and the demo's data
	@rm -rf .venv .clients .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .demo
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: install-test
install-test:
	@tools/install.sh test

.PHONY: browser
browser:
	@if [ -d tests/browser ]; then tools/phase.sh -q "Chromium for the browser tests (root gets it installed)" tools/browser.sh; fi
