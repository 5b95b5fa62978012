#!/usr/bin/env bash
# Runs one phase of a build: `tools/phase.sh "Sentence" command…`. Says what it does and how long it took.
# With -q first, the output is shown only when the phase fails.
set -uo pipefail

quiet=no
if [ "${1-}" = -q ]; then
    quiet=yes
    shift
fi
sentence=${1:?say what the phase does}
shift

now() { tr , . <<<"${EPOCHREALTIME:-$SECONDS}"; }
started=$(now)
took() { awk -v from="$started" -v to="$(now)" 'BEGIN { printf "%.1f s", to - from }'; }

if [ $quiet = yes ]; then
    printf '%s … ' "$sentence"
    if output=$("$@" 2>&1); then
        printf '%s\n' "$(took)"
        exit 0
    else
        status=$?
        printf 'failed after %s\n%s\n' "$(took)" "$output"
        exit $status
    fi
fi

printf '\n%s\n' "$sentence"
if "$@"; then
    printf '%s: %s\n' "$sentence" "$(took)"
else
    status=$?
    printf '%s: failed after %s\n' "$sentence" "$(took)"
    exit $status
fi
