# Two commands are all a newcomer needs: `make demo` and `make test`. Each sets up what it needs into .venv.
PYTHON ?= python3
BIN := .venv/bin
UV_VERSION := 0.13.9
PIN := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes

# Without bytecode each of the many processes that the tests start would compile every module again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test check bench lint format kills simulate faults lives matching pictures examples golden lock clean

help: ## what there is to make
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: .venv/ready ## the bot in a local Slack workspace, with people already in it
	$(BIN)/mentor-bot sandbox demo

test: .venv/ready ## the tests, without the long ones: a few minutes
	$(BIN)/pytest -n auto --dist worksteal -m "not long"

check: .venv/ready ## every test, and the long proofs: simulated years, kills, faults, lives and random rounds
	$(BIN)/pytest -n auto --dist worksteal
	YEARS=40 SEED=0 $(MAKE) simulate
	YEARS=4 SEED= $(MAKE) simulate
	KILLS=60 $(MAKE) kills
	EVERY=20 $(MAKE) faults
	PYTEST_ADDOPTS=--hypothesis-seed=1 EXAMPLES=100 $(MAKE) lives
	PYTEST_ADDOPTS=--hypothesis-seed=1 EXAMPLES=500 $(MAKE) matching

bench: .venv/ready ## how fast it is, some minutes; ONLY=ack is one of them, FLAGS=--postgresql and others: see benchmarks/
	$(BIN)/python -m benchmarks $(addprefix --only ,$(ONLY)) $(FLAGS)

lint: .venv/ready ## style, types and import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/ready ## tidy the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

kills: .venv/ready ## two hundred kill -9 of the real process, in ten years; KILLS=n SEED=n choose others
	KILLS=$${KILLS:-200} $(BIN)/pytest tests/journeys/test_kills.py -n auto

simulate: .venv/ready ## simulated years with everything going wrong, from fresh seeds; YEARS=n SEED=n choose others
	PYTHONHASHSEED=0 $(BIN)/python -m tests.simulation --years $${YEARS:-20} $${SEED:+--seed $$SEED}

faults: .venv/ready ## a small year, with one fault at each place in turn; EVERY=n takes every n-th place, POINT=n one
	EVERY=$${EVERY:-1} $(BIN)/pytest tests/simulation/test_fault_points.py -n auto --dist worksteal

lives: .venv/ready ## lives in which anybody does anything in any order; EXAMPLES=n tries so many
	EXAMPLES=$${EXAMPLES:-500} $(BIN)/pytest tests/simulation/test_life_cycle.py -n 0

matching: .venv/ready ## random rounds, each against every way of matching it; EXAMPLES=n tries so many
	EXAMPLES=$${EXAMPLES:-1000} $(BIN)/pytest tests/mentoring/matching/optimiser/test_random_rounds.py \
		tests/mentoring/matching/optimiser/test_assignment.py -n auto --dist worksteal

pictures: .venv/ready ## take the pictures of README and docs again, by the tests in a browser
	PICTURES=1 REQUIRE_BROWSER=1 $(BIN)/pytest tests/browser/test_demo_tour.py tests/browser/test_homes.py tests/browser/test_round_charts.py \
		tests/browser/test_what_would_help.py tests/browser/test_announcements.py tests/browser/test_needs.py -n 0

examples: .venv/ready ## a library of 150 lives two rounds, some minutes; its evaluation is written into docs/examples
	$(BIN)/python -m tests.two_rounds docs/examples

golden: .venv/ready ## record the golden files again, to be read in the diff
	RECORD_GOLDEN=1 $(BIN)/pytest tests/golden tests/storage/test_declarations.py tests/messages/test_transitions_page.py

lock: .venv/uv ## pin what pyproject.toml asks for, with hashes: to run the bot, and to work on it
	$(PIN) --upgrade -o requirements.txt pyproject.toml
	$(PIN) --upgrade --constraint requirements.txt --extra dev --extra bench -o requirements-dev.txt pyproject.toml

clean: ## remove what `make` set up
	rm -rf .venv .demo

.venv/uv:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/ready: .venv/uv requirements-dev.txt pyproject.toml
	$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python requirements-dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@
