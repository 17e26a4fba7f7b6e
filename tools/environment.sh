#!/usr/bin/env bash
# Make an environment: tools/environment.sh FOLDER REQUIREMENTS [UNDER]
# What FOLDER does not have is looked for in the environment UNDER, if one is named.
# The folder may be moved afterwards together with the project: scripts and the path to the
# project are relative.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$1
requirements=$2
under=${3:-}
uv=.tools/bin/uv
export VIRTUAL_ENV=$PWD/$folder

if [ ! -x "$folder/bin/python" ]; then
    echo "Making $folder"
    "$uv" venv --quiet --clear --relocatable --python "${PYTHON:-python3.11}" "$folder"
fi
echo "Installing $requirements"
"$uv" pip sync --quiet --require-hashes --compile-bytecode "$requirements"

# The project is not installed as a package: its folder is put on the path and its command
# beside Python's. That needs no build, no network, and shows every edit at once.
packages=$("$folder/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
printf '%s\n' '../../../..' >"$packages/irtysh.pth"
if [ -n "$under" ]; then
    printf '../../../../%s/%s\n' "$under" "${packages#"$VIRTUAL_ENV"/}" >>"$packages/irtysh.pth"
fi
cat >"$folder/bin/irtysh" <<'COMMAND'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/python" -m irtysh.console "$@"
COMMAND
chmod +x "$folder/bin/irtysh"
touch "$folder/.ready"
