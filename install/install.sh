#!/bin/sh
# Installs a release of mesh-check, if its archive has the checksum that the release says.
# The Helm plugin and the GitHub Action use it too. Everything is said in the environment:
#
#   MESHCHECK_VERSION   the release, such as v0.1.0 (default: the newest)
#   MESHCHECK_DIR       where the program goes (default: $HOME/.local/bin)
#   MESHCHECK_SHA256    the checksum of the archive, from a place that you trust more
#   MESHCHECK_RELEASES  where the releases are: an https URL, or file:///DIR for a mirror
#
# Exit codes: 0 installed, 3 wrong usage, 4 the release cannot be had, 5 it is not what it
# should be. Nothing is replaced unless everything is right.
set -eu

fail() {
  code=$1
  shift
  printf 'mesh-check: %s\n' "$*" >&2
  exit "$code"
}

# get URL FILE
get() {
  case "$1" in
    file://*) cp -- "${1#file://}" "$2" 2>/dev/null ;;
    *)
      if command -v curl >/dev/null; then
        curl -fsSL --proto-redir '=https' --connect-timeout 15 --max-time 600 --retry 2 -o "$2" -- "$1"
      elif command -v wget >/dev/null; then
        wget -q -T 60 -t 3 -O "$2" -- "$1"
      else
        fail 4 "neither curl nor wget is installed"
      fi
      ;;
  esac
}

sha256() {
  if command -v sha256sum >/dev/null; then
    sha256sum <"$1" | cut -d ' ' -f 1
  elif command -v shasum >/dev/null; then
    shasum -a 256 <"$1" | cut -d ' ' -f 1
  elif command -v openssl >/dev/null; then
    openssl dgst -sha256 -r <"$1" | cut -d ' ' -f 1
  else
    fail 5 "none of sha256sum, shasum and openssl is installed, so the checksum cannot be verified"
  fi
}

# Everything is in a function that the last line calls: half of this file does nothing.
main() {
  releases=${MESHCHECK_RELEASES:-https://github.com/mesh-check/mesh-check/releases}
  case "$releases" in
    https://* | file:///* | http://127.0.0.1:* | http://localhost:*) ;;
    *) fail 3 "MESHCHECK_RELEASES must begin with https:// or file:///" ;;
  esac

  number=${MESHCHECK_VERSION:-}
  number=${number#v}
  case "$number" in
    *[!A-Za-z0-9.+-]* | .* | -*) fail 3 "MESHCHECK_VERSION must be a release such as v0.1.0" ;;
    "") from=$releases/latest/download ;;
    *) from=$releases/download/v$number ;;
  esac

  case "$(uname -s)" in
    Linux) os=linux ;;
    Darwin) os=darwin ;;
    MINGW* | MSYS* | CYGWIN*) os=windows ;;
    *) fail 4 "there is no release for $(uname -s); build it: go install github.com/mesh-check/mesh-check/cmd/mesh-check@latest" ;;
  esac
  case "$(uname -m)" in
    x86_64 | amd64) arch=amd64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) fail 4 "there is no release for $(uname -m); build it: go install github.com/mesh-check/mesh-check/cmd/mesh-check@latest" ;;
  esac
  suffix=${os}_$arch.tar.gz
  program=mesh-check
  if [ "$os" = windows ]; then
    suffix=${os}_$arch.zip
    program=mesh-check.exe
  fi

  dir=${MESHCHECK_DIR:-${HOME:?}/.local/bin}
  mkdir -p -- "$dir"
  dir=$(cd -- "$dir" && pwd)
  # In the same directory, so that the last step is a rename.
  scratch=$(mktemp -d "$dir/.mesh-check.XXXXXX")
  trap 'rm -rf -- "$scratch"' EXIT
  trap 'exit 130' INT TERM HUP

  get "$from/checksums.txt" "$scratch/checksums.txt" ||
    fail 4 "cannot get $from/checksums.txt; $releases lists the releases; to build the newest sources: go install github.com/mesh-check/mesh-check/cmd/mesh-check@latest"
  if [ -z "$number" ]; then
    number=$(sed -n "s/^[0-9a-f]\{64\}  mesh-check_\([0-9A-Za-z.+-]*\)_$suffix\$/\1/p" "$scratch/checksums.txt")
    case "$number" in
      "" | *[!A-Za-z0-9.+-]*) fail 5 "$from/checksums.txt does not name one archive for $os and $arch" ;;
    esac
    from=$releases/download/v$number
  fi
  archive=mesh-check_${number}_$suffix
  want=$(awk -v name="$archive" '$2 == name {print $1}' "$scratch/checksums.txt")
  case "$want" in
    "" | *[!0-9a-f]*) fail 5 "checksums.txt of release v$number has no checksum for $archive" ;;
  esac
  if [ -n "${MESHCHECK_SHA256:-}" ] && [ "$MESHCHECK_SHA256" != "$want" ]; then
    fail 5 "checksums.txt of release v$number has another checksum for $archive than MESHCHECK_SHA256: nothing is installed"
  fi
  get "$from/$archive" "$scratch/$archive" || fail 4 "cannot get $from/$archive"
  have=$(sha256 "$scratch/$archive")
  if [ "$have" != "$want" ]; then
    fail 5 "$archive has the checksum $have, and checksums.txt says $want: nothing is installed"
  fi

  case "$archive" in
    *.zip)
      if command -v unzip >/dev/null; then
        unzip -q "$scratch/$archive" "$program" -d "$scratch"
      else
        tar -xf "$scratch/$archive" -C "$scratch" "$program"
      fi
      ;;
    *) tar -xzf "$scratch/$archive" -C "$scratch" "$program" ;;
  esac || fail 5 "$archive has no $program"
  chmod 755 "$scratch/$program"
  said=$("$scratch/$program" version 2>/dev/null) || fail 5 "$archive does not run on this machine"
  case "$said" in
    "mesh-check $number "*) ;;
    *) fail 5 "$archive holds another version: $(printf '%s\n' "$said" | head -n 1)" ;;
  esac
  mv -f -- "$scratch/$program" "$dir/$program"
  printf 'mesh-check %s, checksum verified: %s\n' "$number" "$dir/$program" >&2
}

main
