# Two commands from a clean clone: `make run` and `make test`. Needs Python 3.11 or newer with venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

# Tests are shared over so many processes, files whole; JOBS=0 runs them in one, where Ctrl-C and a debugger reach.
JOBS ?= logical

.PHONY: run compiled test test-kernels lint bench screenshots installed clean

run: $(VENV)/.installed
	$(BIN)/tiau run mizoram-2021

# All kernels, by one process before many need them at once and each compiles them for itself.
compiled: $(VENV)/.installed-test
	$(BIN)/python tests/kernel_runs.py $(VENV)/kernel-runs.npz

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder -rs

# Kernels with bounds checked, then interpreted: a write out of bounds is an error in both. Those with bounds checked
# give the numbers of compiled ones, which give those of interpreted ones (`make test`). Ensembles of thousands would
# take hours interpreted; plain twins run once, in `make test`.
INTERPRETED := $(addprefix tests/,test_kernels.py test_flee_safety.py test_conservation.py)
KERNELS := $(addprefix tests/,test_engine.py test_engine_departures.py test_engine_twin.py test_streams.py \
	test_expectations.py test_turning.py test_policy.py test_policy_quotas.py test_policy_any_acts.py \
	test_policy_twin.py test_policy_mended.py test_flee_engine.py test_flee_destinations.py) $(INTERPRETED)
test-kernels: $(VENV)/.installed-test
	NUMBA_BOUNDSCHECK=1 $(BIN)/python -m pytest -m "not once" $(KERNELS)
	NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest -m "not once" $(INTERPRETED)

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed
	$(BIN)/python benchmarks/engine.py

# Pictures of a report and of the explorer for the README, by Chromium.
screenshots: $(VENV)/.installed-test
	$(BIN)/python tools/screenshots.py

installed: $(VENV)/.installed-test

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[cluster]" pytest pytest-xdist hypothesis scoringrules ruff mypy import-linter pandas-stubs types-PyYAML
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt playwright axe-playwright-python || echo "pages will not be looked at in a browser"
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
