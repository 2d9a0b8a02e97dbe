#!/bin/sh
# Makes the packages that the browser tests look at, and runs them: the sample lifeboat in a folder with an awkward name,
# pages full of hostile text, and one with rules, withheld photographs and everything that surrounds photographs.
set -eu
BUILD=${BUILD:-build/release}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
odd="$work/My #1 lifeboat 50% - é? (副本) & co"
mkdir "$odd"
xargs "$BUILD/lifeboat" create -q --progress=none -o "$odd" --replay samples/harbour.warc.gz <samples/harbour.urls >"$work/log" 2>&1 || [ $? = 123 ]
[ -f "$odd/lifeboat/index.html" ] || { cat "$work/log"; exit 1; }
LIFEBOAT_KEEP_PAGES="$work/hostile" CK_FORK=no "$BUILD/tests/unit/viewer_pages" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
LIFEBOAT_KEEP_RECORDS="$work/records" CK_FORK=no CK_RUN_CASE=records "$BUILD/tests/unit/viewer_records" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
node tests/browser/run.mjs "$odd/lifeboat" "$work/hostile" "$work/records"
