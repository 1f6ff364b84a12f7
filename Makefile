# Two commands from a clean clone: `make run` and `make test`. Needs Python 3.11 or newer with venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: run test test-kernels lint bench clean

run: $(VENV)/.installed
	$(BIN)/tiau run mizoram-2021

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest

# Kernels with bounds checked, then interpreted: a write out of bounds is an error in both, and both give the numbers
# of compiled kernels. Ensembles of thousands would take hours interpreted.
INTERPRETED := $(addprefix tests/,test_kernels.py test_flee_safety.py test_conservation.py)
KERNELS := $(INTERPRETED) $(addprefix tests/,test_streams.py test_engine.py test_policy.py test_policy_mended.py \
	test_flee_engine.py test_flee_destinations.py)
test-kernels: $(VENV)/.installed-test
	NUMBA_BOUNDSCHECK=1 $(BIN)/python -m pytest $(KERNELS)
	NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest $(INTERPRETED)

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed
	$(BIN)/python benchmarks/engine.py

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[cluster]" pytest hypothesis scoringrules ruff mypy import-linter pandas-stubs types-PyYAML
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
