# Two commands do everything on a fresh machine: make letters, make test.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
HOOKS  := $(sort $(wildcard hooks/*))
CASE   := sample_cases/forpligtende-samarbejder-2020/sag.json

.PHONY: letters test check clean

letters: $(VENV)/.letters  ## the four letters of the 2020 case, in letters/
	$(BIN)/hoering letters $(CASE) --out letters

test: $(VENV)/.test  ## every test; those that need LibreOffice are skipped without it
	$(BIN)/python -m pytest -n auto

check: $(VENV)/.test  ## what must be clean beside the tests: lint, format, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy src hooks/*/src

clean:
	rm -rf $(VENV) letters

$(VENV)/.python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.letters: $(VENV)/.python requirements/run.txt pyproject.toml $(wildcard hooks/*/pyproject.toml)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . $(addprefix -e ,$(HOOKS))
	touch $@

$(VENV)/.test: $(VENV)/.letters requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@
