# Two commands for newcomers: `make demo` and `make test`. Each does all its own set-up.
# Nothing is installed outside .venv and .cache, unless SYSTEM=1 lets root install Debian packages that tests need.

# `make PYTHON=python3.13 …` takes another Python.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
# The tests start hundreds of processes. Without bytecode, each compiles every module that it imports.
unexport PYTHONDONTWRITEBYTECODE

SETUP = @command -v "$(PYTHON)" >/dev/null || { echo "$(PYTHON) is not installed; blogkit needs Python 3.11 or newer" >&2; exit 1; }; \
	"$(PYTHON)" scripts/setup.py

.PHONY: help setup-demo setup-dev demo quick test fuzz lowest check lint types e2e bench torture mutants live docs gallery looks picture fresh newcomer release lock clean

help:            ## this list
	@grep -E '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

setup-demo:
	$(SETUP) demo $(VENV)

setup-dev:
	$(SETUP) dev $(VENV)

# Quoted for the shell, and not expanded by make: a folder's name may hold spaces, $ and '.
TOUR = '$(subst ','\'',$(value DIR))'

demo: setup-demo ## the whole tour on a local sandbox, in .cache/demo or DIR=…; SERVE=1 keeps the blog open for a browser
	@$(if $(value DIR),,rm -rf .cache/demo)
	@$(BIN)/python -m blogkit demo $(if $(SERVE),--serve,) $(if $(value DIR),$(TOUR),.cache/demo)

# Without the option, pytest-xdist would start with the files that have many short tests.
PYTEST = -m pytest -q -n auto --dist loadgroup --no-loadscope-reorder
LOCAL = not wordpress and not browser

quick: setup-dev ## the tests without the long proofs: what to run after every change
	@HYPOTHESIS_PROFILE=quick $(BIN)/python $(PYTEST) -m "$(LOCAL) and not slow" $(ARGS)

# Many of the long tests wait for processes, so there is one worker more than the machine has cores.
ONE_MORE = PYTEST_XDIST_AUTO_NUM_WORKERS=$$(($$(getconf _NPROCESSORS_ONLN) + 1))

test: setup-dev  ## the Python suite (no network beyond loopback); CI=true runs every case of long families; SYSTEM=1 lets root install what some tests need
	@$(ONE_MORE) $(BIN)/python $(PYTEST) -m "$(LOCAL)" $(ARGS)

fuzz: setup-dev  ## the property tests with examples that were never drawn before; a failure prints how to repeat it
	@HYPOTHESIS_PROFILE=fuzz BLOGKIT_MACHINE=5 $(BIN)/python $(PYTEST) -m "hypothesis and $(LOCAL)" $(ARGS)

CORE = tests/posts tests/html tests/http tests/journal tests/regions tests/platforms tests/sandbox tests/project tests/cli/test_publish.py

lowest:          ## the core of the suite on the lowest versions that pyproject.toml promises
	$(SETUP) lowest .cache/lowest
	@.cache/lowest/bin/python $(PYTEST) -m "$(LOCAL)" $(CORE) $(ARGS)

lint: setup-dev  ## ruff: lint and format
	@$(BIN)/python -m ruff check . && $(BIN)/python -m ruff format --check .

types: setup-dev ## mypy --strict
	@$(BIN)/python -m mypy
	@for widget in widgets/*/widget.py; do $(BIN)/python -m mypy --no-error-summary $$widget || exit 1; done

check: lint types test ## what to run before a commit

e2e: setup-dev   ## a real WordPress (6.1, 6.8, newest) and a real Chromium; SYSTEM=1 installs them as root
	@$(ONE_MORE) $(BIN)/python -m pytest -q -n auto --maxschedchunk=2 -m "wordpress or browser" $(ARGS)

bench: setup-dev ## how long blogkit takes against its goals, what its widgets weigh, …; PEERS=1 installs other site generators to compare
	@$(BIN)/python -m benchmarks $(if $(PEERS),--peers,)
	@$(BIN)/python -m benchmarks.bytes
	@$(BIN)/python -m benchmarks.journal
	@$(BIN)/python -m benchmarks.archive
	@$(BIN)/python -m benchmarks.scan
	@$(BIN)/python -m benchmarks.updates
	@$(BIN)/python -m benchmarks.surgery
	@$(BIN)/python -m benchmarks.sanitizers
	@$(BIN)/python -m benchmarks.cluster.throughput

torture: setup-dev ## publish while everything goes wrong, on the sandbox and on a real WordPress, and count what must never happen
	@$(BIN)/python -m benchmarks.chaos $(ARGS)
	@$(BIN)/python -m benchmarks.chaos --site wordpress $(ARGS)
	@$(BIN)/python -m benchmarks.cluster

mutants: setup-dev ## change the critical modules in small ways, one at a time, and score how many changes their tests notice
	@$(BIN)/python -m scripts.mutants $(ARGS)

live: setup-dev  ## ask a real blog, made for it, how Blogger behaves; needs your sign-in. DIR=… is the folder with its blogkit.toml
	@$(BIN)/python -m scripts.live_blogger $(if $(value DIR),$(TOUR),.) $(ARGS)

docs: setup-dev  ## the parts of the documentation that the code knows best: help texts, fields, examples
	@$(BIN)/python -m scripts.docs

gallery: setup-dev ## docs/gallery.md with its pictures; needs Chromium and node. CHECK=1 says what changed and takes none
	@$(BIN)/python -m scripts.gallery $(if $(CHECK),--check,)

looks: setup-dev ## docs/looks.md with its pictures; needs what `make e2e` needs. CHECK=1 names what changed, PEERS=1 takes the others, too
	@$(BIN)/python -m scripts.looks.page $(if $(CHECK),--check,) $(if $(PEERS),--peers,)

picture: setup-dev ## the README's picture; needs Chromium and node
	@$(BIN)/python -m scripts.picture

fresh:           ## both commands in bare Debian systems, as an ordinary user; root only. SUITES="bookworm testing"; CORE_ONLY=1
	@"$(PYTHON)" scripts/fresh.py $(if $(CORE_ONLY),--tests="$(CORE)") $(SUITES) $(ARGS)

newcomer: setup-dev ## from an empty account to the first post, each way of the README; WAYS="uv here"; RECORD=1 takes the README's picture
	@$(BIN)/python -m scripts.newcomer $(WAYS) $(if $(RECORD),--record,)

release:         ## the files of a release in dist/, checked and tried; uploads nothing. ARGS=--rehearse before it is committed
	$(SETUP) release .cache/release
	@.cache/release/bin/python -m scripts.release $(ARGS)

COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade,)
LOCK = $(COMPILE) pyproject.toml

lock:            ## requirements/ from pyproject.toml; needs uv. UPGRADE=1 takes the newest versions
	@$(LOCK) --group dev --output-file requirements/dev.txt
	@$(LOCK) --group build --constraint requirements/dev.txt --output-file requirements/demo.txt
	@$(LOCK) --group release --constraint requirements/dev.txt --output-file requirements/release.txt
	@$(LOCK) --group dev --all-extras --resolution lowest-direct --upgrade --constraint requirements/lowest.in \
		--output-file requirements/lowest.txt
	@$(COMPILE) --no-deps --only-binary :all: requirements/easyblogger.in --output-file requirements/easyblogger.txt

clean:           ## remove what make made
	@rm -rf $(VENV) .cache build dist demo
