#!/usr/bin/env bash
# Makes the faces of the theme from those of npm: smaller files in static/fonts, their @font-face rules, the links that load them early, and
# the widths of their letters. It needs npm and Python 3, and gives the same bytes on every machine.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for package in @fontsource-variable/source-serif-4@5.3.1 @fontsource-variable/source-sans-3@5.3.1 @fontsource/tinos@5.2.6 @fontsource/arimo@5.2.8; do
  npm pack --silent --pack-destination "$work" "$package" >/dev/null
done
for archive in "$work"/*.tgz; do tar -xzf "$archive" -C "$work" --one-top-level="$(basename "$archive" .tgz)"; done
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet fonttools==4.60.1 brotli==1.1.0
SOURCE_DATE_EPOCH=0 "$work/venv/bin/python" make.py "$work"
