#!/usr/bin/env bash
# All tests on SQLite, then those that depend on the database of records on PostgreSQL.
# PostgreSQL and Chromium are used where they are; IRTYSH_REQUIRE_POSTGRES=1 and
# IRTYSH_REQUIRE_BROWSER=1 make their absence a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv-test/bin/python
postgres=${IRTYSH_TEST_POSTGRES_URL:-postgres://postgres@127.0.0.1:5432/postgres}

if ! command -v chromium >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium from the system's packages"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null &&
        apt-get install -qq -y --no-install-recommends chromium >/dev/null 2>&1 ||
        echo "Chromium could not be installed" >&2
fi

echo "Tests on SQLite"
"$python" -m pytest -n 2 --dist loadfile -q --create-db "$@"

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
