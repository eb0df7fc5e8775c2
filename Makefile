# Two commands are enough: `make demo` to look around, `make test` to check. `make help` lists the rest.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do command -v $$p && break; done)
BIN := .venv/bin
DATA ?= data

.PHONY: help demo test bench fix docs clean
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

demo: .venv/.runtime ## try the product with real and fictional data on http://127.0.0.1:8000
	@exec $(BIN)/pilotage --data $(DATA) demo

test: .venv/.dev ## all checks and tests
	@$(BIN)/python -m tools.check

bench: .venv/.dev ## measure against the figures to reach, as ratios
	@$(BIN)/python -m benchmarks

fix: .venv/.dev ## format the code, update the catalogues of translations and the printed reference pages
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@$(BIN)/python -m tools.messages
	@$(BIN)/pilotage docs

docs: .venv/.runtime ## print the reference pages in docs/reference from the code
	@$(BIN)/pilotage docs

clean: ## remove the environment and what tools left behind; data stay
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/.runtime: pyproject.toml constraints.txt
	@$(PYTHON) tools/environment.py runtime
	@touch $@

.venv/.dev: pyproject.toml constraints.txt
	@$(PYTHON) tools/environment.py dev
	@touch $@ .venv/.runtime
