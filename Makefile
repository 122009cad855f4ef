# Everything a developer runs. The machine needs Python 3.11 to 3.13 with venv, git, bash and make;
# all else is installed into .venv from the package registries.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

export PATH := $(CURDIR)/.venv/bin:$(PATH)
export UV_PYTHON_DOWNLOADS := never
# Dozens of processes import the same packages: none of them should compile these anew.
unexport PYTHONDONTWRITEBYTECODE
export UV_SYSTEM_CERTS := true

ENVIRONMENT ?= dev
REQUIREMENTS := layers/deps/requirements.txt
OPENAPI := layers/core/python/outbound/adapters/api/openapi.json
DESCRIBE := python -m outbound.adapters.api.contract
EXPORT := uv export --quiet --locked --only-group runtime --no-hashes --no-header
READY := .venv/.ready

SLOWEST := --durations=12 --durations-min=8

# $(call timed,what,command): runs the command and says how long it took, whether it worked or not.
define timed
@began=$$SECONDS; status=0; printf '\n== %s\n' '$(1)'; { $(2); } || status=$$?; \
printf -- '-- %s: %s in %s s\n' '$(1)' "$$([ $$status = 0 ] && echo done || echo FAILED)" \
	"$$((SECONDS - began))"; exit $$status
endef

.PHONY: help setup browser test test-unit test-aws test-infra test-faults test-e2e fuzz static lint types imports lock \
	openapi openapi-check format requirements bench bench-alert bench-campaign bench-growth bench-receipts \
	synth demo local dashboard stop

help: ## Show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  \033[1m%-14s\033[0m %s\n", $$1, $$2}' Makefile

setup: $(READY) ## Install everything into .venv

$(READY): pyproject.toml uv.lock
	$(call timed,setup,$(INSTALL))

define INSTALL
if [ ! -x .venv/bin/uv ]; then \
	for python in python3.11 python3.12 python3.13 python3; do \
		"$$python" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
			2>/dev/null && break || python=; \
	done; \
	[ -n "$$python" ] || { echo 'Python 3.11, 3.12 or 3.13 with venv is needed.' >&2; exit 1; }; \
	"$$python" -m venv .venv && \
	.venv/bin/python -m pip install --quiet --disable-pip-version-check \
		"uv==$$(awk '/^name = "uv"$$/ {getline; gsub(/version = |"/, ""); print}' uv.lock)"; \
fi && .venv/bin/uv sync --locked --quiet && touch $(READY)
endef

# The tests of the running system wait for much: all others run beside them, in parts, so that two
# of these share what is left when those have ended.
LONGEST_FIRST := test-e2e test-aws test-unit test-infra test-faults static

test: $(READY) browser ## Run every check and every test
	@began=$$SECONDS; status=0; \
	$(MAKE) --jobs=2 --keep-going --output-sync=target $(LONGEST_FIRST) || status=$$?; \
	printf '\n-- test: %s in %s s\n' "$$([ $$status = 0 ] && echo done || echo FAILED)" \
		"$$((SECONDS - began))"; exit $$status

test-unit: $(READY) ## Run the tests that need nothing but Python
	$(call timed,tests in memory,pytest --quiet $(SLOWEST) tests/unit)

test-aws: $(READY)
	$(call timed,tests on moto,pytest --quiet $(SLOWEST) tests/contract tests/functions)

test-infra: $(READY)
	$(if $(wildcard tests/infra),$(call timed,tests of the templates,pytest --quiet $(SLOWEST) tests/infra))

test-faults: $(READY)
	$(if $(wildcard tests/faults),$(call timed,tests of what goes wrong,pytest --quiet $(SLOWEST) tests/faults))

test-e2e: $(READY)
	$(if $(wildcard tests/e2e),$(call timed,tests of the running system,pytest --quiet $(SLOWEST) tests/e2e))

fuzz: export OUTBOUND_FUZZ_PHASES := examples,coverage,fuzzing,stateful
fuzz: $(READY) ## Try the edges of each field of the API too, which takes minutes
	$(call timed,made-up requests,pytest --quiet tests/e2e/test_fuzz.py)

static: lint types imports lock openapi-check

lint: $(READY) ## Check style and layout of the code
	$(call timed,lint,ruff check --quiet && ruff format --check --quiet)

types: $(READY) ## Check the types
	$(call timed,types,mypy)

imports: $(READY)
	$(call timed,imports,lint-imports --no-logo)

lock: $(READY)
	$(call timed,lock,uv lock --check --quiet && diff <($(EXPORT)) $(REQUIREMENTS))

openapi-check: $(READY)
	$(call timed,openapi,$(DESCRIBE) | diff --brief - $(OPENAPI) \
		|| { echo 'The API is no longer what $(OPENAPI) says: run make openapi'; false; })

openapi: $(READY) ## Write down what the API is
	$(DESCRIBE) > $(OPENAPI).new && mv $(OPENAPI).new $(OPENAPI)

format: $(READY) ## Put the code into its layout
	ruff check --quiet --fix && ruff format

requirements: $(READY) ## Lock the dependencies, and export those of the functions
	uv lock && $(EXPORT) --output-file $(REQUIREMENTS)

browser: ## Install the browser that the tests of pages need, where that is possible
	$(call timed,browser,$(BROWSER))

define BROWSER
if command -v chromium >/dev/null; then :; \
elif ! command -v apt-get >/dev/null; then missing='there is no apt-get'; \
elif [ "$$(id -u)" = 0 ]; then root=(env); \
elif sudo -n true 2>/dev/null; then root=(sudo -n env); \
else missing='that takes root or sudo'; fi; \
if [ -n "$${root+set}" ]; then \
	{ "$${root[@]}" apt-get update -qq && "$${root[@]}" DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends chromium; } >/dev/null \
		|| missing='apt-get failed'; \
fi; \
if [ -n "$${missing:-}" ]; then \
	echo "chromium is missing and can't be installed here: $$missing."; \
	if [ -n "$${CI:-}" ]; then exit 1; fi; \
	echo 'The tests of pages in tests/e2e are left out; install chromium to run them.'; \
fi
endef

bench: $(READY) ## Count requests, write units and CPU for a message, beside two baselines
	@python -W ignore -m tests.benchmarks

bench-alert: $(READY) ## Alert a thousand contacts in the emulator, beside a campaign of five thousand
	@python -W ignore -m tests.benchmarks.alert

bench-campaign: CONTACTS ?= 5000
bench-campaign: PURPOSE ?= marketing
bench-campaign: $(READY) ## Kill workers and double events of a campaign to CONTACTS (5000) in the emulator
	@python -W ignore -m tests.benchmarks.killed $(CONTACTS) $(PURPOSE)

bench-growth: $(READY) ## Expand segments of a thousand to a million contacts: CPU and memory
	@python -W ignore -m tests.benchmarks.growth

bench-receipts: $(READY) ## Play receipts of 5,000 messages late, twice, lost and early, in the emulator
	@python -W ignore -m tests.e2e.receipts 5000

synth: $(READY) ## Make the templates of ENVIRONMENT (dev)
	cdk synth --quiet -c environment=$(ENVIRONMENT)

demo: $(READY) ## Run the whole product here once, and show what became of each message
	@python -m infra.local demo

local: $(READY) ## Run the whole product here until `make stop`
	@python -m infra.local start

dashboard: $(READY) ## Draw the dashboard of what runs here: a page, and a picture of it
	@python -m infra.local dashboard

stop: $(READY) ## Stop what `make local` started
	@python -m infra.local stop
