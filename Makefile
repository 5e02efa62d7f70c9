# Two commands for a newcomer: `make run` and `make test`. No logic lives here.
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
TOOLS := tests/outils/node_modules/.ready

.PHONY: run test check format clean

run: $(STAMP)
	$(BIN)/observatoire demo

test: $(STAMP) $(TOOLS)
	$(BIN)/pytest

check: $(STAMP)
	$(BIN)/ruff check scripts tests
	$(BIN)/ruff format --check scripts tests
	$(BIN)/mypy
	$(BIN)/observatoire validate

format: $(STAMP)
	$(BIN)/ruff check --fix scripts tests
	$(BIN)/ruff format scripts tests
	$(BIN)/observatoire format

clean:
	rm -rf .venv .observatoire public rapport tests/outils/node_modules

$(STAMP): pyproject.toml requirements.lock
	@echo "Les bibliothèques s'installent dans $(VENV) : une fois, une minute environ."
	python3 -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(TOOLS): tests/outils/package.json tests/outils/package-lock.json | $(STAMP)
	PATH="$(abspath $(BIN)):$$PATH" npm ci --prefix tests/outils --silent
	touch $@
