#!/usr/bin/env bash
# Puts mesh-check into $RUNNER_TEMP/mesh-check-bin for the GitHub Action: the release that
# the input version names, else the one that the action's own tag or commit belongs to,
# verified by install.sh and kept in the runner's tool cache. A branch, a local action
# (uses: ./) and version: source are built with Go from the action's own checkout.
set -euo pipefail

fail() {
  echo "::error title=mesh-check::$1"
  exit 3
}

bin="$RUNNER_TEMP/mesh-check-bin"
mkdir -p "$bin"
version="${MESHCHECK_VERSION:-}"
own="$(sed -n 's/^version: *//p' "$GITHUB_ACTION_PATH/plugin.yaml")"
asked=true
if [ -z "$version" ]; then
  asked=false
  case "${MESHCHECK_ACTION_REF:-}" in
    v[0-9]*.[0-9]*.[0-9]*) version="$MESHCHECK_ACTION_REF" ;;
    v[0-9] | v[0-9].[0-9]*) version="v$own" ;;
    *) if [[ "${MESHCHECK_ACTION_REF:-}" =~ ^[0-9a-f]{40}$ ]]; then version="v$own"; else version=source; fi ;;
  esac
fi
if ! [[ "$version" =~ ^[A-Za-z0-9][A-Za-z0-9._-]*$ ]]; then
  fail "the input version must be a release such as v0.1.0, or source"
fi

if [ -n "${MESHCHECK_SHA256:-}" ] && { [ "$version" = source ] || ! [[ "$MESHCHECK_SHA256" =~ ^[0-9a-f]{64}$ ]]; }; then
  fail "the input checksum must be the SHA-256 of a release's archive, in 64 lowercase digits"
fi

build() {
  command -v go >/dev/null || fail "$1; to build it, add a step with actions/setup-go before this one"
  (cd "$GITHUB_ACTION_PATH" && go build -trimpath -o "$bin/" ./cmd/mesh-check)
  exit 0
}
if [ "$version" = source ]; then build "go is not installed, and this version of the action is not a release"; fi

name=mesh-check
if [ "${RUNNER_OS:-}" = Windows ]; then name=mesh-check.exe; fi
# A program that was kept without a checksum is not taken for one that was asked for with it.
cache="${RUNNER_TOOL_CACHE:-$RUNNER_TEMP}/mesh-check/${version#v}/${RUNNER_ARCH:-$(uname -m)}${MESHCHECK_SHA256:+/$MESHCHECK_SHA256}"
if ! [ -x "$cache/$name" ]; then
  code=0
  said="$(MESHCHECK_VERSION="$version" MESHCHECK_DIR="$cache" sh "$GITHUB_ACTION_PATH/install/install.sh" 2>&1)" || code=$?
  said="${said//%/%25}"
  said="${said//$'\r'/%0D}"
  said="${said//$'\n'/%0A}"
  # A commit that is on the way to a release is built; a checksum that is wrong ends the job.
  if [ "$code" = 4 ] && [ "$asked" = false ]; then build "$said"; fi
  if [ "$code" != 0 ]; then fail "$said"; fi
fi
cp -f "$cache/$name" "$bin/$name"
