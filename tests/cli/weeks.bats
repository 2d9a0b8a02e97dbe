# Runs that last: cut, paused, throttled, starved, and taken up again.

load fake.bash

setup() {
	start_fake tests/cli/small.world
	STREAM=https://www.flickr.com/photos/10000001@N01/
	W=$BATS_TEST_TMPDIR/work
}
teardown() { stop_fake; }

run_with() { # OPTION… in the background: its id is $pid
	env --default-signal=INT "$LIFEBOAT" create --progress=none --title Test "${ALL[@]}" "$@" "$STREAM" >"$BATS_TEST_TMPDIR/out" 2>&1 3>&- &
	pid=$!
}
ended() { wait "$pid" && rc=0 || rc=$?; }
complete() {
	[ "$status" = 0 ] || { echo "exit $status: $output"; gaps "$W"; return 1; }
	[ -z "$(gaps "$W")" ]
	"$LIFEBOAT" verify -q "$W"
	[ "$(listed "$W" | wc -l)" = 32 ]
}
# What was answered well and yet asked again; addresses of redirects and page 1 of a list, which is read again on purpose, apart.
twice() { asked | grep ' ok ' | cut -d' ' -f3- | LC_ALL=C sort | uniq -d; }

@test "nothing is asked twice, in one run or in the next" {
	make_lifeboat "$W" "$STREAM"
	complete
	[ -z "$(twice)" ] || { twice; return 1; }
	before=$(api_calls)
	make_lifeboat "$W"
	[ "$(api_calls)" = "$before" ]
}

@test "--until: stops in time, says how to go on, and goes on" {
	control latency=100
	unset LIFEBOAT_TEST_CLOCK
	start=$(date +%s)
	run_with --rate 1000000 --until "$(date -u -d '+3 seconds' +%Y-%m-%dT%H:%M:%SZ)" -o "$W"
	ended
	[ "$rc" = 130 ] || { cat "$BATS_TEST_TMPDIR/out"; echo "exit $rc"; return 1; }
	[ $(($(date +%s) - start)) -le 30 ]
	grep -q "lifeboat create" "$BATS_TEST_TMPDIR/out"
	[ "$(api_calls)" -gt 10 ]
	control latency=0
	make_lifeboat "$W" "$STREAM"
	complete
	# what was under way had two seconds to land: enough for answers, not always for pictures that are still being drawn
	again=$(twice | grep -v staticflickr || true)
	[ -z "$again" ] || { echo "$again"; return 1; }
	[ "$(twice | wc -l)" -le 8 ]
	run "$LIFEBOAT" create -q --until 2020-01-01T00:00:00Z -o "$W"
	[ "$status" = 2 ]
	run "$LIFEBOAT" create -q --until soon -o "$W"
	[ "$status" = 2 ]
}

@test "SIGTERM and SIGINT while waiting for the hour to pass: at once, and resumed" {
	for signal in TERM INT; do
		rm -rf "$W" "$XDG_STATE_HOME"
		control forget=1
		run_with --rate 12 -o "$W"
		wait_for_calls 12
		sleep 0.3
		[ "$(api_calls)" = 12 ]
		start=$(date +%s%N)
		kill -$signal $pid
		ended
		[ $((($(date +%s%N) - start) / 1000000)) -lt 15000 ] # not the minutes that the limit would take
		[ "$rc" = 130 ] || { cat "$BATS_TEST_TMPDIR/out"; echo "$signal: exit $rc"; return 1; }
		grep -q "lifeboat create" "$BATS_TEST_TMPDIR/out"
	done
	rm -rf "$XDG_STATE_HOME"
	make_lifeboat "$W"
	complete
	[ -z "$(twice)" ] || { twice; return 1; }
}

@test "two runs on one key share the hour" {
	run_with --rate 30 -o "$W"
	first=$pid
	run_with --rate 30 -o "$W.b"
	second=$pid
	wait_for_calls 30
	sleep 1
	n=$(api_calls)
	kill -TERM $first $second
	wait $first || true
	wait $second || true
	[ "$n" = 30 ] || { echo "$n calls"; return 1; }
	# what one run has used up, a later one has not
	run_with --rate 30 -o "$W.c"
	sleep 0.7
	kill -TERM $pid
	ended
	[ "$(api_calls)" = 30 ]
	# another key has an hour of its own
	LIFEBOAT_API_KEY=00000000000000000000000000000000 run_with --rate 30 -o "$W.d"
	wait_for_calls 60
	kill -TERM $pid
	ended
	[ "$(api_calls)" = 60 ]
	[ -z "$(grep -rl "$LIFEBOAT_API_KEY" "$XDG_STATE_HOME")" ]
}

@test "--rescue: information and originals of all come before anything else, wherever the run is cut" {
	make_lifeboat "$W.calm" "$STREAM"
	lists=$(asked | grep -n getInfo | head -n 1 | cut -d: -f1) # calls before the first photo
	control forget=1
	rm -rf "$XDG_STATE_HOME"
	run_with --rescue --rate 1000000 -o "$W"
	ended
	[ "$rc" = 0 ] || { cat "$BATS_TEST_TMPDIR/out"; return 1; }
	last=$(asked | grep -n 'photos.getInfo\|_o\.jpg' | tail -n 1 | cut -d: -f1)
	first=$(asked | grep -n 'comments.getList\|getFavorites\|getAllContexts\|getListForPhoto\|people.getList' | head -n 1 | cut -d: -f1)
	[ "$first" -gt "$last" ] || { echo "a comment at $first, information or an original at $last"; return 1; }
	[ "$(tree_digest "$W/lifeboat")" = "$(tree_digest "$W.calm/lifeboat")" ]
	# cut by the hour's budget just after that
	rm -rf "$XDG_STATE_HOME"
	control forget=1
	run_with --rescue --rate "$(asked >/dev/null; echo $((lists + 32 + 5)))" -o "$W.cut"
	wait_for_calls $((lists + 32 + 5))
	sleep 1
	kill -KILL $pid
	ended
	run "$LIFEBOAT" build -q "$W.cut"
	[ "$status" = 3 ]
	"$LIFEBOAT" verify -q "$W.cut"
	[ "$(listed "$W.cut" | wc -l)" = 32 ]
	[ "$(ls "$W.cut/lifeboat/data/media/originals" | wc -l)" = 32 ]
	rm -rf "$XDG_STATE_HOME"
	make_lifeboat "$W.cut"
	[ "$status" = 0 ]
	[ "$(tree_digest "$W.cut/lifeboat")" = "$(tree_digest "$W.calm/lifeboat")" ]
}

@test "a key that is taken away in mid-run: exit 6 and why; with a good one it goes on" {
	make_lifeboat "$W.calm" "$STREAM"
	control forget=1
	control latency=20
	run_with --rate 1000000 -o "$W"
	wait_for_calls 40
	control revoke=key
	ended
	[ "$rc" = 6 ] || { cat "$BATS_TEST_TMPDIR/out"; echo "exit $rc"; return 1; }
	[ "$(asked | grep -c err:100)" -le 8 ] # it does not go on trying
	control revoke=none
	control latency=0
	make_lifeboat "$W"
	complete
	[ "$(tree_digest "$W/lifeboat")" = "$(tree_digest "$W.calm/lifeboat")" ]
	[ -z "$(twice)" ] || { twice; return 1; }
}

@test "files that may not grow: stops cleanly, resumes" {
	make_lifeboat "$W.calm" "$STREAM"
	(
		ulimit -f 80 # times 1024 bytes: more than the count of calls takes, less than what is on record in the end
		"$LIFEBOAT" create -q --progress=none --rate 1000000 --title Test "${ALL[@]}" -o "$W" "$STREAM"
	) >"$BATS_TEST_TMPDIR/out" 2>&1 && rc=0 || rc=$?
	[ "$rc" = 1 ] || { cat "$BATS_TEST_TMPDIR/out"; echo "exit $rc"; return 1; }
	grep -q "cannot append to \"$W/evidence/api.warc.gz\": File too large" "$BATS_TEST_TMPDIR/out" || { cat "$BATS_TEST_TMPDIR/out"; return 1; }
	[ "$(asked | grep -c getInfo)" -gt 3 ] # it had come some way
	make_lifeboat "$W" "$STREAM"
	complete
	[ "$(tree_digest "$W/lifeboat")" = "$(tree_digest "$W.calm/lifeboat")" ]
}

@test "weather: one answer in a hundred spoilt in every way; nothing lost, nothing asked in vain" {
	make_lifeboat "$W.calm" "$STREAM"
	control reset=1
	for f in 429 500 code201 html reset cutoff truncate; do control "fault=$f&every=100&skip=$((RANDOM % 90))"; done
	for id in $(listed "$W.calm" | head -n 8); do control "fault=truncate&times=1&match=/${id}_"; done # pictures that look whole by their length
	LIFEBOAT_TEST_TRIES=15 make_lifeboat "$W" "$STREAM"
	complete
	[ "$(asked | grep -c fault:)" -ge 5 ]
	[ "$(asked | grep staticflickr | grep -c fault:truncate)" -ge 8 ]
	[ "$(tree_digest "$W/lifeboat")" = "$(tree_digest "$W.calm/lifeboat")" ]
	[ -z "$(twice)" ] || { twice; return 1; }
}

# ---- a later run ----------------------------------------------------------------------------------------------------------

update() { LIFEBOAT_TEST_CLOCK=$1 make_lifeboat "$W" --update "${@:2}"; }

@test "--update asks only what has changed" {
	make_lifeboat "$W" "$STREAM"
	complete
	control forget=1
	update 2026-02-01T00:00:00Z
	complete
	control calls=1 | awk '$2'
	[ "$(calls photos.getInfo)" = 0 ]
	[ "$(calls photos.comments.getList)" = 0 ]
	[ "$(asked | grep -c staticflickr)" = 0 ]
	[ "$(api_calls)" -le 8 ]
	edit first "comment bo 2026-01-15T00:00:00Z Said later"
	control forget=1
	update 2026-03-01T00:00:00Z
	complete
	[ "$(calls photos.getInfo)" = 1 ]
	[ "$(calls photos.comments.getList)" = 1 ]
	[ "$(asked | grep -c "photos.comments.getList photo_id=$(id_of first)")" = 1 ]
	[ "$(calls photos.getFavorites)" -le 1 ]
	[ "$(asked | grep -c staticflickr)" = 0 ]
	grep -rq "Said later" "$W/lifeboat/data/metadata"
	# likes do not move the date of the last change, but their number does
	edit first "faves bo"
	control forget=1
	update 2026-04-01T00:00:00Z
	complete
	[ "$(calls photos.getFavorites)" = 1 ]
	[ "$(calls photos.comments.getList)" = 0 ]
}

@test "--update finds new photos and keeps those that are gone" {
	make_lifeboat "$W" "$STREAM"
	complete
	gone=$(id_of first)
	stop_fake
	# `first` stays where it is, so that the ids of the others do; only nobody sees it any more
	sed 's/^  title The first/&\n  unlisted\n  state deleted/' tests/cli/small.world >"$BATS_TEST_TMPDIR/world"
	printf 'photo new\n  owner ann\n  title A new one\n  posted 2026-01-20T00:00:00Z\n  picture letter size=32x32\n' >>"$BATS_TEST_TMPDIR/world"
	start_fake "$BATS_TEST_TMPDIR/world"
	update 2026-02-01T00:00:00Z
	[ "$status" = 0 ] || [ "$status" = 3 ]
	"$LIFEBOAT" verify -q "$W"
	[ "$(listed "$W" | wc -l)" = 33 ]
	listed "$W" | grep -qx "$(id_of new)"
	listed "$W" | grep -qx "$gone"
	[ "$(calls photos.getInfo)" -le 2 ]
}

@test "a photo that is gone since is asked for once more, not by every run" {
	make_lifeboat "$W" "$STREAM"
	edit first "title Another one"
	control photo=first\&state=deleted
	update 2026-02-01T00:00:00Z
	make_lifeboat "$W"
	before=$(api_calls)
	make_lifeboat "$W"
	make_lifeboat "$W"
	[ "$(api_calls)" = "$before" ] || { asked | tail -n 5; return 1; }
	listed "$W" | grep -qx "$(id_of first)"
}

# ---- signed in ---------------------------------------------------------------------------------------------------------------

private_world() {
	stop_fake
	{ sed '/^generate/d' tests/cli/small.world
		printf 'account ann\ntoken ann tok-ann secret-of-ann\n'
		for kind in only-me friends family; do printf 'photo p-%s\n  owner ann\n  title For %s\n  %s\n  picture letter size=32x32\n' $kind $kind $kind; done
		printf 'photo risky\n  owner ann\n  title Risky\n  safety 2\n  picture letter size=32x32\n'; } >"$BATS_TEST_TMPDIR/world"
	start_fake "$BATS_TEST_TMPDIR/world"
	export LIFEBOAT_API_SECRET=fedcba9876543210
}
sign_in() {
	mkdir -p "$XDG_CONFIG_HOME/lifeboat"
	(umask 077; printf 'api_key = %s\ntoken = tok-ann\ntoken_secret = secret-of-ann\naccount_id = 10000001@N01\naccount_name = Ann\n' \
		"$LIFEBOAT_API_KEY" >"$XDG_CONFIG_HOME/lifeboat/credentials")
}

# All but the restricted one, which is named and withheld.
with_private() {
	[ "$status" = 3 ] || { echo "$status $output"; gaps "$W"; return 1; }
	[ "$(gaps "$W" | sed 's/ *$//')" = "photo $(id_of risky) photo withheld" ]
	[ "$("$LIFEBOAT" list --json "$W" | grep '"type":"photo"' | grep -c '"withheld":null')" = 5 ]
	for kind in only-me friends family; do grep -rq "For $kind" "$W/lifeboat/data/pages"; done
	[ -z "$(grep -rF "$(id_of risky)_" "$W/lifeboat/data/metadata")" ]
	"$LIFEBOAT" verify -q "$W"
}

@test "private photos: only signed in, and only when asked for" {
	private_world
	make_lifeboat "$W.out" --include-private "$STREAM"
	[ "$(listed "$W.out" | wc -l)" = 2 ]
	sign_in
	make_lifeboat "$W.in" "$STREAM"
	[ "$status" = 0 ] || [ "$status" = 3 ] || { echo "$output"; return 1; }
	for kind in only-me friends family; do
		[ -z "$(grep -rF "For $kind" "$W.in/lifeboat")" ]
		[ "$(asked | grep -c "staticflickr.com/65535/$(id_of p-$kind)_")" = 0 ]
	done
	make_lifeboat "$W" --include-private "$STREAM"
	with_private
	for kind in only-me friends family; do grep -rq "For $kind" "$W/lifeboat/data/pages"; done
	grep -rqi "friends" "$W/lifeboat/data/pages/"
	make_lifeboat "$W.risky" --include-private --safety restricted "$STREAM"
	listed "$W.risky" | grep -qx "$(id_of risky)"
	# no secret in any file of any folder
	for secret in tok-ann secret-of-ann fedcba9876543210 "$LIFEBOAT_API_KEY"; do
		[ -z "$(grep -rlaF "$secret" "$W" "$W.in" "$W.risky")" ] || { grep -rlaF "$secret" "$W"; return 1; }
		for f in $(find "$W" "$W.risky" -name '*.gz'); do [ -z "$(zcat "$f" | grep -aF "$secret")" ] || { echo "$secret in $f"; return 1; }; done
	done
}

@test "a token that is taken away in mid-run: exit 6, and no photo is taken for gone" {
	private_world
	sign_in
	control latency=40
	run_with --rate 1000000 --include-private -o "$W"
	wait_for_calls 8
	control revoke=token
	ended
	[ "$rc" = 6 ] || { cat "$BATS_TEST_TMPDIR/out"; echo "exit $rc"; return 1; }
	control revoke=none
	control latency=0
	make_lifeboat "$W" --include-private "$STREAM"
	with_private
}

@test "auth: out of band, read permission only, tokens for their owner's eyes" {
	private_world
	mkfifo "$BATS_TEST_TMPDIR/in"
	"$LIFEBOAT" auth <"$BATS_TEST_TMPDIR/in" >"$BATS_TEST_TMPDIR/out" 2>&1 3>&- &
	pid=$!
	exec 8>"$BATS_TEST_TMPDIR/in"
	for _ in $(seq 100); do grep -q authorize "$BATS_TEST_TMPDIR/out" && break; sleep 0.05; done
	grep -o 'https://www.flickr.com/services/oauth/authorize?[^ ]*' "$BATS_TEST_TMPDIR/out" | grep -q 'perms=read'
	control verifier=1 >&8
	exec 8>&-
	ended
	[ "$rc" = 0 ] || { cat "$BATS_TEST_TMPDIR/out"; echo "exit $rc"; return 1; }
	[ "$(stat -c %a "$XDG_CONFIG_HOME/lifeboat/credentials")" = 600 ]
	make_lifeboat "$W" --include-private "$STREAM"
	with_private
}
