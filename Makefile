# Two commands for newcomers: `make demo` and `make test`. Each does all its own set-up.
# Everything is made from what is in this folder; nothing is installed outside .venv and .cache.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help demo test check lint types e2e bench torture mutants docs gallery picture clean

help:            ## this list
	@grep -E '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

$(READY): pyproject.toml scripts/setup
	@sh scripts/setup $(VENV)

demo: $(READY)   ## the whole tour on a local sandbox; SERVE=1 keeps the blog open for a browser
	@$(BIN)/blogkit demo $(if $(SERVE),--serve,) $(if $(DIR),$(DIR),)

test: $(READY)   ## the whole Python suite (no network beyond loopback)
	@$(BIN)/python -m pytest -q -n auto -m "not wordpress and not browser" $(ARGS)

lint: $(READY)   ## ruff: lint and format
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(READY)  ## mypy --strict
	@$(BIN)/mypy
	@for widget in widgets/*/widget.py; do $(BIN)/mypy --no-error-summary $$widget || exit 1; done

check: lint types test ## what to run before a commit

e2e: $(READY)    ## a real WordPress (6.1, 6.8, newest) and a real Chromium; installs Debian packages when root
	@$(BIN)/python -m pytest -q -m "wordpress or browser" $(ARGS)

bench: $(READY)  ## how long blogkit takes, what its widgets weigh, what its journal costs
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.bytes
	@$(BIN)/python -m benchmarks.journal
	@$(BIN)/python -m benchmarks.archive
	@$(BIN)/python -m benchmarks.scan
	@$(BIN)/python -m benchmarks.updates
	@$(BIN)/python -m benchmarks.surgery

torture: $(READY) ## publish while everything goes wrong, on the sandbox and on a real WordPress, and count what must never happen
	@$(BIN)/python -m benchmarks.torture $(ARGS)
	@$(BIN)/python -m benchmarks.torture --site wordpress $(ARGS)

mutants: $(READY) ## change the critical modules in small ways, one at a time, and score how many changes their tests notice
	@$(BIN)/python -m scripts.mutants $(ARGS)

docs: $(READY)   ## the parts of the documentation that the code knows best: help texts, fields, examples
	@$(BIN)/python -m scripts.docs

gallery: $(READY) ## docs/gallery.md with its pictures; needs Chromium and node. CHECK=1 says what changed and takes none
	@$(BIN)/python -m scripts.gallery $(if $(CHECK),--check,)

picture: $(READY) ## the README's picture; needs Chromium
	@$(BIN)/python -m scripts.picture

clean:           ## remove what make made
	@rm -rf $(VENV) .cache build dist demo
