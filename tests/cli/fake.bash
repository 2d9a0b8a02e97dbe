# For bats files that need a fake Flickr: start_fake WORLD [OPTION…], control QUERY, asked (what was asked, a line each),
# calls METHOD (how often).

: "${LIFEBOAT:=$PWD/build/release/lifeboat}" "${FAKE_FLICKR:=$PWD/build/release/fake-flickr}"

start_fake() {
	"$FAKE_FLICKR" --world "$@" >"$BATS_TEST_TMPDIR/port" 2>"$BATS_TEST_TMPDIR/fake.log" 3>&- </dev/null &
	FAKE_PID=$!
	for _ in $(seq 600); do grep -q '^PORT' "$BATS_TEST_TMPDIR/port" && break; sleep 0.05; done
	grep -q "^PORT" "$BATS_TEST_TMPDIR/port" || { cat "$BATS_TEST_TMPDIR/fake.log"; return 1; }
	LIFEBOAT_TEST_SERVER=http://127.0.0.1:$(sed -n 's/^PORT //p' "$BATS_TEST_TMPDIR/port")
	export LIFEBOAT_TEST_SERVER LIFEBOAT_API_KEY=0123456789abcdef0123456789abcdef LIFEBOAT_TEST_CLOCK=2026-01-01T00:00:00Z
	export LIFEBOAT_TEST_RETRY_MS=5 LIFEBOAT_TEST_TIMEOUT=20
	# no test waits for the calls of another, or finds somebody's credentials
	export XDG_STATE_HOME=$BATS_TEST_TMPDIR/state XDG_CONFIG_HOME=$BATS_TEST_TMPDIR/config
	unset LIFEBOAT_API_SECRET
}
stop_fake() { [ -z "${FAKE_PID:-}" ] || { kill "$FAKE_PID" && wait "$FAKE_PID" || true; } 2>/dev/null; FAKE_PID=; }
control() { curl -sS --noproxy '*' "$LIFEBOAT_TEST_SERVER/control?$1"; }
asked() { control log=1; }
calls() { control calls=1 | awk -v m="flickr.$1" '$1 == m { n = $2 } END { print n + 0 }'; }
api_calls() { control calls=1 | awk '{ n += $2 } END { print n + 0 }'; }
# Until so many calls were made, or half a minute has passed: what a slow machine needs before a run can be interrupted.
wait_for_calls() { for _ in $(seq 600); do [ "$(api_calls)" -ge "$1" ] && return; sleep 0.05; done; }
# One more line about a photo: edit KEY LINE.
edit() { curl -sS --noproxy '*' -G --data-urlencode "photo=$1" --data-urlencode "line=$2" "$LIFEBOAT_TEST_SERVER/control"; }
# Bytes of a whole folder, as one digest.
tree_digest() { (cd "$1" && find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -d' ' -f1); }
# All that can be seen: the default policy leaves stubs of what has no open licence.
ALL=(--policy rescue --agree)
make_lifeboat() { run "$LIFEBOAT" create -q --progress=none --rate 1000000 --title Test "${ALL[@]}" -o "$@"; }
listed() { "$LIFEBOAT" list --json "$1" | sed -n 's/.*"type":"photo","id":"\([0-9]*\)".*/\1/p'; }
thing() { control world=1 | awk -v k="$1" -v n="$2" -v f="$3" '$1 == k && $2 == n { print $f }'; } # KIND KEY FIELD
id_of() { thing photo "$1" 3; }
# The gaps of a lifeboat: "subject layer kind code", a line each.
gaps() {
	[ -f "$1/lifeboat/data/metadata/missing.js" ] || return 0
	node -e '
		const text = require("fs").readFileSync(process.argv[1] + "/lifeboat/data/metadata/missing.js", "utf8");
		for (const g of JSON.parse(text.replace(/^const missing = /, "").replace(/;\s*$/, ""))) console.log([g.subject, g.layer, g.kind, g.code].join(" "));
	' "$1"
}
