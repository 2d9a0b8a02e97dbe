# SIGKILL at 50 random moments: run again, the same bytes as an undisturbed run, and nothing on record is asked again.

load fake.bash

teardown() { stop_fake; }

# What is on record, as the server logs it: "method name=value …" or "/HOST/path", a line each, sorted.
on_record() {
	local whole=1
	zcat "$1/evidence/api.warc.gz" >"$BATS_TEST_TMPDIR/warc" 2>/dev/null || whole=0 # the record at its end is torn
	node -e '
		const whole = process.argv[1] === "1", lines = require("fs").readFileSync(process.argv[2], "latin1").split(/\r?\n/), out = [];
		for (const l of lines) {
			const m = l.match(/^WARC-Target-URI: <?(\S+?)>?$/);
			if (!m) continue;
			const u = new URL(m[1]), q = [...u.searchParams].filter(p => !["method", "extras"].includes(p[0]));
			const method = u.searchParams.get("method");
			out.push(method ? [method, ...q.map(p => p[0] + "=" + p[1]).sort()].join(" ") : "/" + u.host + u.pathname);
		}
		if (!whole) out.pop();
		console.log(out.join("\n"));
	' "$whole" "$BATS_TEST_TMPDIR/warc" | LC_ALL=C sort -u
}
# The log without its status words.
requests() { asked | cut -d' ' -f3- | LC_ALL=C sort -u; }

@test "killed at 50 random moments" {
	sed "s/^generate photos 30/generate photos 14/" tests/cli/small.world >"$BATS_TEST_TMPDIR/world"
	start_fake "$BATS_TEST_TMPDIR/world" --latency 3
	STREAM=https://www.flickr.com/photos/10000001@N01/
	make_lifeboat "$BATS_TEST_TMPDIR/calm" "$STREAM"
	[ "$status" = 0 ]
	want=$(tree_digest "$BATS_TEST_TMPDIR/calm/lifeboat")
	# the comparison below can find something: all that is on record now was asked, in the same words
	[ "$(on_record "$BATS_TEST_TMPDIR/calm" | wc -l)" -gt 100 ]
	[ -z "$(on_record "$BATS_TEST_TMPDIR/calm" | LC_ALL=C comm -23 - <(requests))" ]
	start=$(date +%s%N)
	make_lifeboat "$BATS_TEST_TMPDIR/timed" "$STREAM"
	whole=$((($(date +%s%N) - start) / 1000000))
	kills=0 finished=0 round=0
	RANDOM=${LIFEBOAT_TEST_SEED:-$(date +%N | sed 's/^0*//')}
	echo "a whole run takes $whole ms"
	while [ $kills -lt 50 ]; do
		round=$((round + 1))
		W=$BATS_TEST_TMPDIR/work-$round
		while :; do
			on_record "$W" >"$BATS_TEST_TMPDIR/known"
			control reset=1 >/dev/null
			control latency=3 >/dev/null
			"$LIFEBOAT" create -q --progress=none --rate 1000000 --title Test "${ALL[@]}" -o "$W" "$STREAM" >"$BATS_TEST_TMPDIR/out" 2>&1 3>&- &
			pid=$!
			# a random part of a whole run; every third time, one near its end, where the package is built
			ms=$((RANDOM % (whole * 3 / 4)))
			[ $((kills % 3)) = 0 ] && ms=$((whole / 2 + RANDOM % (whole / 2)))
			sleep "$(printf '%d.%03d' $((ms / 1000)) $((ms % 1000)))"
			kill -KILL $pid 2>/dev/null && killed=1 || killed=0
			wait $pid && rc=0 || rc=$?
			again=$(requests | LC_ALL=C comm -12 - "$BATS_TEST_TMPDIR/known" | grep -v '^$' || true)
			[ -z "$again" ] || { echo "asked again though on record: $again"; return 1; }
			[ $rc = 137 ] && kills=$((kills + 1))
			[ $rc = 0 ] && break
			[ $rc = 137 ] || { echo "exit $rc"; cat "$BATS_TEST_TMPDIR/out"; return 1; }
			# what is there under its final name is whole
			[ ! -d "$W/lifeboat" ] || "$LIFEBOAT" verify -q "$W" || return 1
			[ $kills -lt 50 ] || { make_lifeboat "$W" "$STREAM"; [ "$status" = 0 ]; break; }
		done
		finished=$((finished + 1))
		[ "$(tree_digest "$W/lifeboat")" = "$want" ] || { echo "other bytes after round $round"; diff -rq "$W/lifeboat" "$BATS_TEST_TMPDIR/calm/lifeboat"; return 1; }
		rm -rf "$W"
	done
	echo "$kills kills, $finished lifeboats"
}
