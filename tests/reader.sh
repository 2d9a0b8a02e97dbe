#!/bin/sh
# The second reader (spec/reader) beside the program: the sample lifeboat in every form, one of another policy, one converted; and damaged copies.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sh samples/demo.sh "$LIFEBOAT" "$work/demo" >"$work/log" 2>&1
"$LIFEBOAT" pack -q "$work/demo/harbour" -o "$work/harbour.tar" >>"$work/log" 2>&1
xargs "$LIFEBOAT" create -q -o "$work/rescue" --replay samples/harbour.warc.gz --policy rescue --agree --pseudonymise commenters \
	<samples/harbour.urls >>"$work/log" 2>&1 || [ $? = 123 ]
"$LIFEBOAT" convert "$work/demo/harbour/lifeboat/data" -o "$work/converted" >>"$work/log" 2>&1 || [ $? = 3 ]
sh spec/reader/compare.sh "$LIFEBOAT" "$work/demo/harbour/lifeboat" "$work/demo/harbour.zip" "$work/harbour.tar" "$work/rescue/lifeboat" "$work/converted"
