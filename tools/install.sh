#!/usr/bin/env bash
# Builds ./.venv from the hashed requirement files: `tools/install.sh run` for the product, `tools/install.sh test` with the test tools.
#
# Needs Python 3.11 to 3.13 with pip and nothing else: Debian's python3 without python3-venv is enough, because the environment
# is made without pip and the interpreter's own pip fills it. A second call that finds nothing changed installs nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONHOME PYTHONPATH
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_REQUIRE_VIRTUALENV=0 PIP_ROOT_USER_ACTION=ignore PIP_USER=0

readonly wanted=${1:?say "run" or "test"}
readonly venv=.venv
readonly log=$venv/install.log

refuse() {
    printf '%s\n' "$@" >&2
    exit 1
}

# Prints the first interpreter that can build the environment; PYTHON=/some/python goes first.
find_python() {
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3.11 python3.12 python3.13 python3 python; do
        if "$candidate" - <<'PROBE' >/dev/null 2>&1; then
import importlib.util, sys, venv
def has(package):
    try:
        return importlib.util.find_spec(f"{package}.__main__")
    except ModuleNotFoundError:
        return None
sys.exit(not ((3, 11) <= sys.version_info < (3, 14) and (has("pip") or has("ensurepip"))))
PROBE
            printf '%s\n' "$candidate"
            return
        fi
    done
    refuse "No usable Python was found: SuiteBridge needs Python 3.11, 3.12 or 3.13 with pip." \
        "On Debian or Ubuntu: apt-get install python3 python3-pip. Elsewhere: https://www.python.org/downloads/" \
        "If it is installed under another name, say which: make PYTHON=/path/to/python3.11 …"
}

# Changes whenever an installation would.
fingerprint() {
    { cat requirements/build.txt pyproject.toml simulator/pyproject.toml tools/install.sh "$@"; } | cksum
}

is_current() { # name, files…
    local name=$1
    shift
    is_usable && [ "$(cat "$venv/$name.installed" 2>/dev/null)" = "$(fingerprint "$@")" ]
}

# An environment that was moved, half built or left by another Python is made anew; one made by hand is kept.
is_usable() {
    $venv/bin/python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || return
    [ ! -e $venv/place ] || { [ "$(cat $venv/place)" = "$(pwd -P)" ] && [ -e $venv/run.installed ]; }
}

phase() { # sentence, command…: one line while it works, the whole log when it fails
    local sentence=$1 started=$SECONDS
    shift
    printf '  %s … ' "$sentence"
    if "$@" >"$log" 2>&1; then
        printf '%s s\n' "$((SECONDS - started))"
        return
    fi
    printf 'failed\n\n'
    cat "$log" >&2
    refuse "" "The installation stopped (“$sentence”): the lines above say why." \
        "If a package could not be reached, check the network and pip's settings (pip config list), then start the same command again."
}

pip_install() {
    $venv/bin/python -m pip install --quiet --require-hashes --only-binary :all: "$@"
}

create() {
    rm -rf $venv
    mkdir $venv
    phase "Creating the environment in ./$venv with $("$python" -V)" "$python" -m venv --without-pip $venv
    pwd -P >$venv/place
}

bring_pip() {
    if "$python" -c 'import pip' 2>/dev/null; then
        "$python" -m pip --python $venv/bin/python install --quiet --require-hashes --only-binary :all: -r requirements/build.txt
    else
        $venv/bin/python -m ensurepip && pip_install -r requirements/build.txt
    fi
}

install_run() {
    is_current run requirements/run.txt && return
    local python
    python=$(find_python)
    echo "Installing SuiteBridge into ./$venv (only when something changed):"
    is_usable || create
    phase "Installing the build tools" bring_pip
    phase "Installing $(grep -c '==' requirements/run.txt) packages that SuiteBridge needs" pip_install -r requirements/run.txt
    phase "Installing SuiteBridge and the NetSuite simulator" \
        $venv/bin/python -m pip install --quiet --no-build-isolation --no-deps --no-index -e . -e simulator
    fingerprint requirements/run.txt >$venv/run.installed
}

install_test() {
    is_current test requirements/run.txt requirements/test.txt && return
    phase "Installing the test tools" pip_install -r requirements/test.txt
    fingerprint requirements/run.txt requirements/test.txt >$venv/test.installed
}

case $wanted in
    run) install_run ;;
    test)
        install_run
        install_test
        ;;
    *) refuse "tools/install.sh knows \"run\" and \"test\", not \"$wanted\"." ;;
esac
