# Everything here sets itself up: Python 3.11 or newer and make are all a machine needs.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
RUNS   := $(VENV)/.runs
READY  := $(VENV)/.ready

.PHONY: help run chat test check lint types audit lock tests screenshots chaos bench tune train places format clean

help:            ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(RUNS)     ## the whole thing in a browser, with no account
	@$(BIN)/python -m bot demo

chat: $(RUNS)    ## talk with the bot in this terminal
	@$(BIN)/python -m bot chat

test: lint types check audit tests  ## every check there is; the same as .ci/run

lint: $(READY)   ## style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)  ## mypy --strict
	$(BIN)/mypy

check: $(READY)  ## faults of flows, knowledge and wording, of any age
	$(BIN)/python -m bot check --any-age

audit: $(READY)  ## known vulnerabilities in what is deployed
	$(BIN)/python -m scripts.audit

lock: $(READY)   ## requirements.lock anew from pyproject.toml, with the newest versions that fit
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-annotate --extra meaning --extra pdf --extra postgresql --custom-compile-command "make lock" -o requirements.lock pyproject.toml

# One more than there are processors: much of the time is waiting for servers and browsers.
WORKERS = $(shell $(PYTHON) -c 'import os; print(min(4, (os.cpu_count() or 1) + 1))')
tests: $(READY)  ## the tests alone
	@scripts/ensure_browser.sh
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup

screenshots: $(READY)  ## the pictures of the README, taken anew
	@scripts/ensure_browser.sh
	$(BIN)/python scripts/screenshots.py

chaos: $(READY)  ## processes killed 30 times under load: one of three on PostgreSQL, and the one of SQLite
	CHAOS_ROUNDS=30 CHAOS_OWNERS=500 $(BIN)/pytest -q -s tests/bot/channels/test_several_processes.py \
		tests/bot/channels/test_killed.py tests/bot/runtime/test_same_on_every_store.py

bench: $(READY)  ## speed, as ratios
	$(BIN)/pip install --quiet -e '.[bench]'
	$(BIN)/python -m scripts.bench_conversation
	$(BIN)/python -m scripts.bench_reading
	$(BIN)/python -m scripts.bench_faq
	$(BIN)/python -m scripts.bench_line
	$(BIN)/python -m scripts.bench_processes
	$(BIN)/python -m scripts.bench_hostile
	$(BIN)/python -m scripts.bench_slack
	$(BIN)/python -m scripts.bench_reminders

tune: $(READY)   ## thresholds of the FAQ matcher, by cross-validation
	$(BIN)/python -m scripts.tune_faq

# On several threads its many small sums take five times as long.
train: $(READY)  ## what labelled lines teach (flows/keiei/examples), into words/learned.weights
	$(BIN)/pip install --quiet -e '.[train]'
	OMP_NUM_THREADS=1 $(BIN)/python -m scripts.train

places: $(READY) ## rebuild knowledge/places.* from Japan Post and GeoNames data
	$(BIN)/pip install --quiet -e '.[data]'
	$(BIN)/python scripts/build_places.py

format: $(READY) ## let ruff fix what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# What the product needs, in about a minute; its tests need more.
$(RUNS): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "kaizen-navi needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@scripts/set_up.sh $(PYTHON) $(VENV) meaning,pdf
	@touch $(RUNS)

$(READY): $(RUNS)
	@scripts/set_up.sh $(PYTHON) $(VENV) meaning,pdf,dev
	@touch $(READY)

clean:           ## remove the environment and caches (what is stored in var/ stays)
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
