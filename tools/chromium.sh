#!/bin/sh
# See that there is a Chromium, which the tests drive: install Debian's where that may be done, say so loudly where not.
# It never fails: the tests that need a browser fail by themselves, and the others still run.

for name in chromium chromium-browser google-chrome; do
	command -v "$name" >/dev/null 2>&1 && exit 0
done

loudly() {
	printf '\n*** %s\n*** %s\n\n' "$1" "Every test that opens a page in a browser will fail." >&2
	exit 0
}

command -v apt-get >/dev/null 2>&1 ||
	loudly "There is no Chromium. Install it (package chromium) in the way of this system."
if [ "$(id -u)" -eq 0 ]; then
	as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
	as_root="sudo"
else
	loudly "There is no Chromium, and it may not be installed without a password. Run: sudo apt-get install chromium"
fi

echo "[set-up] installing Chromium with apt-get, for the tests in a browser" >&2
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq >&2 &&
	$as_root apt-get install --yes -qq --no-install-recommends chromium >/dev/null ||
	loudly "Chromium could not be installed; what apt-get said is above."
