#!/usr/bin/env bash
# Pin every dependency with its hashes. The result names no host: --no-emit-index-url and no
# annotations. tests/house reads it again and fails on an address.
# UPGRADE=1 takes newer versions; without it a pin moves only where the .in file asks.
set -euo pipefail
cd "$(dirname "$0")/../requirements"
export UV_CUSTOM_COMPILE_COMMAND="make requirements"
compile() {
    ../.tools/bin/uv pip compile --quiet ${UPGRADE:+--upgrade} --python-version 3.11 --universal \
        --generate-hashes --excludes excluded.in --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
        "$@"
}
compile base.in --output-file base.txt
compile test.in --constraint base.txt --output-file test.txt
compile scale.in --constraint test.txt --output-file scale.txt
