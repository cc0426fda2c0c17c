# Two commands matter to a newcomer: `make demo` and `make test`. Both set everything up themselves.
# `make quick` is for while you write; `make check` adds coverage, the other Pythons and the oldest dependencies.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
EXTRAS := httpx,oidc,otel,mock,passkeys,redis,contract,fast
# pyenv shows only the Pythons that are asked for by name: ask for all of them
PYENV_PYTHONS := $(shell pyenv versions --bare 2>/dev/null | grep -E '^3\.[0-9]+\.[0-9]+t?$$' | sort -Vr | paste -sd: -)
# Half of the tests wait for another process at any time: two workers for each core keep all cores busy
CORES   := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
WORKERS ?= $(shell echo $$((2 * $(CORES))))
# Tests of rules that know no clock, network or process: 600 in a few seconds
PURE := tests/mock/engine tests/mock/faults/test_fault_fields.py tests/mock/seeds tests/contract/test_checking.py \
    tests/contract/test_values.py tests/contract/test_redaction.py tests/sdk/test_arguments.py tests/sdk/test_doctests.py \
    tests/sdk/test_json_text.py tests/sdk/test_reading.py tests/sdk/test_refusals.py tests/sdk/test_vocabulary.py
# uv trusts what this machine trusts, as pip does: a company's own certificate authority, too
export UV_SYSTEM_CERTS ?= true
# Tests start hundreds of processes: each would compile every module anew where this is set
unexport PYTHONDONTWRITEBYTECODE
TIMES := build/times
# Runs a step and writes down how many seconds it took, and whether it failed
TIMED = began=$$(date +%s); $(1); ended=$$?; mkdir -p build; \
    echo "$@ $$(($$(date +%s) - began)) s$$([ $$ended = 0 ] || echo ": failed")" | tee -a $(TIMES); exit $$ended

.PHONY: bench demo web test check quick lint types mypy pyright imports unit coverage matrix docs dist licences api shuffles soak clean
demo: $(READY) ## the whole story in one terminal
	@$(BIN)/genauth-mock demo
	@$(BIN)/genauth-mock exec -- $(BIN)/python examples/bind_phone.py

web: $(READY) ## a service in your browser, where users sign in, bind a phone and sign out: http://localhost:8000/
	@$(BIN)/genauth-mock exec --port 9480 -- $(BIN)/python -m uvicorn --app-dir examples/tutorial service:app

# In CI the same run is measured: branch coverage, of all processes that the tests start
RUN := $(BIN)/$(if $(CI),coverage run -m pytest,pytest)
# In CI, tests that failed are run once more, one after the other: what fails twice fails.
AGAIN := $(if $(CI),$(BIN)/pytest -q --last-failed --last-failed-no-failures=none,false)

# What takes seconds comes first, and stops the rest; what checks one file after the other runs beside the tests
TOGETHER := --no-print-directory --jobs=$(CORES)

test: $(READY) ## everything that has to be true before a change lands, on this Python
	@rm -f $(TIMES)
	@$(MAKE) $(TOGETHER) lint imports && $(MAKE) $(TOGETHER) unit types docs || { cat $(TIMES); exit 1; }

check: coverage matrix ## the tests with branch coverage, on every other Python that is here, and with the oldest dependencies

quick: $(READY) ## while you write: lint, the types of what changed, and the rules that are pure code
	@$(call TIMED,$(BIN)/ruff check && $(BIN)/ruff format --check && $(BIN)/lint-imports && $(BIN)/mypy && \
	    $(BIN)/pytest -q $(PURE))

lint: $(READY)
	@$(call TIMED,$(BIN)/ruff check && $(BIN)/ruff format --check && \
	    if [ -x $(BIN)/hadolint ]; then $(BIN)/hadolint Dockerfile; else echo "hadolint is only there on Linux"; fi)

types: mypy pyright

mypy: $(READY)
	@$(call TIMED,$(BIN)/mypy && $(BIN)/mypy conftest.py noxfile.py)

pyright: $(READY)
	@$(call TIMED,$(BIN)/pyright)

imports: $(READY)
	@$(call TIMED,$(BIN)/lint-imports)

unit: $(READY)
	@$(call TIMED,$(RUN) --numprocesses=$(WORKERS) --dist=worksteal || $(AGAIN))
	@$(if $(CI),$(BIN)/coverage combine --quiet && $(BIN)/coverage report,true)

coverage: $(READY) ## the tests with branch coverage, of all processes that they start
	@rm -f .coverage .coverage.*
	@$(call TIMED,$(BIN)/coverage run -m pytest --numprocesses=$(WORKERS) --dist=worksteal)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

matrix: $(READY) ## the tests on every other supported Python that is here, and with the oldest dependencies
	@$(call TIMED,WORKERS=$(WORKERS) PYENV_VERSION="$(PYENV_PYTHONS)" $(BIN)/nox)

docs: $(READY) ## the documentation site, in build/site
	@$(call TIMED,$(BIN)/sphinx-build --quiet -W --keep-going --fresh-env -b html docs build/site)
	@echo "The site is at build/site/index.html"

licences: $(READY) ## the page of the licences of what is installed
	$(BIN)/python docs/write_licences.py > docs/reference/licences.md

api: $(READY) ## keep the public names and signatures as they are now
	$(BIN)/python tests/release/public_api.py > tests/release/public_api.txt

shuffles: $(READY) ## the scenarios of the SDK under every profile and under 200 shuffles: about three minutes
	GENAUTH_SHUFFLES=200 $(BIN)/pytest -q --numprocesses=$(CORES) tests/contract/test_profiles.py

soak: $(READY) ## ten minutes (SOAK_SECONDS=60: one) of faults and kills, then malformed messages: about 17 minutes
	$(BIN)/python -m benchmarks.soak.run

dist: $(READY) ## wheel and sdist, built and checked, in dist; every public name in them is promised
	@$(BIN)/python tests/release/public_api.py | diff tests/release/public_api.txt - || { echo "not promised yet: make api"; exit 1; }
	rm -rf dist
	$(BIN)/python -m build --quiet --outdir dist .
	$(BIN)/twine check --strict dist/*

$(READY): pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
	    uv venv --quiet --allow-existing --seed --python $(PYTHON) $(VENV) && \
	    uv pip install --quiet --python $(BIN)/python --group dev -e '.[$(EXTRAS)]'; \
	else \
	    $(PYTHON) -m venv $(VENV) && \
	    $(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1' && \
	    $(BIN)/python -m pip install --quiet --group dev -e '.[$(EXTRAS)]'; \
	fi
	@touch $@

bench: $(READY) ## measure beside the peers; figures and pictures go to benchmarks/results/
	@$(BIN)/python -m benchmarks.bench.sdk; sdk=$$?; \
	$(BIN)/python -m benchmarks.bench.sign_in; sign_in=$$?; \
	$(BIN)/python -m benchmarks.bench.mock --peers; mock=$$?; \
	$(BIN)/python -m benchmarks.drawing.draw && [ $$sdk = 0 ] && [ $$sign_in = 0 ] && [ $$mock = 0 ]

clean:
	rm -rf $(VENV) .nox .coverage .coverage.* dist build .mypy_cache .ruff_cache .pytest_cache
