# Two words matter: `make demo` shows the program at work, `make test` proves it.
# Both start from a bare machine with python3 (3.11 or newer) and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
PYTEST := $(BIN)/pytest

.PHONY: help demo env dev check format lint types imports pure test lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

demo: env ## start the whole loop on a demo shop and show its page
	$(BIN)/quartermaster demo

env: $(VENV)/.base ## create the environment the program runs in

dev: $(VENV)/.test ## create the environment that checks and tests need

$(UV): requirements/uv.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $(UV)

$(VENV)/.base: $(UV) requirements/base.txt pyproject.toml
	@test -f $(VENV)/.test || VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) pip install --compile-bytecode --require-hashes --only-binary :all: -r requirements/base.txt
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(UV) requirements/test.txt pyproject.toml
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) pip install --compile-bytecode --require-hashes --only-binary :all: -r requirements/test.txt
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(VENV)/.base $@

check: lint types imports pure ## everything that takes less than a minute

format: dev ## rewrite the code in the house's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: dev
	$(BIN)/mypy

imports: dev
	$(BIN)/lint-imports

pure: dev
	$(PYTEST) -q -m "not store and not servers and not journey"

test: dev ## every test, with PostgreSQL, Dovecot and Chromium
	sh .ci/machine
	$(PYTEST) -q -n auto --dist loadfile

lock: $(UV) ## pin the requirements anew
	@for name in uv base test; do \
	  $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    requirements/$$name.in --output-file requirements/$$name.txt; done

clean: ## remove the environment and all caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
