#!/usr/bin/env bash
# Everything that must hold before a change is handed in: style, types, and the tests on both engines and in a browser.
# Runs all of it even where an early part fails, then says what failed, what did not run, and how many tests there were.
set -u
cd "$(dirname "$0")/.."
scripts/system.sh

bin=.venv/bin
workers=${DANVAN_TEST_WORKERS:-2}
failed=()
missing=()
passed_tests=0
failed_tests=0
skipped_tests=0

check() { # name command…
    local name=$1
    shift
    printf '\n── %s\n' "$name"
    "$@" || failed+=("$name")
}

tests() { # name pytest-arguments…
    local name=$1 output
    shift
    output=$(mktemp)
    printf '\n── %s\n' "$name"
    "$bin/pytest" -q -n "$workers" --dist loadfile --durations=5 "$@" 2>&1 | tee "$output"
    [ "${PIPESTATUS[0]}" = 0 ] || failed+=("$name")
    passed_tests=$((passed_tests + $(counted passed "$output")))
    failed_tests=$((failed_tests + $(counted failed "$output") + $(counted 'errors?' "$output")))
    skipped_tests=$((skipped_tests + $(counted skipped "$output")))
    rm -f "$output"
}

counted() { # word file: the number before that word in pytest's closing line
    local number
    number=$(tail -n 1 "$2" | grep -oE "[0-9]+ $1" | grep -oE '[0-9]+' | head -n 1)
    echo "${number:-0}"
}

check 'ruff check' "$bin/ruff" check --quiet .
check 'ruff format' "$bin/ruff" format --quiet --check .
check 'mypy' "$bin/mypy"
tests 'tests on SQLite' --engine=sqlite
tests 'tests on PostgreSQL (those that open a database)' --engine=postgres
if [ -n "$(command -v chromium-headless-shell chromium chromium-browser google-chrome)" ]; then
    tests 'journeys in Chromium' tests/browser
else
    missing+=('journeys in Chromium: no Chromium here, and it could not be installed')
    [ "${CI:-}" != true ] || failed+=('journeys in Chromium')
fi

printf '\n'
for name in "${missing[@]}"; do echo "DID NOT RUN  $name"; done
for name in "${failed[@]}"; do echo "FAILED  $name"; done
echo "$passed_tests passed, $failed_tests failed, $skipped_tests skipped"
[ "${#failed[@]}" = 0 ]
