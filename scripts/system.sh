#!/usr/bin/env bash
# Installs what pip cannot: Chromium for the browser tests, and the fonts of official documents.
# Where we may not install, or cannot reach the packages, nothing happens: scripts/test.sh then says what did not run.
set -u

packages=()
browser=$(command -v chromium-headless-shell chromium chromium-browser google-chrome)
[ -n "$browser" ] || packages+=(chromium)
[ -d /usr/share/fonts/truetype/croscore ] || packages+=(fonts-croscore)
[ -d /usr/share/fonts/truetype/noto ] || packages+=(fonts-noto-core)

[ "${#packages[@]}" -gt 0 ] || exit 0
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0

export DEBIAN_FRONTEND=noninteractive
echo "Installing ${packages[*]} …"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
    apt-get update -q || return
    # Without windows it is half as large and opens a page in half the time; older releases do not have it.
    if [ -z "$browser" ] && apt-cache show chromium-headless-shell; then packages[0]=chromium-headless-shell; fi
    apt-get install -q -y --no-install-recommends "${packages[@]}"
}
install </dev/null >"$log" 2>&1 ||
    { echo "… not installed:"; tail -n 5 "$log"; }
