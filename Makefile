# `make demo` and `make test` need nothing but Python 3.10 or newer and make; they set up .venv first.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
PORT ?= 4010

.PHONY: demo shop marketplace reconcile docs site test check coverage fuzz chaos browser browser-ready matrix bench record facts serve wheel wheel-test sdist-test migration clean
.DEFAULT_GOAL := test

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "omise needs Python 3.10 or newer; choose one: make PYTHON=python3.12 " + "$(MAKECMDGOALS)")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(READY)
	@$(BIN)/python examples/customers.py

shop marketplace reconcile: $(READY)
	@$(BIN)/python examples/$@.py

# A file of tests after another, on each core; ARGS='-n0 tests/test_init.py' does without.
# What Python compiles is kept, whatever the environment says: to compile it again takes 8 s in each process.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

# The documentation as a site, in build/site, built in an environment of its own. A warning is an error, but for the
# theme's notice that it is maintained until May 2027, and that Zensical, its successor, reads the same mkdocs.yml.
DOCS := build/docs
docs site: export NO_MKDOCS_2_WARNING := 1

$(DOCS)/ready: pyproject.toml
	$(PYTHON) -m venv $(DOCS)
	$(DOCS)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	@touch $@

docs: $(DOCS)/ready
	$(DOCS)/bin/mkdocs build --quiet --strict
	$(DOCS)/bin/python docs/theme/check.py build/site

site: $(DOCS)/ready
	$(DOCS)/bin/mkdocs serve --dev-addr 127.0.0.1:$(PORT)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright
	@PYTHONPATH=. $(BIN)/pyright --pythonpath $(BIN)/python --verifytypes omise --ignoreexternal --outputjson \
		| $(BIN)/python -c 'import json, sys; known = json.load(sys.stdin)["typeCompleteness"]["completenessScore"]; print(f"{known:.1%} of the types are known"); sys.exit(known < 0.99)'
	$(BIN)/lint-imports --no-logo
	@grep -q "^## \[$$($(BIN)/python -c 'import omise; print(omise.__version__)')\]" CHANGELOG.md \
		|| { echo 'CHANGELOG.md has no section for the version in omise/version.py'; exit 1; }

coverage: $(READY)
	$(BIN)/coverage run -m pytest $(ARGS)
	$(BIN)/coverage report

fuzz: $(READY)
	HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest tests/sandbox/test_money.py $(ARGS)

chaos: $(READY)
	CHAOS=1 $(BIN)/python -m pytest tests/chaos -s $(ARGS)

# The pages of the sandbox, and the documentation, in a real browser. What that needs is installed where it is missing; chromium by root alone.
# BROWSER=tests/browser/test_dashboard.py is a part of it.
BROWSER ?= tests/browser
CHROMIUM ?= /usr/bin/chromium
AXE := build/browser/node_modules/axe-core/axe.min.js

$(CHROMIUM):
	apt-get update -qq
	apt-get install --yes --no-install-recommends --quiet=2 chromium

$(AXE):
	npm install --silent --no-save --prefix build/browser axe-core@4.10.3

browser-ready: | $(CHROMIUM) $(AXE)

browser: $(READY) docs | browser-ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement tests/browser/requirements.txt
	CHROMIUM=$(CHROMIUM) AXE=$(AXE) $(BIN)/python -m pytest $(BROWSER) -n auto --dist loadfile $(ARGS)

# The suite on each Python that is found on PATH (python3.10, python3.11, ...), with the newest and the oldest versions of
# what it needs, each in an environment of its own.
NOX := build/nox

$(NOX)/ready:
	$(PYTHON) -m venv $(NOX)
	$(NOX)/bin/python -m pip install --quiet --disable-pip-version-check nox
	@touch $@

matrix: $(NOX)/ready
	$(NOX)/bin/nox $(ARGS)

bench: $(READY)
	$(BIN)/python benchmarks/run.py $(ARGS)

record: $(READY)
	$(BIN)/python -m pytest tests/test_recorded.py tests/test_recorded_resources.py --record --omise-live

# Two wheels, omise-orm and omise-orm-sandbox, and a source distribution of both.
wheel: $(READY)
	rm -rf build/whole build/sdist dist
	$(BIN)/python -m build --quiet --outdir build/whole
	mkdir dist
	$(BIN)/python wheels.py build/whole dist
	mv build/whole/*.tar.gz dist
	$(BIN)/python tests/distribution.py dist
	@ls -l dist

# The wheels, in an environment of its own with what they ask for and nothing else: the client alone says what is lacking,
# and both play the demo.
wheel-test: wheel
	rm -rf build/wheel
	$(PYTHON) -m venv build/wheel
	build/wheel/bin/python -m pip install --quiet --disable-pip-version-check dist/omise_orm-*.whl
	! build/wheel/bin/omise sandbox
	build/wheel/bin/python -m pip install --quiet --disable-pip-version-check --find-links dist 'omise-orm[sandbox]'
	build/wheel/bin/python examples/customers.py > build/wheel/demo
	build/wheel/bin/omise --version

# The tests run as they do for who has nothing but the source distribution, in an environment that they make themselves.
sdist-test: wheel
	mkdir -p build/sdist
	tar -xzf dist/*.tar.gz -C build/sdist --strip-components 1
	$(MAKE) -C build/sdist test

# The official package comes from its wheel, into an environment of its own: both provide the import `omise`.
OFFICIAL := build/official

$(OFFICIAL)/ready:
	$(PYTHON) -m venv $(OFFICIAL)
	$(OFFICIAL)/bin/python -m pip install --quiet --disable-pip-version-check --only-binary omise omise==0.16.0
	@touch $@

migration: $(READY) $(OFFICIAL)/ready
	@$(BIN)/python migration/compare.py $(OFFICIAL)/bin/python

facts: $(READY)
	$(BIN)/python -m tests.sandbox.facts

serve: $(READY)
	@$(BIN)/omise sandbox --port $(PORT)

clean:
	rm -rf .venv build dist *.egg-info .coverage .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
