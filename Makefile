# Two commands: `make book` builds everything and says where to look; `make test` runs every test.
PYTHON ?= python3

.PHONY: book test serve labs bench growth audit links fuzz lock
book test serve labs bench growth audit links fuzz lock:
	@$(PYTHON) tools/make.py $@
