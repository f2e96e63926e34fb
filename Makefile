# Reflection Board: `make run` starts a board with a demo blog, `make test` checks everything.

PYTHON ?= python3
VENV ?= .venv
B := $(VENV)/bin
PIP := $(B)/python -m pip --disable-pip-version-check --quiet --quiet
UV := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

# The checkout is put on the environment's path and given its command by hand: `pip install -e .`
# would fetch a build backend first, and this takes no time and no network.
define COMMAND
#!/bin/sh
'''exec' "$(CURDIR)/$(B)/python" "$$0" "$$@"
' '''
import sys

from board.cli import main

sys.exit(main())
endef
export COMMAND

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run test check browser pictures lock clean

help: ## List what can be made.
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-15s %s\n", $$1, $$2 }'

run: $(VENV)/.linked $(VENV)/.run ## Start the board with a demo blog; PORT=9000 make run takes another port.
	@exec $(B)/board run --demo

test: $(VENV)/.linked check browser ## Check style and types, then run every test; ARGS="-k thread" runs some.
	$(B)/python -m pytest --numprocesses auto --maxprocesses 4 $(ARGS)

check: $(VENV)/.test ## Check style and types alone, in seconds.
	$(B)/ruff check .
	$(B)/ruff format --check .
	$(B)/mypy
	$(B)/djlint templates --lint --quiet

browser: $(VENV)/.test ## Find or install the browser that the tests drive.
	@sh tests/support/browser.sh $(B)/python

pictures: $(VENV)/.linked browser ## Make the pictures in docs/pictures anew, from a running board.
	$(B)/python docs/make_pictures.py

lock: ## Renew the pinned dependencies in requirements/; for maintainers, needs uv.
	@command -v uv >/dev/null || { echo "make lock needs uv: install it with 'pip install uv'." >&2; exit 1; }
	$(UV) pyproject.toml --output-file requirements/run.txt
	$(UV) pyproject.toml --group test --constraint requirements/run.txt --output-file requirements/test.txt

clean: ## Remove what was installed and cached; keep the data folder.
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	find board tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made:
	@command -v "$(PYTHON)" >/dev/null || { echo "Python 3.11 or newer is needed, and '$(PYTHON)' was not found." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed, and $(PYTHON) is %d.%d: name another with PYTHON=..." % sys.version_info[:2])'
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python cannot make virtual environments: install its venv module (on Debian and Ubuntu: apt-get install python3-venv)." >&2; exit 1; }
	@echo "Setting up in $(VENV); this is needed once."
	@"$(PYTHON)" -m venv $(VENV)
	@touch $@

$(VENV)/.linked: Makefile $(VENV)/.made
	@printf '%s\n' "$$COMMAND" > $(B)/board && chmod +x $(B)/board
	@echo "$(CURDIR)" > "$$($(B)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/reflection-board.pth"
	@touch $@

$(VENV)/.run: requirements/run.txt $(VENV)/.made
	@$(PIP) install --require-hashes --requirement $<
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.made
	@echo "Installing what the tests need."
	@$(PIP) install --require-hashes --requirement $<
	@touch $(VENV)/.run $@
