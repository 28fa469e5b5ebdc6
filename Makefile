# `make demo` and `make test` need only Python >= 3.11 and make: they set up .venv themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
UV_COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links pyproject.toml

.PHONY: demo test check format lint types imports coverage lock samples picture man bench bench-worst bench-matching bench-merging bench-planning bench-pushing bench-registers bench-desks sbom audit fuzz crash crash-desks mutations clean

demo: $(VENV)/run.stamp
	$(BIN)/clientimport demo

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n auto

check: format lint types imports coverage

format: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

imports: $(VENV)/dev.stamp
	$(BIN)/lint-imports

# Skipped tests are a failure here: what a marker needs must be installed.
coverage: $(VENV)/dev.stamp
	CLIENTIMPORT_NO_SKIPS=1 $(BIN)/python -m pytest -n auto --cov --cov-report=term:skip-covered

picture: $(VENV)/dev.stamp
	$(BIN)/python docs/picture.py

# Writes the manual page anew from the commands and their options.
man: $(VENV)/dev.stamp
	$(BIN)/python docs/man_page.py > docs/clientimport.1.new && mv docs/clientimport.1.new docs/clientimport.1

# Rewrites the sample portfolios and golden reports in samples/; review the diff.
samples: $(VENV)/dev.stamp
	$(BIN)/python samples/make.py

# Tries N mutations of a file of each format, each time from another seed: make fuzz N=100000.
N ?= 20000
fuzz: $(VENV)/dev.stamp
	CLIENTIMPORT_FUZZ=$(N) $(BIN)/python -m pytest -n auto tests/files/test_fuzz.py

# Kills a push N times at random and looks at what is on the platform: make crash N=2000.
crash: $(VENV)/dev.stamp
	CLIENTIMPORT_CRASHES=$(N) $(BIN)/python -m pytest tests/push/test_push_machine.py

# Kills desks, and the server of their ledger, for N rounds: make crash-desks N=1000; needs PostgreSQL, about 4 s a round.
crash-desks: $(VENV)/dev.stamp
	CLIENTIMPORT_DESK_CRASHES=$(N) $(BIN)/python -m pytest -s tests/push/test_desks_crash.py

# Breaks each promise of docs/reliability.md in a copy, and wants the test that is named for it to fail; some minutes.
mutations: $(VENV)/dev.stamp
	CLIENTIMPORT_MUTATIONS=1 $(BIN)/python -m pytest -n auto tests/mutations

# How well columns, addresses and names are recognised; about two minutes. See docs/decisions/0012-matching-evaluation.md.
bench-matching: $(VENV)/dev.stamp
	$(BIN)/python benchmarks/matching.py
	$(BIN)/python benchmarks/splitting.py

# How long 20,000 clients by 20,000 take to be merged; about two minutes. See docs/decisions/0018-merging.md.
bench-merging: $(VENV)/dev.stamp
	$(BIN)/python benchmarks/merging.py

# What a plan takes beside `validate` of the same file, up to 300,000 rows; about ten minutes. See docs/decisions/0017-speed-of-validating.md.
bench-planning: $(VENV)/dev.stamp
	$(BIN)/python benchmarks/planning.py

# How fast a push is beside wrk and a bare client; needs wrk, about seven minutes. See docs/decisions/0016-throughput.md.
bench-pushing: $(VENV)/dev.stamp
	$(BIN)/python benchmarks/throughput.py

# A push with a ledger in the home beside one with a shared ledger; needs PostgreSQL, about a minute.
bench-desks: $(VENV)/dev.stamp
	PYTHONPATH=tests $(BIN)/python benchmarks/shared_ledger.py

# An index of 1.9 million invented enterprises, an update, look-ups, a list on Peppol; about three minutes.
bench-registers: $(VENV)/dev.stamp
	$(BIN)/python benchmarks/register_speed.py

# Needs uv on the path; the locks name no registry.
lock:
	$(UV_COMPILE) --extra sandbox --group build --output-file requirements/run.lock
	$(UV_COMPILE) --extra all --group dev --output-file requirements/dev.lock
	$(UV_COMPILE) --group bench --output-file requirements/bench.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --group audit --output-file requirements/audit.lock

# The bill of materials (CycloneDX): every library that is installed with the program, with its version and hashes.
sbom: $(VENV)-audit/stamp
	mkdir -p dist
	$(VENV)-audit/bin/cyclonedx-py requirements requirements/run.lock --pyproject pyproject.toml --mc-type application --validate \
		--output-reproducible --output-file dist/clientimport.cdx.json

# Asks the public advisories about each of them; needs the network, so it is no part of `make check`.
audit: $(VENV)-audit/stamp
	$(VENV)-audit/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements/run.lock

$(VENV)-audit/stamp: requirements/audit.lock
	$(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --requirement requirements/audit.lock
	touch $@

# Beside the bare read, pandera, frictionless and the cell-by-cell way; about six minutes.
bench: $(VENV)-bench/stamp $(VENV)/run.stamp
	BENCH_OURS=$(BIN)/python $(VENV)-bench/bin/python benchmarks/validating.py

# The worst files there are, each at a size and at twice that size; about two minutes.
bench-worst: $(VENV)/run.stamp
	$(BIN)/python benchmarks/worst_cases.py

$(VENV)-bench/stamp: requirements/bench.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)-bench
	$(VENV)-bench/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --requirement requirements/bench.lock
	$(VENV)-bench/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --no-build-isolation --editable .
	touch $@

# Two steps, for hashes and editable installs exclude each other.
$(VENV)/run.stamp: requirements/run.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --requirement requirements/run.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev.stamp: requirements/dev.lock pyproject.toml $(VENV)/run.stamp
	$(PIP) install --require-hashes --requirement requirements/dev.lock
	touch $@

clean:
	rm -rf $(VENV) $(VENV)-bench $(VENV)-audit .pytest_cache .mypy_cache .ruff_cache .coverage dist
