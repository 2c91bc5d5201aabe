#!/bin/sh
# Prints what CHANGELOG.md says of a release, such as 0.1.0: the notes of its page on GitHub.
# It fails if there is nothing.
set -eu
version=${1:?usage: notes.sh VERSION}
cd -- "$(dirname -- "$0")/.."
notes=$(awk -v head="## [$version]" 'index($0, "## [") == 1 || /^\[[^]]*\]: / { on = index($0, head) == 1; next } on' CHANGELOG.md)
if [ -z "$notes" ]; then
  echo "CHANGELOG.md has no entry of $version" >&2
  exit 1
fi
printf '%s\n' "$notes"
