# Every command makes what it needs first; a fresh machine needs Python 3.11, pip/venv and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT := $(or $(DANVAN_PORT),8000)

.PHONY: help setup run test bench lint lock clean
help:  ## danh sách lệnh
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(VENV)/.ready  ## tạo .venv với mọi thứ cần thiết

$(VENV)/.ready: requirements/dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: setup  ## chạy bản trình diễn (DANVAN_PORT, mặc định 8000)
	$(BIN)/danvan demo --if-empty
	$(BIN)/danvan serve --port $(PORT)

test: setup  ## chạy toàn bộ kiểm thử
	scripts/test.sh

bench: setup  ## đo tốc độ
	$(BIN)/python -m bench

lint: setup  ## kiểm tra cách viết
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

lock:  ## khóa lại phiên bản thư viện (cần uv)
	uv pip compile pyproject.toml --extra dev --generate-hashes --universal --python-version 3.11 -q --no-header --no-annotate -o requirements/dev.lock
	uv pip compile pyproject.toml --generate-hashes --universal --python-version 3.11 -q --no-header --no-annotate -o requirements/run.lock

clean:  ## xóa môi trường và dữ liệu thử
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache
