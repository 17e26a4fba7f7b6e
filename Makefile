# The manual of Irtysh. Needed: Python 3.11 with pip, and make. `make help` lists the commands.
PYTHON ?= python3.11
UV_VERSION := 0.13.9
UV := .tools/.uv-$(UV_VERSION)
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test check scale format vendor requirements clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

demo: .venv/.ready ## Show the portal with its first case on 127.0.0.1:8000 (PORT=8080 for another)
	@.venv/bin/irtysh demo $(if $(PORT),--port $(PORT))

test: .venv-test/.ready ## Run all tests, on SQLite and, where one answers, on PostgreSQL
	@tools/test.sh

check: .venv-test/.ready ## Check format, types, imports, messages, migrations, licences, security
	@.venv-test/bin/python -m checks

scale: .venv/.ready .venv-scale/.ready ## Install what aggregates declarations on a Spark cluster (large; needs Java 17)
	@echo "Ready: .venv-scale/bin/irtysh aggregate --help"

format: .venv-test/.ready ## Put the code into its form
	@.venv-test/bin/ruff check --fix-only --quiet .
	@.venv-test/bin/ruff format .

vendor: .venv-test/.ready ## Fetch fonts and scripts again from their pinned packages (maintainers; needs npm)
	@.venv-test/bin/python tools/vendor_frontend.py

requirements: $(UV) ## Choose versions anew and pin them with their hashes (maintainers)
	@tools/compile_requirements.sh

clean: ## Remove environments, caches and the demo's data
	rm -rf .venv .venv-test .venv-scale .tools var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# uv comes from pip, so that nothing but Python is asked of the machine.
$(UV):
	@echo "Fetching uv $(UV_VERSION)"
	@$(PYTHON) -m pip install -qq --disable-pip-version-check --root-user-action=ignore \
		--upgrade --target .tools uv==$(UV_VERSION)
	@touch $@

.venv/.ready: requirements/base.txt $(UV) tools/environment.sh
	@PYTHON=$(PYTHON) tools/environment.sh .venv requirements/base.txt

.venv-test/.ready: requirements/test.txt $(UV) tools/environment.sh
	@PYTHON=$(PYTHON) tools/environment.sh .venv-test requirements/test.txt

.venv-scale/.ready: requirements/scale.txt $(UV) tools/environment.sh
	@PYTHON=$(PYTHON) tools/environment.sh .venv-scale requirements/scale.txt .venv
