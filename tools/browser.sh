#!/usr/bin/env bash
# Makes sure that Chromium is there for the browser tests: the system's own, never a download of the test library's.
set -euo pipefail

for name in chromium chromium-browser google-chrome-stable google-chrome; do
    command -v "$name" >/dev/null && exit 0
done

if [ "$(id -u)" -ne 0 ]; then
    printf '%s\n' "The browser tests need Chromium, which is not installed, and only root can install it." \
        "Install it and start again. On Debian: sudo apt-get install chromium. On Ubuntu: sudo apt-get install chromium-browser." >&2
    exit 1
fi
if ! command -v apt-get >/dev/null; then
    printf '%s\n' "The browser tests need Chromium. Install it with this system's package manager and start again." >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium
