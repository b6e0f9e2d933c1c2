# All set-up on a machine with python3 (3.11 to 3.13) and make: `make demo` shows the tool at work on samples/, `make test` checks everything.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO_DB := demo-out/minhchung.db

# What OCR of scans needs from the system. Only root, or a sudo that asks nothing, may install it; a missing one never stops a target.
OCR_PACKAGES := tesseract-ocr tesseract-ocr-vie
APT := $(shell command -v apt-get >/dev/null 2>&1 && { [ "$$(id -u)" = 0 ] && echo "apt-get" || { sudo -n true 2>/dev/null && echo "sudo -n apt-get"; }; })

.PHONY: demo test lint unit wheel bench corpus fuzz quality docs catalogues samples ocr clean help

help:
	@echo "make demo     read samples/ and print who has evidenced what, and who has not"
	@echo "make test     lint, types, import direction, unit tests, CLI reference, built wheel"
	@echo "make quality  score the samples (and ../shared/dev-reports where they are) through the public command line"
	@echo "make bench    reading speed beside peers, as ratios in one run; error rates of OCR on scans; text kept; document fields on scans"
	@echo "make corpus   one run over all sorts of files, those of public packages among them: outcomes, and the memory of the whole run"
	@echo "make fuzz     read mutated PDF, Word files, archives and letters for an hour; stops at the first that escapes a worker"
	@echo "make docs     write docs/cli.md and docs/views.md from the commands and views"
	@echo "make catalogues  bring present/locale up to date with the sources, and name what is not translated yet"
	@echo "make ocr      install tesseract with Vietnamese where this user may; otherwise say how"
	@echo "make samples  build samples/reports and samples/gold.json from samples/text"

# The stamp is newer than the lock only after every hash was checked and the package installed in place.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q $(VENV)/lib >/dev/null || true
	@touch $(READY)

ocr:
	@tesseract --list-langs 2>/dev/null | grep -qx vie || { \
	  if [ -n "$(APT)" ]; then \
	    echo "Installing $(OCR_PACKAGES), so that scans can be read."; \
	    { DEBIAN_FRONTEND=noninteractive $(APT) install -y -q $(OCR_PACKAGES) || \
	      { $(APT) update -q && DEBIAN_FRONTEND=noninteractive $(APT) install -y -q $(OCR_PACKAGES); }; } >/dev/null 2>&1 || true; \
	  fi; \
	  tesseract --list-langs 2>/dev/null | grep -qx vie || \
	    echo "No OCR here: scanned pages will be marked unread. To read them: sudo apt-get install $(OCR_PACKAGES)"; }

demo: $(READY) ocr
	@mkdir -p demo-out
	@rm -f $(DEMO_DB) $(DEMO_DB)-wal $(DEMO_DB)-shm
	@$(BIN)/minhchung ingest samples/reports --db $(DEMO_DB)
	@echo; echo "== minhchung status --db $(DEMO_DB) --year 2023"
	@$(BIN)/minhchung status --db $(DEMO_DB) --year 2023 --as-of 2023-11-30 --format table
	@echo; echo "== minhchung missing --db $(DEMO_DB) --year 2023 --as-of 2023-11-30   (its head)"
	@$(BIN)/minhchung missing --db $(DEMO_DB) --year 2023 --as-of 2023-11-30 --format table -o demo-out/missing.txt && head -n 40 demo-out/missing.txt
	@echo "... the whole list is in demo-out/missing.txt"
	@echo; echo "Try next, with $(BIN)/minhchung on your PATH:"
	@echo "  minhchung evidence --db $(DEMO_DB) --agency 'UBND quận Lê Chân'   every claim, its sentence, its status"
	@echo "  minhchung search 'quan triet luat' --db $(DEMO_DB)               full text, tone marks not needed"
	@echo "  minhchung missing --db $(DEMO_DB) --format csv -o missing.csv    the same list for a spreadsheet"
	@echo "  minhchung ingest YOUR-FOLDER --db my.db                          your own reports"

test: lint unit wheel

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@mkdir -p .lint && ln -sfn .. .lint/minhchung
	MYPYPATH=.lint $(BIN)/mypy -p minhchung
	$(BIN)/python docs/make_cli_reference.py --check
	$(BIN)/python translations/catalogues.py --check

unit: $(READY) ocr
	$(BIN)/python -m pytest -n 2 --dist loadfile

wheel: $(READY)
	$(BIN)/python tests/check_wheel.py

quality: $(READY)
	$(BIN)/python bench/quality/run.py

bench: $(READY)
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/kept_text.py
	$(BIN)/python bench/scan_fields.py

corpus: $(READY) ocr
	$(BIN)/python bench/corpus.py

fuzz: $(READY)
	$(BIN)/python bench/fuzz_files.py

docs: $(READY)
	$(BIN)/python docs/make_cli_reference.py

catalogues: $(READY)
	$(BIN)/python translations/catalogues.py

samples: $(READY)
	$(BIN)/python samples/build.py

clean:
	rm -rf $(VENV) .lint build dist demo-out *.egg-info .pytest_cache .mypy_cache .ruff_cache
