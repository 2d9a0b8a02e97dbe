#!/bin/sh
# The second reader (spec/reader) beside the program: the sample lifeboat, and what is left of it when it is damaged.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sh samples/demo.sh "$LIFEBOAT" "$work/demo" >"$work/log" 2>&1
sh spec/reader/compare.sh "$LIFEBOAT" "$work/demo/harbour/lifeboat"
