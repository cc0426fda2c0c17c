# Two commands matter to a newcomer: `make demo` and `make test`. Both set everything up themselves.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
# pyenv shows only the Pythons that are asked for by name: ask for all of them
PYENV_PYTHONS := $(shell pyenv versions --bare 2>/dev/null | grep -E '^3\.[0-9]+\.[0-9]+$$' | sort -Vr | paste -sd: -)

.PHONY: bench demo test lint types imports unit matrix docs dist licences api soak clean
demo: $(READY) ## the whole story in one terminal
	@$(BIN)/genauth-mock demo
	@$(BIN)/genauth-mock exec -- $(BIN)/python examples/bind_phone.py

test: lint types imports docs unit matrix ## everything that has to be true before a change lands

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	@if [ -x $(BIN)/hadolint ]; then $(BIN)/hadolint Dockerfile; else echo "hadolint is only there on Linux"; fi

types: $(READY)
	$(BIN)/mypy
	$(BIN)/mypy conftest.py noxfile.py
	$(BIN)/pyright

imports: $(READY)
	$(BIN)/lint-imports

unit: $(READY)
	rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

matrix: $(READY) ## the tests again on every other supported Python that is here
	PYENV_VERSION="$(PYENV_PYTHONS)" $(BIN)/nox --session tests

docs: $(READY) ## the documentation site, in build/site
	$(BIN)/sphinx-build --quiet -W --keep-going --fresh-env -b html docs build/site
	@echo "The site is at build/site/index.html"

licences: $(READY) ## the page of the licences of what is installed
	$(BIN)/python docs/write_licences.py > docs/reference/licences.md

api: $(READY) ## keep the public names and signatures as they are now
	$(BIN)/python tests/release/public_api.py > tests/release/public_api.txt

soak: $(READY) ## ten minutes (SOAK_SECONDS=60: one) of faults and kills, then malformed messages: about 17 minutes
	$(BIN)/python -m benchmarks.soak.run

dist: $(READY) ## wheel and sdist, built and checked, in dist
	rm -rf dist
	$(BIN)/python -m build --quiet --outdir dist .
	$(BIN)/twine check --strict dist/*

$(READY): pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
	    uv venv --quiet --allow-existing --seed --python $(PYTHON) $(VENV) && \
	    uv pip install --quiet --python $(BIN)/python --group dev -e '.[httpx,otel,mock,redis,contract,oidc,fast]'; \
	else \
	    $(PYTHON) -m venv $(VENV) && \
	    $(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1' && \
	    $(BIN)/python -m pip install --quiet --group dev -e '.[httpx,otel,mock,redis,contract,oidc,fast]'; \
	fi
	@touch $@

bench: $(READY) ## measure beside the peers; figures and pictures go to benchmarks/results/
	@$(BIN)/python -m benchmarks.bench.sdk; sdk=$$?; \
	$(BIN)/python -m benchmarks.bench.mock --peers; mock=$$?; \
	$(BIN)/python -m benchmarks.drawing.draw && [ $$sdk = 0 ] && [ $$mock = 0 ]

clean:
	rm -rf $(VENV) .nox .coverage .coverage.* dist build .mypy_cache .ruff_cache .pytest_cache
