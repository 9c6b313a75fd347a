# The recipes of this house. `make` alone prints this menu.
SHELL := /bin/bash
PORT ?= 8000
PYTHON := .venv/bin/python
export PYTHONPATH := site
STAMP := .venv/.installed

.PHONY: menu run dev test lint format bench torture load index messages clean

menu: ## Print this menu
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): requirements.lock pyproject.toml .python-version
	@bash deploy/environment.sh
	@touch $@

run: $(STAMP) ## Everything a fresh clone needs, then the site on http://localhost:8000 (PORT=8001 elsewhere)
	@bash deploy/run.sh $(PORT)

dev: $(STAMP) ## The same with Django's reloading server and debug pages
	@DEBUG=true bash deploy/run.sh $(PORT) dev

test: $(STAMP) ## All tests; what the machine lacks is skipped, and fails in CI
	@bash deploy/test.sh

lint: $(STAMP) ## ruff, mypy, import-linter, missing migrations, untranslated strings
	@$(PYTHON) -m ruff check . && $(PYTHON) -m ruff format --check .
	@PYTHONPATH=.:site .venv/bin/lint-imports --no-cache
	@$(PYTHON) -m mypy site/config site/home site/pages site/accounts site/vocabulary practices network search
	@DJANGO_SETTINGS_MODULE=config.settings.test $(PYTHON) manage.py makemigrations --check --dry-run

format: $(STAMP) ## Let ruff mend what it can
	@$(PYTHON) -m ruff check --fix . ; $(PYTHON) -m ruff format .

bench: $(STAMP) ## Requests/s and p50/p95 of the main pages, from a second process on 127.0.0.1
	@$(PYTHON) -m bench $(if $(N),--most $(N))

torture: $(STAMP) ## All attacks at length, some hours, recorded in docs/torture.md (ONLY="kills harvest=500" N=100 SEED=7 MINUTES=20; ONLY=help lists them)
	@$(PYTHON) -m tests.attack.torture $(if $(filter help,$(ONLY)),--help,$(if $(ONLY),--only $(ONLY))) $(if $(N),--number $(N)) $(if $(SEED),--seed $(SEED)) $(if $(MINUTES),--minutes $(MINUTES))

load: $(STAMP) ## Load content/ again, keeping what was edited
	@$(PYTHON) manage.py load_starter

index: $(STAMP) ## Build the search index anew
	@$(PYTHON) manage.py index --rebuild

messages: $(STAMP) ## Collect interface strings and compile translations (needs gettext)
	@$(PYTHON) manage.py makemessages -l fr -l ru --no-location --ignore=.venv --ignore=var && $(PYTHON) manage.py compilemessages --ignore=.venv

clean: ## Remove what was made at run time (database, index, media); keeps .venv
	@rm -rf var
