#!/bin/sh
# Sees to it that what the Makefile needs is on this machine: scripts/ensure.sh NEED...
#
# A need is one of those that `packages_of` lists. What is missing is said, and installed with apt-get, as root or
# through sudo; where that may not be, the command that installs it is said, and this ends with 1.
set -eu

is_here() {
  case $1 in
    python3-venv) python3 -c 'import ensurepip' 2>/dev/null ;;
    # Debian leaves programs of servers off the PATH.
    nginx) command -v nginx || test -x "${SBIN:-/usr/sbin}/nginx" ;;
    postgresql) command -v postgres || { set -- /usr/lib/postgresql/*/bin/postgres && test -x "$1"; } ;;
    chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ;;
    *) command -v "$1" ;;
  esac >/dev/null 2>&1
}

packages_of() {
  case $1 in
    python3-venv) echo python3 python3-venv ;;
    chromium) echo chromium fonts-dejavu-core ;;
    java) echo default-jre-headless ;;
    npm | nginx | wrk | postgresql) echo "$1" ;;
    *) echo "ensure.sh: nobody knows how to install $1." >&2; exit 2 ;;
  esac
}

give_up() {
  echo "$1 On Debian the command is: apt-get install $packages" >&2
  exit 1
}

missing='' packages=''
for need in "$@"; do
  needed=$(packages_of "$need")
  if ! is_here "$need"; then
    missing="${missing:+$missing, }$need"
    packages="${packages:+$packages }$needed"
  fi
done
[ -n "$missing" ] || exit 0

echo "Missing here: $missing."
command -v apt-get >/dev/null || give_up "There is no apt-get here."
if [ "$(id -u)" = 0 ]; then
  as_root=''
elif command -v sudo >/dev/null; then
  as_root=sudo
else
  give_up "Installing needs root or sudo."
fi

echo "Installing with ${as_root:+$as_root }apt-get: $packages."
$as_root apt-get update -qq || give_up "apt-get failed."
# The names of packages are words of their own.
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null ||
  give_up "apt-get failed."
for need in "$@"; do
  is_here "$need" || give_up "After the installation $need is still not here."
done
