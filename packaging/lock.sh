#!/usr/bin/env bash
# Write the hash-locked requirements/*.txt anew from the *.in beside them. Needs the package registry.
set -euo pipefail
cd "$(dirname "$0")/../requirements"
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"${PYTHON:-python3}" -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check uv==0.13.9

lock() {
    name=$1; shift
    "$tools/bin/uv" pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --output-file "$name.txt" "$name.in" "$@"
}
lock dev
lock runtime --constraint dev.txt  # the versions tested are the versions shipped
lock build --constraint dev.txt
