"""Say whether a PostgreSQL answers at an address: exit code 0 if it does."""

from __future__ import annotations

import sys

import psycopg

if __name__ == "__main__":
    try:
        with psycopg.connect(sys.argv[1], connect_timeout=3) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        sys.exit(1)
