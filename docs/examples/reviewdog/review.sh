#!/bin/sh
# Comments at the changed lines of a pull or merge request, by reviewdog.
set -eu
mesh-check --fail-on never -o sarif charts > mesh-check.sarif
reviewdog -f=sarif -name=mesh-check -reporter="${REPORTER:-github-pr-review}" < mesh-check.sarif
