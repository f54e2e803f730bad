# Two commands matter: `make run` serves the site, `make test` runs all tests. Both install what they need, and say so.

PORT ?= 8000
VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes
# Versions for every Python and every platform that the site runs on, not only for this machine's.
COMPILE := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--custom-compile-command "make requirements" $(if $(UPGRADE),--upgrade)
SECRET := .local/secret-key
ENSURE := scripts/ensure.sh
# A process a processor; tests/conftest.py says which tests stay together.
SIDE_BY_SIDE := --numprocesses auto --dist loadgroup

.PHONY: run test test-postgres test-faults test-hostile test-tools check check-style check-templates check-migrations check-types format bench screenshots requirements licences audit truth similarity same clean

run: $(VENV)/.runtime $(SECRET)
	@test "$(PORT)" -ge 1 2>/dev/null && test "$(PORT)" -le 65535 \
		|| { echo "PORT must be a port number from 1 to 65535, not '$(PORT)'."; exit 1; }
	@$(PYTHON) -c "import socket; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('127.0.0.1', $(PORT)))" 2>/dev/null \
		|| { echo "Port $(PORT) is in use. Try another: make run PORT=$$(( $(PORT) + 1 ))"; exit 1; }
	@$(PYTHON) manage.py migrate --no-input --verbosity 0
	@$(PYTHON) manage.py load_catalog
	@$(PYTHON) manage.py collectstatic --no-input --verbosity 0
	@echo
	@echo "  The site:   http://localhost:$(PORT)/run/qwen2-5-72b-on-l4/"
	@echo "  The admin:  http://localhost:$(PORT)/admin/   (an account: $(PYTHON) manage.py createsuperuser)"
	@echo "  Stop with Ctrl-C."
	@echo
	@PORT=$(PORT) SECRET_KEY="$${SECRET_KEY:-$$(sed -n 's/^SECRET_KEY=//p' .env 2>/dev/null | grep . || cat $(SECRET))}" \
		exec $(VENV)/bin/gunicorn --bind 127.0.0.1:$(PORT) config.wsgi

test: test-tools $(VENV)/.development node_modules/.installed
	$(PYTHON) -m pytest $(SIDE_BY_SIDE)

# Where databases differ, on a PostgreSQL server of its own: what is stored and how it comes back, constraints, locks,
# loads, history, outages. The rest asks nothing that `make test` has not asked of SQLite.
POSTGRES_TESTS := tests/catalog/backup tests/catalog/interchange/test_export.py tests/catalog/interchange/test_load_alone.py \
	tests/catalog/models tests/catalog/admin/test_stale_forms.py tests/catalog/test_constraints.py \
	tests/catalog/test_database_faults.py tests/catalog/test_former_addresses.py tests/catalog/test_history.py \
	tests/catalog/test_snapshot_outage.py tests/config/test_databases.py tests/config/test_postgresql.py \
	tests/fitpages/serving/test_middleware.py

test-postgres: $(VENV)/.development
	@$(ENSURE) postgresql
	$(PYTHON) -m tests.postgres $(PYTHON) -m pytest $(SIDE_BY_SIDE) $(POSTGRES_TESTS)

# Each fault that the site survives, done to it: a table, and 1 where something is lost. ONLY=loads does some of them.
test-faults: $(VENV)/.development
	@$(ENSURE) postgresql
	@$(PYTHON) -m tests.faults.run $(if $(ONLY),--only $(ONLY))

test-tools:
	@$(ENSURE) chromium java nginx npm

# In the order of how soon they answer. Before a commit, .pre-commit-config.yaml runs the same.
check: check-style check-templates check-migrations check-types

check-style: $(VENV)/.development
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

check-templates: $(VENV)/.development
	$(VENV)/bin/djlint templates --lint --quiet

check-migrations: $(VENV)/.development
	$(PYTHON) manage.py makemigrations --check --dry-run --verbosity 0

check-types: $(VENV)/.development
	$(VENV)/bin/mypy

format: $(VENV)/.development
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: $(VENV)/.development
	@$(ENSURE) wrk
	$(PYTHON) -m tests.bench.run

screenshots: $(VENV)/.development
	@$(ENSURE) chromium
	$(PYTHON) -m tests.browser.screenshots
	$(PYTHON) -m tests.browser.desk_pictures

# Pins what the .in files ask for. What is pinned and still fits stays; `make requirements UPGRADE=1` takes the newest.
requirements: $(VENV)/.development
	$(COMPILE) requirements.in --output-file requirements.txt
	$(COMPILE) requirements-dev.in --output-file requirements-dev.txt
	@$(MAKE) --no-print-directory licences

licences: $(VENV)/.development
	$(PYTHON) -m tests.supply.licences

audit: $(VENV)/.development
	@$(ENSURE) npm
	@$(PYTHON) -m tests.supply.audit

clean:
	rm -rf $(VENV) node_modules staticfiles .pytest_cache .ruff_cache .mypy_cache

$(SECRET):
	@mkdir -p .local
	@umask 077; python3 -c "import secrets; print(secrets.token_urlsafe(50))" > $(SECRET)

$(VENV)/.runtime: requirements.txt
	@test -x $(PYTHON) || $(ENSURE) python3-venv
	@python3 -c "import sys; sys.exit(sys.version_info < (3, 11))" \
		|| { echo "The site needs Python 3.11 or later; here is $$(python3 --version)."; exit 1; }
	@test -x $(PYTHON) || { echo "Making a virtual environment in $(VENV)."; python3 -m venv $(VENV) || { rm -rf $(VENV); exit 1; }; }
	$(PIP) -r requirements.txt
	@touch $@

# Only browser tests need these: axe-core, and the Nu HTML checker, which needs Java.
node_modules/.installed: package.json package-lock.json | test-tools
	npm ci --ignore-scripts --silent --no-audit --no-fund
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	$(PIP) -r requirements-dev.txt
	@touch $@

truth: $(VENV)/.development
	@$(PYTHON) -m tests.truth.run $(if $(ORACLE),--oracle $(ORACLE)) $(if $(CASES),--cases $(CASES)) $(if $(BENCHMARKS),--benchmarks $(BENCHMARKS)) $(if $(JSON),--json $(JSON))

# The site under attack: 20,000 requests over three seeds, connections that give nothing, passwords tried.
test-hostile: $(VENV)/.development
	@$(PYTHON) -m tests.hostile.run $(if $(REQUESTS),--requests $(REQUESTS)) $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY)) $(if $(REPEAT),--repeat $(REPEAT))

similarity: $(VENV)/.runtime
	@$(PYTHON) manage.py migrate --no-input --verbosity 0
	@$(PYTHON) manage.py load_catalog > /dev/null
	@$(PYTHON) -m tests.similarity

# Whether readers see the same as at another commit: make same BASE=HEAD~3 WORDS="old words=new words"
same: $(VENV)/.development
	@$(PYTHON) -P tests/same_pages.py compare "$(BASE)" "$(WORDS)"
