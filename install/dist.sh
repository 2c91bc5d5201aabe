#!/usr/bin/env bash
# Makes in dist/ what a release consists of, with Go, tar and zip alone: the archives,
# checksums.txt, and the plugin's archive. The names are those of .goreleaser.yaml.
#
#   DIST           platforms, such as "linux/amd64 windows/arm64", or all (default: this machine)
#   VERSION        without v (default: that of plugin.yaml)
#   PLUGIN_ONLY=1  makes the plugin's archive alone, of the programs that goreleaser has built
set -euo pipefail
cd "$(dirname "$0")/.."

version="${VERSION:-$(sed -n 's/^version: *//p' plugin.yaml)}"
go="${GO:-go}"
case "${DIST:-}" in
  "") platforms="$("$go" env GOOS)/$("$go" env GOARCH)" ;;
  all) platforms="linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64" ;;
  *) platforms="$DIST" ;;
esac
stamp="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}"
# The same bytes for the same commit, whenever, by whomever and under whichever umask.
archive() { tar --sort=name --mtime="@$stamp" --mode=u=rwX,go=rX --owner=0 --group=0 --numeric-owner -C "$2" -cf - "${@:3}" | gzip -9 -n >"$1"; }
settle() { chmod -R u=rwX,go=rX "$1" && find "$1" -exec touch -d "@$stamp" {} +; }
sum() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

if [ -z "${PLUGIN_ONLY:-}" ]; then rm -rf dist; fi
rm -rf dist/plugin
plugin=dist/plugin/mesh-check
mkdir -p "$plugin/bin"
for platform in $platforms; do
  os="${platform%/*}" arch="${platform#*/}" name=mesh-check
  if [ "$os" = windows ]; then name=mesh-check.exe; fi
  if [ -n "${PLUGIN_ONLY:-}" ]; then
    built="$(ls -d "dist/mesh-check_${os}_$arch"*)"
  else
    built="dist/mesh-check_${os}_$arch"
    CGO_ENABLED="${CGO_ENABLED:-0}" GOOS="$os" GOARCH="$arch" "$go" build -trimpath -ldflags "-s -w -X main.version=$version" -o "$built/$name" ./cmd/mesh-check
    cp LICENSE README.md "$built/"
    if [ "$os" = windows ]; then
      settle "$built" # what zip writes of a file, in local time
      (cd "$built" && TZ=UTC zip -q -X "../mesh-check_${version}_${os}_$arch.zip" "$name" LICENSE README.md)
    else
      archive "dist/mesh-check_${version}_${os}_$arch.tar.gz" "$built" "$name" LICENSE README.md
    fi
  fi
  mkdir -p "$plugin/bin/$os-$arch"
  cp "$built/$name" "$plugin/bin/$os-$arch/$name"
done
if [ -z "${PLUGIN_ONLY:-}" ]; then
  (cd dist && sum $(find . -maxdepth 1 \( -name '*.tar.gz' -o -name '*.zip' \) | sed 's|^\./||' | sort) >checksums.txt)
fi

# The plugin's archive holds every program, downloads nothing and has no hooks.
cp LICENSE plugin.complete "$plugin/"
{
  sed -e '/^platformCommand:/,$d' -e "s/^version: .*/version: $version/" plugin.yaml
  echo "platformCommand:"
  for platform in $platforms; do
    os="${platform%/*}" arch="${platform#*/}"
    printf '  - os: %s\n    arch: %s\n' "$os" "$arch"
    if [ "$os" = windows ]; then
      printf '    command: ${HELM_PLUGIN_DIR}\\bin\\%s-%s\\mesh-check.exe\n' "$os" "$arch"
    else
      printf '    command: ${HELM_PLUGIN_DIR}/bin/%s-%s/mesh-check\n' "$os" "$arch"
    fi
  done
} >"$plugin/plugin.yaml"
settle "$plugin" # Helm's archive has the times and modes of the files
if [ -n "${PLUGIN_KEY:-}" ]; then
  # Helm 4 verifies it: PLUGIN_KEY is the name in PLUGIN_KEYRING.
  "${HELM4:-helm}" plugin package --sign --key "$PLUGIN_KEY" --keyring "$PLUGIN_KEYRING" "$plugin" -d dist/plugin
else
  archive "dist/plugin/mesh-check-$version.tgz" dist/plugin mesh-check
fi
rm -rf "$plugin"
find dist -maxdepth 2 -type f \( -name '*.tar.gz' -o -name '*.zip' -o -name '*.tgz' -o -name '*.prov' \) -exec wc -c {} +
