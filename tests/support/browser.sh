#!/bin/sh
# Makes sure that the tests find a Chromium, and says in one sentence what to do when there is none.
# $1: the Python of the environment that holds playwright. tests/support/browser.py looks in the same order.
set -u
python=$1
DOWNLOAD_SECONDS=300

starts() { command -v "$1" >/dev/null 2>&1 && "$1" --version >/dev/null 2>&1; }

installed() {
    for name in chromium chromium-browser google-chrome; do
        starts "$name" && return 0
    done
    return 1
}

downloaded() {
    program=$("$python" -c 'from playwright.sync_api import sync_playwright as start
with start() as playwright: print(playwright.chromium.executable_path)' 2>/dev/null) && starts "$program"
}

download() {
    echo "No Chromium was found: downloading the one that playwright knows."
    "$python" -c 'import subprocess, sys
subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True, timeout=int(sys.argv[1]), stderr=subprocess.DEVNULL)' \
        "$DOWNLOAD_SECONDS" >/dev/null 2>&1
}

install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    echo "That did not work: installing the system's chromium with apt-get."
    apt-get -qq update >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends chromium fonts-liberation >/dev/null 2>&1
}

if [ -n "${BOARD_CHROMIUM:-}" ]; then
    starts "$BOARD_CHROMIUM" && exit 0
    echo "BOARD_CHROMIUM is $BOARD_CHROMIUM, which does not start." >&2
    exit 1
fi
installed || downloaded || { download && downloaded; } || { install && installed; } && exit 0
echo "The tests drive a Chromium and found none: install it (on Debian: apt-get install chromium) or name one in BOARD_CHROMIUM." >&2
exit 1
