# IPDesk 知识产权工作台. `make demo` shows the main job, `make test` runs the suite; nothing is ever asked.
PYTHON_ENV := .venv/bin/python
SOURCES := ipdesk db ui tests

.PHONY: demo test test-long simulate simulate-cli lint bench gui-tasks pictures lock clean setup

demo: setup
	$(PYTHON_ENV) -m ipdesk demo ./demo-data

test: setup
	$(PYTHON_ENV) -m pytest -n auto -m "not slow" --cov

test-long: setup
	$(PYTHON_ENV) -m pytest -n auto --cov

lint: setup
	$(PYTHON_ENV) -m ruff check
	$(PYTHON_ENV) -m ruff format --check
	$(PYTHON_ENV) -m mypy
	.venv/bin/lint-imports

bench: setup
	$(PYTHON_ENV) -m pytest tests/benchmarks -o addopts= --import-mode=importlib --benchmark-quiet

# `make simulate SEEDS=500 [FROM=1000]` plays random runs of the exchange; stopped, it goes on where it was.
simulate: setup
	$(PYTHON_ENV) -m tests.simulation --seeds $(or $(SEEDS),20) $(if $(FROM),--from $(FROM))

# The same through the command line, with commands broken at some write or killed on their way.
simulate-cli: setup
	$(PYTHON_ENV) -m tests.simulation --cli --seeds $(or $(SEEDS),20) $(if $(FROM),--from $(FROM))

gui-tasks: setup
	$(PYTHON_ENV) -m pytest tests/gui -o addopts= --import-mode=importlib -ra

pictures: setup
	$(PYTHON_ENV) -m tests.gui.pictures build/pictures

lock:
	packaging/lock.sh

clean:
	rm -rf build dist *.egg-info .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +

setup:
	@packaging/setup.sh
