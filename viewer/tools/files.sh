#!/bin/sh
# files.sh DIR: DIR has the joined scripts. Tells the program which files of the viewer it takes in (viewer/assets.c), on standard output.
embed() { printf 'EMBED(%s, "%s")\nASSET(%s, "%s")\n' "$1" "$2" "$1" "$3"; }
printf 'EMBED(shell, "viewer/assets/viewer.html")\n'
embed script "$1/viewer.js" viewer.js
embed views "$1/views.js" views.js
for f in viewer/assets/*.css viewer/assets/*.js; do
	[ ! -f "$f" ] || embed "asset_$(basename "$f" | tr .- __)" "$f" "$(basename "$f")"
done
for f in viewer/words/*.js; do
	embed "words_$(basename "$f" .js | tr .- __)" "$f" "words/$(basename "$f")"
done
