#!/usr/bin/env bash
# All tests on SQLite, then those that depend on the database of records on PostgreSQL.
# PostgreSQL, Chromium and the clients of others (R, npm) are used where they are;
# IRTYSH_REQUIRE_POSTGRES=1, IRTYSH_REQUIRE_BROWSER=1 and IRTYSH_REQUIRE_CLIENTS=1 make their
# absence a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv-test/bin/python
postgres=${IRTYSH_TEST_POSTGRES_URL:-postgres://postgres@127.0.0.1:5432/postgres}

has_browser() { command -v chromium-headless-shell || command -v chromium; } >/dev/null
has_rsdmx() { Rscript -e 'quit(status = !requireNamespace("rsdmx", quietly = TRUE))'; } >/dev/null 2>&1
install() {
    echo "Installing from the system's packages: $1"
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$1" >/dev/null 2>&1
}
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! { has_browser && has_rsdmx; }; then
    apt-get update -qq >/dev/null || echo "The lists of the system's packages could not be renewed" >&2
    has_browser || install chromium-headless-shell || install chromium || echo "No Chromium" >&2
    has_rsdmx || install r-cran-rsdmx || echo "No rsdmx" >&2
fi

# Clients in JavaScript, at the versions of their lock file.
clients=tests/clients/node
if command -v npm >/dev/null && [ ! "$clients/node_modules" -nt "$clients/package-lock.json" ]; then
    (cd "$clients" && npm ci --silent >/dev/null && touch node_modules) ||
        echo "The npm packages of $clients could not be installed" >&2
fi

# A cluster takes a minute to install and to come up, most of it waiting: it does so beside the rest.
declarations() {
    make --no-print-directory .venv-scale/.ready
    local packages=(.venv-test/lib/python3*/site-packages)
    PYTHONPATH=${packages[0]} .venv-scale/bin/python -m pytest -q -m scale tests/store
}
spark=
said=$(mktemp)
trap 'wait; rm -f "$said"' EXIT # a cluster is never left behind
if java -version 2>/dev/null || [ "${IRTYSH_REQUIRE_SPARK:-0}" = 1 ]; then
    declarations >"$said" 2>&1 &
    spark=$!
fi

echo "Tests on SQLite"
[ $# -gt 0 ] || "$python" -m tests.prepare
"$python" -m pytest -n 2 --dist loadfile -q --create-db -m "not scale" "$@"

if [ -n "$spark" ]; then
    echo "Tests of aggregation on DuckDB and on a Spark cluster"
    wait "$spark" || { cat "$said"; exit 1; }
    cat "$said"
else
    echo "No Java on this machine: the tests that need Spark did not run"
fi

if "$python" tools/answers.py "$postgres"; then
    echo "Tests of records on PostgreSQL"
    IRTYSH_DATABASE_URL=$postgres "$python" -m pytest -n 2 --dist loadfile -q --create-db \
        -m "records and not browser" "$@"
elif [ "${IRTYSH_REQUIRE_POSTGRES:-0}" = 1 ]; then
    echo "PostgreSQL does not answer at $postgres, and IRTYSH_REQUIRE_POSTGRES is 1" >&2
    exit 1
else
    echo "No PostgreSQL answers at $postgres: tests of records ran on SQLite only"
fi
