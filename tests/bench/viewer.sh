#!/bin/bash
# The viewer beside its budgets: writing its data, and using it in Chromium and Firefox from file://. Not part of `make check`.
#   SIZES="100 10000 100000 1000000"  photos    KEEP=1  keep the collections (some GB) in build/bench-viewer
# Figures: build/bench-viewer/results.json.
set -eu
BUILD=${BUILD:-build/release}
SIZES=${SIZES:-100 10000 100000 1000000}
work=build/bench-viewer
mkdir -p "$work"
clean() { [ -n "${KEEP:-}" ] || for n in $SIZES; do rm -rf "${work:?}/$n"; done; }
trap clean EXIT
for n in $SIZES; do
	rm -rf "${work:?}/$n"
	mkdir -p "$work/$n"
	"$BUILD/bench-viewer" "$n" >"$work/$n/alone.json"
	"$BUILD/bench-viewer" "$n" "$work/$n" >"$work/$n/made.json"
done
# shellcheck disable=SC2086
node tests/bench/viewer.mjs "$work" $SIZES
