# The frame of the command line: help, options, errors, exit codes, JSON, signals, completion. Needs no network and no package.

setup() {
	LIFEBOAT="${LIFEBOAT:-$PWD/build/release/lifeboat}"
	WORK="$(mktemp -d)"
	export XDG_DATA_HOME="$WORK/data" XDG_CONFIG_HOME="$WORK/config" HOME="$WORK"
	unset LIFEBOAT_INDEX LIFEBOAT_API_KEY NO_COLOR
}

teardown() {
	rm -rf "$WORK"
}

# run_split ARGS…: exit code in $status, standard output in $out, standard error in $err
run_split() {
	status=0
	"$LIFEBOAT" "$@" >"$WORK/out" 2>"$WORK/err" </dev/null || status=$?
	out="$(cat "$WORK/out")"
	err="$(cat "$WORK/err")"
}

commands="create plan gather build pack unpack verify info list index convert url flickr help version completion"

@test "called with nothing: a dozen lines on standard output" {
	run_split
	[ "$status" -eq 0 ]
	[ -z "$err" ]
	[ "$(wc -l <"$WORK/out")" -le 13 ]
	[[ "$out" == *"lifeboat help"* ]]
}

@test "every command explains itself in 80 columns, with examples and exit codes" {
	for c in $commands; do
		run_split help "$c"
		[ "$status" -eq 0 ]
		[ -z "$err" ]
		[ "$(head -n 1 "$WORK/out" | cut -d' ' -f1-3)" = "usage: lifeboat $c" ]
		grep -q '^examples:' "$WORK/out"
		grep -q '^exit codes:' "$WORK/out"
		[ "$(awk 'length > 80' "$WORK/out" | wc -l)" -eq 0 ]
		cp "$WORK/out" "$WORK/first"
		run_split "$c" --help
		[ "$status" -eq 0 ]
		cmp "$WORK/first" "$WORK/out"
		run_split -h "$c"
		cmp "$WORK/first" "$WORK/out"
	done
}

@test "help lists every command" {
	run_split help
	[ "$status" -eq 0 ]
	for c in $commands; do grep -q "^  $c " "$WORK/out"; done
	[ "$(awk 'length > 80' "$WORK/out" | wc -l)" -eq 0 ]
}

@test "the manual page has every command and passes mandoc" {
	run_split help --man
	[ "$status" -eq 0 ]
	for c in $commands; do grep -q "^\.Ss lifeboat $c$" "$WORK/out"; done
	command -v mandoc >/dev/null || skip "no mandoc"
	cp "$WORK/out" "$BATS_TEST_TMPDIR/lifeboat.1" # mandoc compares names of files with the section
	(cd "$BATS_TEST_TMPDIR" && mandoc -T lint lifeboat.1) >"$WORK/lint" 2>&1 || true
	run cat "$WORK/lint"
	echo "$output"
	[ -z "$output" ]
}

@test "version, in words and in JSON" {
	run_split version
	[[ "$out" == "lifeboat "*" (format 1.0)" ]]
	words="$out"
	run_split --version
	[ "$out" = "$words" ]
	run_split version --json
	[[ "$out" == '{"type":"summary","program":"lifeboat","version":"'* ]]
}

@test "mistyped commands and options are suggested" {
	run_split verfy x
	[ "$status" -eq 2 ]
	[ -z "$out" ]
	[ "$err" = 'lifeboat: unknown command "verfy"
hint: did you mean "verify"?' ]
	run_split create --titel x u
	[ "$status" -eq 2 ]
	[[ "$err" == *'did you mean "--title"?'* ]]
	run_split help lsit
	[ "$status" -eq 2 ]
	[[ "$err" == *'did you mean "list"?'* ]]
	run_split completely-different
	[ "$status" -eq 2 ]
	[[ "$err" != *"did you mean"* ]]
}

@test "wrong usage is exit 2 with nothing on standard output" {
	while read -r line; do
		# shellcheck disable=SC2086
		run_split $line
		[ "$status" -eq 2 ] || { echo "lifeboat $line: $status"; false; }
		[ -z "$out" ]
		[[ "$err" == "lifeboat: "* ]]
	done <<-END
		verify
		pack
		pack a b
		version x
		version --json=yes
		version -x
		version --jso
		create --rate 0 u
		create --rate 1x u
		create --rate
		create --title= u
		--progress=fast version
		--output x create
		index
		index frob
		index add
		index list x
		completion tcsh
		create https://www.flickr.com/photos/x/1
	END
}

@test "global options stand before or after the command; -- ends options" {
	run_split --json version
	[[ "$out" == '{"type":"summary"'* ]]
	run_split -qv version
	[ "$status" -eq 0 ]
	run_split --progress=plain version
	[ "$status" -eq 0 ]
	run_split --progress plain version
	[ "$status" -eq 0 ]
	run_split verify -- --json
	[ "$status" -eq 5 ]
	[ "$err" = 'lifeboat: "--json" is not there' ]
}

@test "errors in JSON are the last line of standard output" {
	run_split --json verify "$WORK/missing"
	[ "$status" -eq 5 ]
	[ -z "$err" ]
	[[ "$out" == '{"type":"error","error":"not_found","exit":5,"message":"'* ]]
	run_split verify --bogus --json
	[ "$status" -eq 2 ]
	[[ "$out" == '{"type":"error","error":"usage","exit":2,'* ]]
	run_split frobnicate --json
	[[ "$out" == '{"type":"error","error":"usage","exit":2,'* ]]
}

@test "what is not a lifeboat is exit 5" {
	echo text >"$WORK/text"
	mkdir "$WORK/folder"
	for c in verify info list pack; do
		run_split "$c" "$WORK/text"
		[ "$status" -eq 5 ] || { echo "$c text: $status"; false; }
		run_split "$c" "$WORK/folder"
		[ "$status" -eq 5 ] || { echo "$c folder: $status"; false; }
		run_split "$c" "$WORK/missing"
		[ "$status" -eq 5 ] || { echo "$c missing: $status"; false; }
	done
	run_split unpack "$WORK/text"
	[ "$status" -eq 5 ]
	run_split unpack "$WORK/folder"
	[ "$status" -eq 2 ]
}

@test "a working folder without a package says what to do" {
	mkdir "$WORK/album"
	echo '{}' >"$WORK/album/plan.json"
	run_split info "$WORK/album"
	[ "$status" -eq 5 ]
	[[ "$err" == *"hint: \`lifeboat build $WORK/album\` makes it"* ]]
}

@test "a bag that is broken is exit 4" {
	mkdir -p "$WORK/bag/data"
	printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' >"$WORK/bag/bagit.txt"
	printf 'x' >"$WORK/bag/data/a"
	printf '%064d  data/a\n' 0 >"$WORK/bag/manifest-sha256.txt"
	run_split verify "$WORK/bag"
	[ "$status" -eq 4 ]
	grep -q '^error BAG-[0-9]* data/a: ' "$WORK/out"
	[[ "$(tail -n 1 "$WORK/out")" == "not valid: 1 error, "* ]]
	run_split verify --json "$WORK/bag"
	[ "$status" -eq 4 ]
	grep -q '^{"type":"finding","rule":"BAG-[0-9]*","severity":"error","path":"data/a","message":"' "$WORK/out"
	tail -n 1 "$WORK/out" | grep -q '^{"type":"summary","path":".*","profile":"bagit","valid":false,"files":.*,"bytes":.*,"errors":1,"warnings":.*,"seconds":'
	(cd "$WORK/bag" && sha256sum data/a >manifest-sha256.txt)
	run_split verify "$WORK/bag"
	[ "$status" -eq 0 ]
	printf '%064d  data/a\n' 0 >"$WORK/bag/manifest-sha256.txt"
	run_split verify "$WORK/bag" "$WORK/missing"
	[ "$status" -eq 4 ]
}

@test "terminal escapes in names are shown, not sent" {
	run_split verify "$WORK/$(printf '\033[31m')"
	[ "$status" -eq 5 ]
	[[ "$err" == *'\x1b[31m'* ]]
	[[ "$err" != *$'\033'* ]]
	mkdir -p "$WORK/bag/data"
	printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' >"$WORK/bag/bagit.txt"
	: >"$WORK/bag/manifest-sha256.txt"
	printf 'x' >"$WORK/bag/data/$(printf 'a\033]0;owned\007')"
	run_split verify "$WORK/bag"
	[ "$status" -eq 4 ]
	[[ "$out" != *$'\033'* ]]
}

@test "colours only when asked for" {
	mkdir "$WORK/bag"
	printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' >"$WORK/bag/bagit.txt"
	run_split verify "$WORK/bag"
	[[ "$out$err" != *$'\033'* ]]
	run_split --color=always verify "$WORK/bag"
	[[ "$out" == *$'\033[31m'* ]]
	NO_COLOR=1 run_split --color=auto verify "$WORK/bag"
	[[ "$out$err" != *$'\033'* ]]
}

@test "output that does not arrive is a failure" {
	[ -w /dev/full ] || skip "no /dev/full"
	run bash -c '"$1" help >/dev/full' - "$LIFEBOAT"
	[ "$status" -eq 1 ]
	[[ "$output" == *"cannot write to standard output"* ]]
	run bash -c '"$1" version >&-' - "$LIFEBOAT"
	[ "$status" -eq 1 ]
}

@test "a closed standard error does not end up in a file" {
	mkdir "$WORK/bag"
	printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' >"$WORK/bag/bagit.txt"
	cp -r "$WORK/bag" "$WORK/same"
	run bash -c '"$1" -v verify "$2" 2>&- >/dev/null' - "$LIFEBOAT" "$WORK/bag"
	[ "$status" -eq 4 ]
	diff -r "$WORK/bag" "$WORK/same"
}

@test "interrupted: exit 130, and the command that resumes" {
	mkfifo "$WORK/pipe"
	exec 8<>"$WORK/pipe"
	"$LIFEBOAT" create - -o "$WORK/a b" --replay "$WORK/none.warc.gz" <"$WORK/pipe" 2>"$WORK/err" 8>&- &
	pid=$!
	for _ in $(seq 100); do # until it catches SIGTERM (15)
		caught="$(sed -n 's/^SigCgt:[[:space:]]*//p' "/proc/$pid/status")"
		((0x${caught:-0} & 1 << 14)) && break
		sleep 0.1
	done
	kill -TERM "$pid"
	(sleep 20 && kill -KILL "$pid") 3>&- 8>&- &
	status=0
	wait "$pid" || status=$?
	kill $! # the one that would have killed it
	exec 8>&-
	[ "$status" -eq 130 ]
	grep -q '^lifeboat: interrupted$' "$WORK/err"
	grep -qF "hint: to resume: $LIFEBOAT create - -o '$WORK/a b' --replay $WORK/none.warc.gz" "$WORK/err"
}

@test "url: a line for each, in order; exit 1 when one is not understood" {
	run_split url --json https://www.flickr.com/photos/bob/123/ https://example.org/
	[ "$status" -eq 1 ]
	[ "$(sed -n 1p "$WORK/out")" = '{"url":"https://www.flickr.com/photos/bob/123/","type":"single_photo","photo_id":"123","user_url":"https://www.flickr.com/photos/bob/","user_id":null}' ]
	[ "$(sed -n 2p "$WORK/out")" = '{"url":"https://example.org/","error":"not_a_flickr_url"}' ]
	[ "$(sed -n 3p "$WORK/out")" = '{"type":"summary","urls":2,"understood":1}' ]
	run bash -c 'printf "%s\n\n  %s \n" https://www.flickr.com/photos/bob/1 https://www.flickr.com/photos/bob/2 | "$1" url -' - "$LIFEBOAT"
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 2 ]
}

@test "index: none yet, nothing found, not a query" {
	run_split index list
	[ "$status" -eq 5 ]
	[[ "$err" == *"lifeboat/index.sqlite"* ]]
	run_split index add "$WORK/missing"
	[ "$status" -eq 5 ]
	run_split index list
	[ "$status" -eq 0 ]
	[ -f "$XDG_DATA_HOME/lifeboat/index.sqlite" ]
	run_split index find 123
	[ "$status" -eq 5 ]
	run_split index find --json https://www.flickr.com/photos/bob/123
	[ "$status" -eq 5 ]
	[ "$out" = '{"type":"summary","queries":1,"found":0,"hits":0}' ]
	run_split index find https://www.flickr.com/photos/bob/
	[ "$status" -eq 2 ]
	LIFEBOAT_INDEX="$WORK/other.sqlite" run_split index list
	[ "$status" -eq 5 ]
	run_split index list --db "$WORK/other.sqlite"
	[ "$status" -eq 5 ]
}

@test "completion: bash completes commands, options, values and words" {
	run_split completion bash
	[ "$status" -eq 0 ]
	complete_words() {
		bash -c 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _lifeboat; echo "${COMPREPLY[*]}"' - "$WORK/out" "$@"
	}
	[ "$(complete_words lifeboat ve)" = "verify version" ]
	[ "$(complete_words lifeboat create --ti)" = "--title" ]
	[ "$(complete_words lifeboat --progress = p)" = "plain" ]
	[ "$(complete_words lifeboat --progress plain unp)" = "unpack" ]
	[ "$(complete_words lifeboat index f)" = "find" ]
	[ "$(complete_words lifeboat help unp)" = "unpack" ]
	[ "$(complete_words lifeboat completion '')" = "bash zsh fish" ]
}

@test "completion: the scripts for zsh and fish are sound" {
	for shell in zsh fish; do
		run_split completion "$shell"
		[ "$status" -eq 0 ]
		for c in $commands; do grep -q "$c" "$WORK/out"; done
		if command -v "$shell" >/dev/null; then "$shell" -n "$WORK/out"; fi
	done
}
