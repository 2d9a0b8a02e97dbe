# The whole line against the fake Flickr: every fault ends in a complete lifeboat or in an exact list of gaps.

load fake.bash

setup() {
	start_fake tests/cli/small.world
	STREAM=https://www.flickr.com/photos/10000001@N01/
	ONE=https://www.flickr.com/photos/10000001@N01/$(control world=1 | awk '$1 == "photo" && $2 == "first" { print $3 }')
	W=$BATS_TEST_TMPDIR/work
}
teardown() { stop_fake; }

complete() { # nothing is missing, and the package is valid
	[ "$status" = 0 ] || { echo "exit $status: $output"; gaps "$W"; return 1; }
	[ -z "$(gaps "$W")" ]
	"$LIFEBOAT" verify -q "$W"
}

@test "a photostream: complete, valid, and the same again without asking" {
	make_lifeboat "$W" "$STREAM"
	complete
	[ "$("$LIFEBOAT" list "$W" | wc -l)" -ge 32 ]
	before=$(tree_digest "$W/lifeboat") questions=$(asked | wc -l)
	make_lifeboat "$W"
	complete
	[ "$(tree_digest "$W/lifeboat")" = "$before" ]
	asked | tail -n "+$((questions + 1))"
	[ "$(asked | wc -l)" = "$questions" ]
}

@test "built twice, anywhere: the same bytes" {
	make_lifeboat "$W" "$STREAM"
	complete
	mkdir "$BATS_TEST_TMPDIR/else where"
	cp -r "$W/evidence" "$W/plan.json" "$BATS_TEST_TMPDIR/else where" # other inodes, dates and order of names
	(umask 077; TZ=Asia/Kathmandu LC_ALL=C LIFEBOAT_TEST_CLOCK=2099-12-31T23:59:59Z "$LIFEBOAT" build -q "$BATS_TEST_TMPDIR/else where")
	[ "$(tree_digest "$BATS_TEST_TMPDIR/else where/lifeboat")" = "$(tree_digest "$W/lifeboat")" ]
}

@test "nothing secret is kept" {
	make_lifeboat "$W" "$ONE"
	[ "$status" = 0 ]
	run grep -raF "$LIFEBOAT_API_KEY" "$W"
	[ -z "$output" ]
	run sh -c "zcat '$W/evidence/api.warc.gz' | grep -aF '$LIFEBOAT_API_KEY'"
	[ -z "$output" ]
}

@test "an album: its photos in its order" {
	album=$(control world=1 | awk '$1 == "set" { print $3 }')
	make_lifeboat "$W" "https://www.flickr.com/photos/10000001@N01/albums/$album"
	complete
	[ "$("$LIFEBOAT" list "$W" | wc -l)" = 30 ]
	grep -q '"Boats"' "$W/lifeboat/data/metadata/albumIndex.js"
}

@test "several at once: a photo in two selections is fetched once and remembers both" {
	make_lifeboat "$W" "$ONE" "$STREAM"
	complete
	[ "$(asked | grep -c "photos.getInfo photo_id=$(id_of first)\$")" = 1 ]
	grep -q "\"id\":\"$(id_of first)\",\"from\":\[0,1\]" "$W/plan.json"
}

@test "transient faults: 429, 500, truncated body, HTML, reset, code 201, cut-off files" {
	for f in "fault=429&every=31" "fault=500&every=29" "fault=truncate&every=23" "fault=html&every=19" "fault=reset&every=17" "fault=code201&every=37" "fault=cutoff&every=13&match=staticflickr" "fault=truncate&times=2&match=$(id_of first)_"; do
		control "$f"
	done
	LIFEBOAT_TEST_TRIES=15 make_lifeboat "$W" "$STREAM" # so many that chance leaves no gap
	complete
	[ "$(asked | grep -c fault:)" -gt 30 ]
}

@test "the bytes are those of an undisturbed run" {
	control "fault=500&every=4"
	LIFEBOAT_TEST_TRIES=15 make_lifeboat "$W" "$STREAM"
	complete
	disturbed=$(tree_digest "$W/lifeboat")
	control clear=1
	make_lifeboat "$W.calm" "$STREAM"
	[ "$(tree_digest "$W.calm/lifeboat")" = "$disturbed" ]
}

@test "latency and a hang are waited out" {
	control "latency=20"
	control "fault=hang&times=2&match=getSizes"
	export LIFEBOAT_TEST_TIMEOUT=3
	make_lifeboat "$W" "$ONE"
	complete
}

@test "Retry-After is honoured" {
	control "fault=429&times=1&retry-after=2&match=getInfo"
	start=$(date +%s%N)
	make_lifeboat "$W" "$ONE"
	complete
	[ $((($(date +%s%N) - start) / 1000000)) -ge 1900 ]
}

@test "a layer that never answers is a gap with its reason; the next run fills it" {
	control "fault=500&match=getAllContexts"
	make_lifeboat "$W" "$ONE"
	[ "$status" = 3 ]
	[ "$(gaps "$W")" = "photo $(id_of first) contexts failed 500" ]
	control clear=1
	make_lifeboat "$W"
	complete
}

@test "a layer that is refused is a gap with method, code and message" {
	sed 's/^  title The first/&\n  refuse galleries.getListForPhoto 99 Insufficient permissions/' tests/cli/small.world >"$BATS_TEST_TMPDIR/refusing.world"
	stop_fake
	start_fake "$BATS_TEST_TMPDIR/refusing.world"
	make_lifeboat "$W" "$ONE"
	[ "$status" = 3 ]
	gaps "$W"
	[ "$(gaps "$W")" = "photo $(id_of first) galleries refused 99" ]
	grep -q '"method": "flickr.galleries.getListForPhoto"' "$W/lifeboat/data/metadata/missing.js"
	"$LIFEBOAT" verify -q "$W"
}

@test "no retry on what is final" {
	control "photo=first&state=deleted"
	make_lifeboat "$W" "$ONE"
	[ "$status" = 5 ]
	[ "$(asked | grep -c getInfo)" = 1 ]
}

@test "deleted and private photos among others are gaps" {
	control "photo=first&state=deleted"
	control "photo=closed&state=private-old"
	closed=$(id_of closed) first=$(id_of first)
	make_lifeboat "$W" "https://www.flickr.com/photos/10000001@N01/$closed" "https://www.flickr.com/photos/10000001@N01/$first" "$STREAM"
	[ "$status" = 3 ]
	[ "$(gaps "$W" | sort)" = "$(printf 'photo %s photo refused 1\nphoto %s photo refused 2\n' "$first" "$closed" | sort)" ]
	"$LIFEBOAT" verify -q "$W"
}

@test "downloads disabled: respected, and said" {
	sed 's/^  title Another/&\n  no-download/' tests/cli/small.world >"$BATS_TEST_TMPDIR/shy.world"
	stop_fake
	start_fake "$BATS_TEST_TMPDIR/shy.world"
	make_lifeboat "$W" "https://www.flickr.com/photos/10000001@N01/$(id_of closed)"
	[ "$status" = 3 ]
	[ "$(gaps "$W" | sed 's/ *$//' | sort)" = "$(printf "photo $(id_of closed) %s withheld\n" original thumbnail)" ] || { gaps "$W"; return 1; }
	[ "$(asked | grep -c staticflickr)" = 0 ]
	"$LIFEBOAT" verify -q "$W"
	[ "$(listed "$W")" = "$(id_of closed)" ]
}

@test "files that are no photos: HTML, a \"gone\" picture, 404" {
	for media in html gone 404; do
		control "photo=first&media=$media"
		make_lifeboat "$W.$media" "$ONE"
		[ "$status" = 3 ] || { echo "$media: $status $output"; return 1; }
		[ "$(gaps "$W.$media" | grep -c 'original failed')" = 1 ]
		"$LIFEBOAT" verify -q "$W.$media"
	done
	control "photo=first&media=there"
	W=$W.gone
	make_lifeboat "$W"
	complete
}

@test "a wrong key stops at once with exit 6, and nothing is lost" {
	LIFEBOAT_API_KEY=bad make_lifeboat "$W" "$STREAM"
	[ "$status" = 6 ]
	[[ "$output" == *"LIFEBOAT_API_KEY"* ]]
	[[ "$output" != *"0123456789abcdef"* ]]
	make_lifeboat "$W" "$STREAM"
	complete
}

@test "no server: exit 7, words, and the same command goes on later" {
	port=${LIFEBOAT_TEST_SERVER##*:}
	control "latency=5"
	LIFEBOAT_TEST_SERVER=http://127.0.0.1:9 make_lifeboat "$W" "$STREAM"
	[ "$status" = 7 ]
	[[ "$output" == *"cannot be reached"* ]]
	make_lifeboat "$W" "$STREAM"
	complete
}

@test "the server dies while gathering: exit 7; later the same bytes" {
	make_lifeboat "$W.calm" "$STREAM"
	control "latency=20"
	("$LIFEBOAT" create -q --rate 1000000 --title Test "${ALL[@]}" -o "$W" "$STREAM" >"$BATS_TEST_TMPDIR/out" 2>&1 && rc=0 || rc=$?; echo $rc >"$BATS_TEST_TMPDIR/rc") &
	client=$!
	for _ in $(seq 600); do [ -f "$W/plan.json" ] && break; sleep 0.05; done
	stop_fake
	wait $client || true
	[ "$(cat "$BATS_TEST_TMPDIR/rc")" = 7 ]
	start_fake tests/cli/small.world
	make_lifeboat "$W"
	complete
	[ "$(tree_digest "$W/lifeboat")" = "$(tree_digest "$W.calm/lifeboat")" ]
}

@test "Ctrl-C: exit 130 with the command that resumes" {
	control "latency=50"
	# a signal that a background shell ignores has to be given back first
	env --default-signal=INT "$LIFEBOAT" create --progress=none --rate 1000000 --title Test "${ALL[@]}" -o "$W" "$STREAM" >"$BATS_TEST_TMPDIR/out" 2>&1 3>&- &
	client=$!
	for _ in $(seq 600); do [ -f "$W/plan.json" ] && break; sleep 0.05; done
	kill -INT $client
	wait $client && rc=0 || rc=$?
	[ "$rc" = 130 ] || { cat "$BATS_TEST_TMPDIR/out"; echo "rc $rc"; return 1; }
	grep -q "lifeboat create" "$BATS_TEST_TMPDIR/out"
	control latency=0
	make_lifeboat "$W"
	complete
}

@test "two runs on one folder: the second is told, exit 8" {
	control "latency=50"
	"$LIFEBOAT" create -q --rate 1000000 --title Test "${ALL[@]}" -o "$W" "$STREAM" >/dev/null 2>&1 &
	first=$!
	wait_for_calls 3
	run "$LIFEBOAT" gather "$W"
	[ "$status" = 8 ] || [ "$status" = 5 ]
	make_lifeboat "$W" "$STREAM"
	[ "$status" = 8 ]
	wait $first || true
}

@test "an edited plan is obeyed: dropped and reordered photos" {
	"$LIFEBOAT" plan -q --title Test "${ALL[@]}" "$STREAM" -o "$W"
	total=$(grep -c '"from"' "$W/plan.json")
	node -e '
		const fs = require("fs"), f = process.argv[1] + "/plan.json", p = JSON.parse(fs.readFileSync(f));
		p.photos = [p.photos[5], p.photos[2], p.photos[0]];
		fs.writeFileSync(f, JSON.stringify(p));
		console.log(p.photos.map(x => x.id).join("\n"));
	' "$W" >"$BATS_TEST_TMPDIR/order"
	[ "$total" -gt 10 ]
	"$LIFEBOAT" gather -q --rate 1000000 "$W"
	"$LIFEBOAT" build -q "$W"
	"$LIFEBOAT" verify -q "$W"
	[ "$("$LIFEBOAT" list "$W" | awk '{ print $1 }')" = "$(cat "$BATS_TEST_TMPDIR/order")" ]
}

@test "wrong totals are not believed" {
	sed 's/^  username Ann.*/&\n  total 3/' tests/cli/small.world >"$BATS_TEST_TMPDIR/lying.world"
	stop_fake
	start_fake "$BATS_TEST_TMPDIR/lying.world"
	make_lifeboat "$W" "$STREAM"
	complete
	[ "$("$LIFEBOAT" list "$W" | wc -l)" = 32 ]
	grep -q '"claimed": 3' "$W/plan.json"
}

@test "photos uploaded while the list is read are not missed" {
	{ sed 's/^generate photos 30/generate photos 1010/' tests/cli/small.world; printf 'photo newcomer\n  owner ann\n  title Late\n  late\n'; } >"$BATS_TEST_TMPDIR/drift.world"
	stop_fake
	start_fake "$BATS_TEST_TMPDIR/drift.world"
	run "$LIFEBOAT" plan -q --rate 1000000 "$STREAM" -o "$W"
	[ "$status" = 0 ]
	grep -q "\"id\":\"$(id_of newcomer)\"" "$W/plan.json"
	[ "$(grep -o '"id":"[0-9]*","from"' "$W/plan.json" | sort | uniq -d | wc -l)" = 0 ]
	[ "$(grep -c '","from":\[0\]' "$W/plan.json")" = 1013 ]
}

@test "--rate is never passed" {
	"$LIFEBOAT" create -q --rate 3 "${ALL[@]}" -o "$W" "$ONE" >/dev/null 2>&1 3>&- &
	pid=$!
	sleep 2
	n=$(asked | grep -c ' flickr\.')
	kill -KILL $pid
	wait $pid || true
	[ "$n" = 3 ]
}

@test "nothing that the new package lacks is lost: notes in the old one, a package whose evidence is gone" {
	make_lifeboat "$W" "$ONE"
	complete
	echo "my notes" >"$W/lifeboat/notes.txt"
	mkdir "$W/lifeboat.building" && echo mine >"$W/lifeboat.building/mine.txt"
	run "$LIFEBOAT" build "$W"
	[ "$status" = 0 ]
	[[ "$output" == *notes.txt*lifeboat.kept-1* ]]
	[ "$(cat "$W/lifeboat.kept-1/notes.txt")" = "my notes" ]
	[ "$(cat "$W/lifeboat.building/mine.txt")" = mine ]
	rm -rf "$W/evidence"
	run "$LIFEBOAT" build "$W"
	[ "$status" = 3 ]
	"$LIFEBOAT" verify -q "$W/lifeboat.kept-2"
	[ "$("$LIFEBOAT" list "$W/lifeboat.kept-2" | wc -l)" = 1 ]
	make_lifeboat "$W"
	complete
}

@test "something else in the package's place is left alone" {
	make_lifeboat "$W.a" "$ONE"
	mkdir -p "$W" && ln -s "$W.a/lifeboat" "$W/lifeboat"
	make_lifeboat "$W" "$ONE"
	[ "$status" = 1 ]
	[[ "$output" == *"in the way"* ]]
	"$LIFEBOAT" verify -q "$W.a"
	rm "$W/lifeboat"
	make_lifeboat "$W"
	complete
}

@test "a damaged picture is fetched again" {
	make_lifeboat "$W" "$ONE"
	complete
	before=$(tree_digest "$W/lifeboat")
	f=$(ls "$W"/lifeboat/data/media/originals/*)
	chmod u+w "$f"
	printf X | dd of="$f" bs=1 seek=500 conv=notrunc 2>/dev/null
	run "$LIFEBOAT" verify -q "$W"
	[ "$status" = 4 ]
	make_lifeboat "$W"
	complete
	[ "$(tree_digest "$W/lifeboat")" = "$before" ]
}

@test "a finished folder needs no key" {
	make_lifeboat "$W" "$ONE"
	unset LIFEBOAT_API_KEY
	make_lifeboat "$W"
	complete
}

@test "answers lost since the plan was made are asked again" {
	album=$(control world=1 | awk '$1 == "set" { print $3 }')
	make_lifeboat "$W" "https://www.flickr.com/photos/10000001@N01/albums/$album"
	before=$(tree_digest "$W/lifeboat")
	rm -rf "$W/evidence" "$W/lifeboat"
	make_lifeboat "$W"
	complete
	[ "$(tree_digest "$W/lifeboat")" = "$before" ]
}

@test "a full disk stops cleanly and resumes" {
	[ "$(id -u)" = 0 ] || skip "needs root for a small file system"
	mkdir "$W"
	mount -t tmpfs -o size=300k lifeboat-test "$W" 2>/dev/null || skip "cannot mount here"
	make_lifeboat "$W/a" "$STREAM"
	rc=$status said=$output
	mount -o remount,size=50m "$W"
	make_lifeboat "$W/a" "$STREAM"
	again=$status
	W=$W/a
	complete && ok=1 || ok=0
	umount "${W%/a}"
	[ "$rc" = 1 ] && [[ "$said" == *"No space left"* ]] && [ "$again" = 0 ] && [ "$ok" = 1 ]
}
