#!/bin/sh
# The chapters of the format as HTML pages, as they travel in every package: `pages.sh OUT`. The Makefile calls it. OUT gets the
# pages and documentation.inc, a line for each file of data/documentation/, by which the library takes them in.
set -eu
here=$(dirname "$0")
out=$1
rm -rf "$out"
mkdir -p "$out"

title() { sed -n '1s/^# //p' "$1"; }
escaped() { sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'; }
head() { # title
	cat <<-END
		<!DOCTYPE html>
		<html lang="en">
		<head>
		<meta charset="utf-8">
		<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'">
		<meta name="referrer" content="no-referrer">
		<meta name="viewport" content="width=device-width, initial-scale=1">
		<meta name="color-scheme" content="light dark">
		<title>$1</title>
		<link rel="stylesheet" href="../viewer/style.css">
		</head>
		<body class="spec">
		<a class="skip" href="#content">Skip to the text</a>
		<header class="top">
		<p class="brand"><a href="index.html">The Data Lifeboat format, version 1.0</a></p>
		</header>
		<main id="content" tabindex="-1">
	END
}
foot() { # previous chapter, next chapter
	echo '</main>'
	echo '<footer class="bottom">'
	echo '<nav aria-label="Chapters">'
	echo '<ul>'
	[ -z "$1" ] || echo "<li><a rel=\"prev\" href=\"$(basename "$1" .md).html\">$(title "$1" | escaped)</a></li>"
	echo '<li><a href="index.html">Contents</a></li>'
	[ -z "$2" ] || echo "<li><a rel=\"next\" href=\"$(basename "$2" .md).html\">$(title "$2" | escaped)</a></li>"
	printf '</ul>\n</nav>\n</footer>\n</body>\n</html>\n'
}
# Headings get the anchors that links to them use.
anchors() {
	awk '/^<h[2-4]>/ { id = tolower($0); gsub(/<[^>]*>|&[a-z]*;/, "", id); gsub(/[^a-z0-9 _-]/, "", id); gsub(/ /, "-", id)
		if (seen[id]++) id = id "-" seen[id] - 1
		sub(/^<h[2-4]/, substr($0, 1, 3) " id=\"" id "\"") } { print }'
}
# Chapters that do not travel are named, not linked. Attributes that say nothing go.
body() {
	cmark-gfm --unsafe -e table --validate-utf8 "$1" |
		sed -e 's#href="\([0-9][0-9]-[a-z-]*\)\.md#href="\1.html#g' \
			-e 's#<a href="[a-z-]*\.md">\([^<]*\)</a>#\1#g' -e 's# />#>#g' -e 's#<\(/\?\)em>#<\1i>#g' \
			-e 's# class="language-[a-z]*"##g' -e 's#<a href="\(https\?://[^"]*\)">#<a class="out" rel="noopener noreferrer nofollow ugc" href="\1">#g' | anchors
}

previous=
set -- "$here"/[0-9][0-9]-*.md
while [ $# -gt 0 ]; do
	chapter=$1
	shift
	{
		head "$(title "$chapter" | escaped)"
		body "$chapter"
		foot "$previous" "${1:-}"
	} >"$out/$(basename "$chapter" .md).html"
	previous=$chapter
done
{
	head "The Data Lifeboat format, version 1.0"
	echo '<h1>The Data Lifeboat format, version 1.0</h1>'
	body "$here/contents.md"
	echo '<ol>'
	for chapter in "$here"/[0-9][0-9]-*.md; do
		echo "<li><a href=\"$(basename "$chapter" .md).html\">$(title "$chapter" | sed 's/^[0-9]*\. //' | escaped)</a></li>"
	done
	echo '</ol>'
	foot "" ""
} >"$out/index.html"

cp "$here"/*.xml "$here"/*.json "$out" 2>/dev/null || true
n=0
for file in "$out"/*.html "$out"/*.xml "$out"/*.json; do
	[ -e "$file" ] || continue
	n=$((n + 1))
	echo "DOCUMENT(document_$n, \"$(basename "$file")\", \"$file\")"
done >"$out/documentation.inc"
