#!/bin/sh
# The install and update hook of the Helm plugin: puts the program into bin. It takes the
# release that plugin.yaml names, verified by install.sh; where that cannot be had, it
# builds these sources with Go. A program that somebody else has put there (make plugin) is
# kept. Helm 4 runs hooks without HELM_BIN.
#
#   MESHCHECK_BUILD=1   builds the sources even if there is a release
#   MESHCHECK_RELEASES  as in install.sh
set -eu

root=$(cd -- "$(dirname -- "$0")/.." && pwd)
bin=$root/bin
program=$bin/mesh-check
case "$(uname -s)" in MINGW* | MSYS* | CYGWIN*) program=$bin/mesh-check.exe ;; esac
ours=$bin/.installed # what this hook has put there: release VERSION, or sources
version=$(sed -n 's/^version: *//p' "$root/plugin.yaml")

say() { printf 'mesh-check: %s\n' "$*" >&2; }

# Helm leaves a plugin whose hook has failed in its list, where it would not run and would
# stop the next install. A link is ours to remove; a directory may be somebody's work.
give_up() {
  say "$*"
  link=${HELM_PLUGIN_DIR:-}
  if [ "${action:-}" = install ] && [ -n "$link" ] && [ -L "$link" ]; then
    rm -f -- "$link"
    say "the plugin is not installed"
  elif [ "${action:-}" = install ]; then
    say "the plugin does not work yet; remove it with: helm plugin uninstall mesh-check"
  else
    say "the plugin remains as it was"
  fi
  exit 1
}

build() {
  command -v go >/dev/null || return 1
  say "building $root with $(go env GOVERSION)"
  (cd -- "$root" && go build -trimpath -o "$program" ./cmd/mesh-check) || return 1
  echo sources >"$ours"
}

action=${1:-install}
case "$action" in install | update) ;; *) give_up "usage: plugin.sh install|update" ;; esac
mkdir -p -- "$bin"

if [ -x "$program" ] && [ ! -f "$ours" ]; then
  "$program" version >/dev/null 2>&1 || give_up "$program does not run on this machine; remove it, or build it with make plugin"
  say "using $program, which is already there"
  exit 0
fi
if [ -x "$program" ] && [ "$(cat -- "$ours")" = "release $version" ] && "$program" version >/dev/null 2>&1; then
  say "release v$version is already there"
  exit 0
fi
if [ -n "${MESHCHECK_BUILD:-}" ]; then
  build || give_up "MESHCHECK_BUILD is set, and Go cannot build $root"
  exit 0
fi

code=0
MESHCHECK_VERSION=v$version MESHCHECK_DIR=$bin sh "$root/install/install.sh" || code=$?
case "$code" in
  0) echo "release $version" >"$ours" ;;
  4)
    build || give_up "release v$version cannot be had, and Go cannot build it here.
Install Go (https://go.dev/dl) or set MESHCHECK_RELEASES to a mirror of the releases, then install the plugin again.
Without network, install the plugin's archive: helm plugin install mesh-check-$version.tgz"
    ;;
  *) give_up "release v$version is not installed, because it could not be verified" ;;
esac
