# The commands to remember; each makes the virtual environment it needs.

# The first Python that is new enough; where there is none, bootstrap.py says so.
PYTHON := $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$python; exit; }; done; echo python3)
VENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test check lint bench gate lock dev

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*##/\1:/p' Makefile | sed 's/^/  make /'

run:  ## the site with everything it needs, until Ctrl-C (PORT=8000)
	@exec $(PYTHON) bootstrap.py manage.py run

test: dev  ## all tests
	@$(VENV) tests/chromium.py
	@$(VENV) -m pytest

lint: dev  ## style, types, who may import whom
	@$(VENV) -m ruff check
	@$(VENV) -m ruff format --check
	@$(VENV) -m mypy aiwatch timeline ingest digests visitors
	@.venv/bin/lint-imports

check: lint  ## everything that has to hold before a change goes in
	@AIWATCH_VAR=var/test $(VENV) manage.py makemigrations --check
	@$(MAKE) --no-print-directory test

bench: dev  ## speed, as ratios against floors and peers of the same run (EVENTS="1000 100000 1000000")
	@$(VENV) -m bench

gate: dev  ## quality of reading on labelled articles, against the stored floors
	@$(VENV) tests/gate.py

lock: dev  ## compile the pinned lists of packages
	@for list in requirements requirements-dev; do \
		$(VENV) -m uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header \
			$$list.in -o $$list.txt || exit 1; done

dev:
	@$(PYTHON) bootstrap.py --dev
