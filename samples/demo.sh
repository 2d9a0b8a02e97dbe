#!/bin/sh
# The demo: a lifeboat from the sample recording, verified and packed. No network, no key. `make demo` calls it.
set -eu
lifeboat=$1 # the program
out=$2      # a folder to make
here=$(dirname "$0")

rm -rf "$out"
mkdir -p "$out"
rc=0
xargs "$lifeboat" create -o "$out/harbour" --replay "$here/harbour.warc.gz" \
	--title "The harbour, by those who live there" \
	--purpose "To show what a Data Lifeboat is: photographs with the voices around them, kept together." \
	--future "Every photograph, name and word in here was invented for this sample. Nobody needs to be asked." \
	--maker "The lifeboat project" <"$here/harbour.urls" || rc=$?
# xargs reports any failing command as 123: the gaps of this collection (a private photo, refused layers) are exit code 3.
[ "$rc" = 0 ] || [ "$rc" = 123 ] || [ "$rc" = 3 ]
"$lifeboat" verify "$out/harbour"
"$lifeboat" pack "$out/harbour" -o "$out/harbour.zip"
"$lifeboat" verify "$out/harbour.zip"
echo
echo "Double-click:  $PWD/$out/harbour/lifeboat/index.html"
echo "Packed:        $PWD/$out/harbour.zip"
