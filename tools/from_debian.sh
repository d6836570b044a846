#!/bin/sh
# See that there is a program that tests drive: install Debian's where that may be done, say so loudly where not.
# It never fails: the tests that need the program fail by themselves, and the others still run.
#
#   from_debian.sh NAME "PACKAGES" "PROGRAMS, any of which will do" "what happens without it"

name=$1 packages=$2 programs=$3 without=$4

for program in $programs; do
	command -v "$program" >/dev/null 2>&1 && exit 0
done

loudly() {
	printf '\n*** %s\n*** %s\n\n' "$1" "$without" >&2
	exit 0
}

command -v apt-get >/dev/null 2>&1 ||
	loudly "There is no $name. Install it (package $packages) in the way of this system."
if [ "$(id -u)" -eq 0 ]; then
	as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
	as_root="sudo"
else
	loudly "There is no $name, and it may not be installed without a password. Run: sudo apt-get install $packages"
fi

echo "[set-up] installing $name with apt-get, for the tests that drive it" >&2
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086  packages are several words
$as_root apt-get update -qq >&2 &&
	$as_root apt-get install --yes -qq --no-install-recommends $packages >/dev/null ||
	loudly "$name could not be installed; what apt-get said is above."
