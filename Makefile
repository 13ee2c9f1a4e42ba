# The front door. Every target sets up what it needs, in this folder only: `.venv/`, from the locked requirements.
# Needs python3 (3.11 or newer, with venv), git and make; uses uv when it is on the PATH.

BIN   := .venv/bin
READY := .venv/.ready
# Give your own with `make PYTHON=/path/to/python3 …`.
PYTHON := python3 python3.14 python3.13 python3.12 python3.11

.DEFAULT_GOAL := help
# Many processes of ours are started: what one has compiled, the next one finds.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help demo test check fix judgement bench test-memory screenshot lock clean

help:
	@printf '%s\n' \
	  '' \
	  '  make demo         Slack の代役につないで、サービスが働く2週間を見る' \
	  '                    watch two weeks of the service at work in a stand-in for Slack' \
	  '  make test         すべてのテスト' \
	  '                    every test' \
	  '  make check        書き方、型、読み込みの向き、時計の禁止を確かめる' \
	  '                    style, types, the direction of imports, the clock ban' \
	  '  make fix          書き方を自動でととのえる' \
	  '                    put style right where a tool can' \
	  '  make judgement    実在の履歴で、どの投稿が返事を待っているかの見分けを採点する（EXPORT=… で場所を指定）' \
	  '                    how well posts that wait are told apart, on a real history (EXPORT=… says where it is)' \
	  '  make bench        動いているサービスの速さと大きさを、ほかの作りと比べて測る（数分）' \
	  '                    how fast and how small the live service is, against other ways to build it (minutes)' \
	  '  make test-memory  長くかかるテスト: 10倍に延ばした履歴の時間とメモリ、順番を変えた履歴（数分）' \
	  '                    the long tests: a history ten times as long, one told in any order (minutes)' \
	  '  make screenshot   README の画面写真を撮りなおす（Chromium が必要）' \
	  '                    take the pictures of the README anew (needs Chromium)' \
	  '  make lock         依存ライブラリの版を固定しなおす（uv が必要）' \
	  '                    lock the dependencies anew (needs uv)' \
	  '  make clean        作られたものを消す' \
	  '                    remove what was made' \
	  ''

demo: $(READY)
	@$(BIN)/ambassador demo

test: $(READY)
	$(BIN)/python -m pytest -n auto --maxprocesses=8 --dist loadfile --no-loadscope-reorder

# The clock ban runs once more by itself, deaf to `noqa`: it has no exceptions but those in pyproject.toml.
check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff check --select TID251 --ignore-noqa scheduler
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

fix: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

judgement: $(READY)
	@$(BIN)/python -m benchmarks.judgement $(if $(EXPORT),--export $(EXPORT)) $(if $(HALF),--half $(HALF))

bench: $(READY)
	@$(BIN)/python -m benchmarks.live

test-memory: $(READY)
	$(BIN)/python -m pytest tests -m scale -s

screenshot: $(READY)
	$(BIN)/python -m tests.tools.screenshot docs/images

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

lock:
	@command -v uv >/dev/null || { printf '%s\n' \
	  'make lock には uv が必要です。' 'make lock needs uv.' >&2; exit 1; }
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) pyproject.toml --group dev -o requirements-dev.lock

clean:
	rm -rf .venv dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find scheduler tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The first Python that is new enough and can make a venv; one that only lacks venv is kept in `bare`.
find_python = py= ; bare= ; \
	for name in $(PYTHON); do \
	  "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue ; \
	  "$$name" -c 'import ensurepip, venv' 2>/dev/null && { py=$$name ; break ; } ; \
	  bare=$${bare:-$$name} ; \
	done

say_what_is_missing = \
	if [ -n "$$bare" ]; then package=$$(basename "$$bare")-venv ; \
	  printf '%s\n' "$$bare に venv がありません。次を実行してください: sudo apt install $$package" \
	    "$$bare comes without venv. Please run: sudo apt install $$package" >&2 ; \
	else package=python3-venv ; command -v python3 >/dev/null && package=python3.11-venv ; \
	  printf '%s\n' "Python 3.11 以上が見つかりません。次を実行してください: sudo apt install $$package" \
	    "Python 3.11 or newer was not found. Please run: sudo apt install $$package" >&2 ; \
	fi ; exit 1

install_with_uv = uv venv --quiet --allow-existing --python "$${py:-$$bare}" .venv && \
	uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock && \
	uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .

install_with_pip = { $(BIN)/python -m pip --version >/dev/null 2>&1 || "$$py" -m venv --clear .venv ; } && \
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock && \
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .

# pip is the second try: it knows a mirror or proxy from its own configuration, which uv does not read.
$(READY): pyproject.toml requirements-dev.lock
	@$(find_python) ; uv=$$(command -v uv) ; \
	[ -n "$$py" ] || { [ -n "$$bare" ] && [ -n "$$uv" ] ; } || { $(say_what_is_missing) ; } ; \
	echo '準備しています（初回だけ、1〜2分）… / Setting up, the first time only: a minute or two …' >&2 ; \
	if [ -n "$$uv" ] && $(install_with_uv) ; then : ; \
	elif [ -n "$$py" ] ; then $(install_with_pip) ; \
	else $(say_what_is_missing) ; fi && touch $@
