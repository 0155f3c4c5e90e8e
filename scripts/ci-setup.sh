#!/bin/sh
# Installs what the editor tests need on Debian and its kin: a browser, the headers and tools that
# code-server's native modules are compiled with, and Neovim and Emacs as further language clients.
# Run it as root, or as a user who has sudo. Running it again installs only what is missing.
set -eu

missing=''

# want PACKAGE TEST...: remembers the package when its test fails.
want() {
  package=$1
  shift
  if "$@" >/dev/null 2>&1; then
    echo "ci-setup: $package: already here"
  else
    missing="$missing $package"
  fi
}

# The same browser names that scripts/vscode.mjs looks for: any of them will do.
browser() {
  [ -x "${CHROMIUM:-}" ] || command -v chromium || command -v chromium-browser || command -v google-chrome
}

want chromium browser
want libkrb5-dev test -f /usr/include/gssapi/gssapi.h
want python3 command -v python3
want make command -v make
want g++ command -v g++
want neovim command -v nvim
want emacs-nox command -v emacs
want elpa-eglot test -d /usr/share/emacs/site-lisp/elpa-src

if [ -z "$missing" ]; then
  echo 'ci-setup: nothing to install'
  exit 0
fi

if ! command -v apt-get >/dev/null; then
  echo "ci-setup: no apt-get here; install these yourself:$missing" >&2
  exit 1
fi

as_root=''
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "ci-setup: must run as root, or with sudo, to install:$missing" >&2
    exit 1
  fi
  as_root=sudo
fi

echo "ci-setup: installing$missing"
# Word splitting is meant: $missing is a list of package names, and an empty $as_root must vanish.
# shellcheck disable=SC2086
$as_root apt-get update -q
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
echo 'ci-setup: done'
