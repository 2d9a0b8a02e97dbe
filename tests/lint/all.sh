#!/bin/sh
# The lints: each prints what is wrong and where; the last line is "N passed, N failed".
cd "$(dirname "$0")/../.." || exit 2
passed=0 failed=0
sources() { find format viewer lifeboat -name '*.[ch]' | sort; }
lint() {
	name=$1
	out=$("$2" 2>&1)
	if [ -z "$out" ]; then passed=$((passed + 1)); return; fi
	failed=$((failed + 1))
	printf '%s\n' "$out" | sed "s/^/lint $name: /"
}

# An include may run down the layers only.
layers() {
	for f in $(sources); do
		d=$(dirname "$f")
		allowed=" $d $(sed -n "s#^$d:##p" tests/lint/layers.txt) "
		grep -q "^$d:" tests/lint/layers.txt || echo "$f: folder $d is not in layers.txt"
		for inc in $(sed -n 's/^#include "\(.*\)\/[^/]*"/\1/p' "$f" | sort -u); do
			case "$allowed" in *" $inc "*) ;; *) echo "$f: may not include $inc" ;; esac
		done
	done
}
# Each third-party header stays where the architecture put it.
fences() {
	grep -v '^#' tests/lint/fences.txt | while read -r header places; do
		for f in $(grep -l "^#include <$header" $(sources)); do
			inside=0
			for p in $places; do case "$f" in "$p"*) inside=1 ;; esac; done
			[ $inside = 1 ] || echo "$f: <$header…> belongs to $places"
		done
	done
}
banned() {
	grep -v '^#' tests/lint/banned.txt | while read -r call instead; do
		grep -nE "(^|[^a-z_A-Z0-9.>])$call\(" $(sources) | sed "s/\$/   [use $instead]/"
	done
}
# The library never prints, exits or reads the environment.
silent() { grep -nE '(^|[^a-z_A-Z0-9])(printf|puts|putchar|perror|exit|_exit|getenv)\(' $(sources | grep '^format/'); }
headers() {
	flags=$(pkg-config --cflags libxml-2.0 2>/dev/null)
	for h in $(sources | grep '\.h$'); do
		# shellcheck disable=SC2086
		${CC:-cc} -I. -D_GNU_SOURCE -std=gnu11 -Wall -Wextra -Werror -Wno-unused-function $flags -fsyntax-only -x c "$h" || echo "$h: does not stand alone"
	done
}
# A function that a reader cannot hold in mind. The body of a function begins and ends in column 1.
functions() {
	for f in $(sources | grep '\.c$'); do
		awk -v f="$f" '/^\{/ { start = NR } /^\}/ { if (start && NR - start > 60) print f ":" start ": function of " NR - start " lines"; start = 0 }' "$f"
	done
}
files() { wc -l $(sources | grep '\.c$') | awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines" }'; }
# Nothing unfinished, and nothing of one person's machine.
unfinished() { git grep -nwE 'TODO|FIXME|XXX|HACK' -- format viewer lifeboat spec README.md Makefile 2>/dev/null; }
# What verify finds, what the chapters require and what the cases prove is the same list. `python3 tests/lint/rules.py uncited` is
# the whole of what no chapter cites yet.
rules() { python3 tests/lint/rules.py "$1"; }
rule_cases() { rules cases; }
rule_cited() { rules cited; }
rule_unknown() { rules unknown; }
rule_unproved() { rules unproved; }
# All languages of the viewer say the same, and the script asks for nothing else.
words() { node tests/lint/words.mjs; }

lint layers layers
lint fences fences
lint banned banned
lint silent silent
lint headers headers
lint functions functions
lint files files
lint unfinished unfinished
lint cases rule_cases
lint cited rule_cited
lint unknown rule_unknown
lint unproved rule_unproved
lint words words
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
