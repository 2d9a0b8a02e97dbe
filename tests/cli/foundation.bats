# Data Lifeboats of the Flickr Foundation on the command line: listed, described, verified, converted.

: "${LIFEBOAT:=$PWD/build/release/lifeboat}"
load foundation.bash

setup() {
	WORK="$BATS_TEST_TMPDIR"
	export LIFEBOAT_TEST_CLOCK=2026-01-01T00:00:00Z
}
run_split() {
	status=0
	"$LIFEBOAT" "$@" >"$WORK/out" 2>"$WORK/err" </dev/null || status=$?
	out="$(cat "$WORK/out")"
	err="$(cat "$WORK/err")"
}
tree_digest() { (cd "$1" && find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -d' ' -f1); }

@test "verify: both layouts are valid, and say what nobody promises" {
	for layout in 1 2 mixed; do
		make_theirs "$WORK/$layout" "$layout"
		run_split verify --json "$WORK/$layout"
		[ "$status" -eq 0 ]
		[[ "$(tail -n 1 "$WORK/out")" == *'"profile":"foundation","valid":true,'*'"errors":0,"warnings":0,'* ]]
	done
	run_split verify "$WORK/1"
	[[ "$out" == *"info FND-021: 4 of 4 files have no checksum"* ]]
	[[ "$out" == *"(a Data Lifeboat of the Flickr Foundation)"* ]]
	run_split verify --json "$WORK/2"
	[[ "$out" == *'"files":4,'* ]] # hashed
	[[ "$out" == *'"rule":"FND-020","severity":"info",'*'"level":"fixity"}'* ]]
	run_split verify --quick --json "$WORK/2"
	[ "$status" -eq 0 ]
	[[ "$out" == *'"files":0,'* ]]
}

@test "verify: what is damaged is not valid" {
	ALGORITHM=md5 make_theirs "$WORK/p" 2
	run_split verify "$WORK/p"
	[ "$status" -eq 0 ]
	[[ "$out" == *"4 as md5"* ]]
	printf 'X' | dd of="$WORK/p/media/originals/869031_cd34_o.jpg" bs=1 seek=12 conv=notrunc status=none
	run_split verify "$WORK/p"
	[ "$status" -eq 4 ]
	[[ "$out" == *"error FND-018 media/originals/869031_cd34_o.jpg: has the md5 digest "* ]]
	[[ "$out" == *"not valid: 1 error"* ]]
}

@test "list and info: folder, folder in a folder, zip, zip without a folder, tar, bag" {
	make_theirs "$WORK/RIVER" 1
	run_split list --json "$WORK/RIVER"
	[ "$status" -eq 0 ]
	want="$(head -n 2 "$WORK/out")"
	[[ "$want" == '{"type":"photo","id":"53478812196","title":"The pilot","owner":{"id":"9001@N09","name":"wapping"},"license":"cc-by-2.0","taken":{"value":"1962-07-01T00:00:00","granularity":"month"},"posted":"2012-03-04T05:06:07+00:00","comments":1,"faves":3,"tags":["oldboat"],"files":[{"path":"media/originals/53478812196_ab12_o.jpg","sha256":null,"size":null},'* ]]
	mkdir "$WORK/outer" "$WORK/bag"
	cp -r "$WORK/RIVER" "$WORK/outer/"
	(cd "$WORK" && zip -qr whole.zip RIVER && tar cf whole.tar RIVER && cd RIVER && zip -qr ../bare.zip .)
	cp -r "$WORK/RIVER" "$WORK/bag/data"
	printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' >"$WORK/bag/bagit.txt"
	(cd "$WORK/bag" && find data -type f | LC_ALL=C sort | xargs sha256sum >manifest-sha256.txt)
	for p in outer whole.zip whole.tar bare.zip bag; do
		run_split list --json "$WORK/$p"
		[ "$status" -eq 0 ]
		[ "$(head -n 2 "$WORK/out" | sed 's#"path":"\(RIVER\|data\)/#"path":"#g')" = "$want" ]
		run_split info --json "$WORK/$p"
		[ "$status" -eq 0 ]
		[[ "$out" == *'"format":"flickr-foundation","formatVersion":null,"id":"river-1","title":"The river at work",'*'"maker":{"id":"9002@N09","name":"Sam Sailor"},'* ]]
		run_split verify --json "$WORK/$p"
		[ "$status" -eq 0 ]
		[[ "$out" == *'"profile":"foundation","valid":true,'* ]]
		run_split convert "$WORK/$p" -o "$WORK/from-$p"
		[ "$status" -eq 0 ]
		run_split verify "$WORK/from-$p"
		[ "$status" -eq 0 ]
	done
	[ -f "$WORK/from-bag/data/provenance/foundation-beside/manifest-sha256.txt" ]
}

@test "convert: a valid package, with pages, the same bytes again" {
	make_theirs "$WORK/theirs" mixed
	before=$(tree_digest "$WORK/theirs")
	run_split convert --json "$WORK/theirs" -o "$WORK/one"
	[ "$status" -eq 0 ]
	[ "$out" = '{"type":"summary","path":"'"$WORK/one"'","photos":2,"files":4,"vouched":2,"differing":0,"kept":12,"gaps":0}' ]
	[ "$(tree_digest "$WORK/theirs")" = "$before" ]
	run_split verify "$WORK/one"
	[ "$status" -eq 0 ]
	[[ "$out" != *warning* ]]
	(cd "$WORK/one" && sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt)
	grep -q '"convertedFrom": {' "$WORK/one/lifeboat.json"
	grep -q 'The pilot' "$WORK/one/index.html"
	grep -q 'Before the wharf goes.' "$WORK/one/index.html"
	grep -q 'I <i>sailed</i> it' "$WORK"/one/data/pages/photos-0001.html
	! grep -q 'signing in' "$WORK/one/data/pages/rights.html"
	cmp "$WORK/theirs/metadata/photos/869031.js" "$WORK/one/data/provenance/foundation/metadata/photos/869031.js"
	cmp "$WORK/theirs/media/originals/869031_cd34_o.jpg" "$WORK/one/data/media/originals/869031_cd34_o.jpg"
	[ ! -e "$WORK/one/data/provenance/foundation/media" ]
	[ "$("$LIFEBOAT" list "$WORK/one")" = "$("$LIFEBOAT" list "$WORK/theirs")" ]
	# another clock, the same date given: the same bytes
	LIFEBOAT_TEST_CLOCK=2030-01-01T00:00:00Z run_split convert "$WORK/theirs" -o "$WORK/two" --date 2026-01-01T00:00:00Z
	[ "$(tree_digest "$WORK/one")" = "$(tree_digest "$WORK/two")" ]
	LIFEBOAT_TEST_CLOCK=2030-01-01T00:00:00Z run_split convert "$WORK/theirs" -o "$WORK/three"
	[ "$(tree_digest "$WORK/one")" != "$(tree_digest "$WORK/three")" ]
}

@test "convert: words given go before those of the source" {
	make_theirs "$WORK/theirs" 2
	run_split convert "$WORK/theirs" -o "$WORK/one" --title Mine --purpose Why --maker Me
	[ "$status" -eq 0 ]
	run_split info "$WORK/one"
	[[ "$out" == *"title        Mine"* ]]
	[[ "$out" == *"maker        Me"* ]]
	[[ "$out" == *"made         2026-01-01T00:00:00Z"* ]] # the source does not tell when it was made
	run_split convert "$WORK/theirs" -o "$WORK/two"
	run_split info --json "$WORK/two"
	[[ "$out" == *'"title":"theirs"'*'"convertedFrom":{"format":"flickr-foundation","layouts":["files as objects","media"],"name":"theirs","container":"folder","id":null,'* ]]
}

@test "convert: what is lost is a gap, and exit code 3" {
	make_theirs "$WORK/theirs" 1
	rm "$WORK/theirs/media/originals/869031_cd34_o.jpg"
	run_split convert "$WORK/theirs" -o "$WORK/one"
	[ "$status" -eq 3 ]
	[[ "$out" == *"1 gap, listed with reasons in "* ]]
	run_split verify "$WORK/one"
	[ "$status" -eq 0 ]
	run_split list --json "$WORK/one"
	[[ "$out" == *'"withheld":"the source names \"media/originals/869031_cd34_o.jpg\", which is not there"'* ]]
}

@test "convert: errors name the thing and the next step; nothing is left" {
	make_theirs "$WORK/theirs" 1
	run_split convert "$WORK/theirs"
	[ "$status" -eq 2 ]
	[[ "$err" == *"hint: -o DIR names a new one"* ]]
	mkdir "$WORK/there"
	run_split convert "$WORK/theirs" -o "$WORK/there"
	[ "$status" -eq 1 ]
	[[ "$err" == *"\"$WORK/there\": it is there already"*"hint: -o DIR names another folder"* ]]
	run_split convert "$WORK/nothing" -o "$WORK/one"
	[ "$status" -eq 5 ]
	run_split convert "$WORK/there" -o "$WORK/one"
	[ "$status" -eq 5 ]
	[[ "$err" == *"it has no metadata/photoIndex.js"* ]]
	run_split convert "$WORK/theirs" -o "$WORK/one" --date yesterday
	[ "$status" -eq 2 ]
	run_split convert "$WORK/theirs" -o "$WORK/one" --maker Me --maker-id "my name"
	[ "$status" -eq 2 ]
	[[ "$err" == *"is no Flickr id"* ]]
	printf 'const photoIndex = {"1":{},"1":{}};' >"$WORK/theirs/metadata/photoIndex.js"
	run_split convert "$WORK/theirs" -o "$WORK/one"
	[ "$status" -eq 4 ]
	[[ "$err" == *'has "1" more than once'* ]]
	run_split list "$WORK/theirs"
	[ "$status" -eq 4 ]
	[ "$(ls -A "$WORK" | LC_ALL=C sort | tr '\n' ' ')" = "err out theirs there " ]
}

@test "convert: never into its source" {
	make_theirs "$WORK/theirs" 1
	before=$(tree_digest "$WORK/theirs")
	run_split convert "$WORK/theirs" -o "$WORK/theirs/viewer/new"
	[ "$status" -eq 2 ]
	[[ "$err" == *"it would be inside of \"$WORK/theirs\", which is only read"*"hint: name a folder elsewhere"* ]]
	[ "$(tree_digest "$WORK/theirs")" = "$before" ]
	[ ! -e "$WORK/theirs/viewer/new" ]
}

@test "convert: a package without photos" {
	make_theirs "$WORK/theirs" 2
	printf 'const photoIndex = {};' >"$WORK/theirs/metadata/photoIndex.js"
	run_split convert "$WORK/theirs" -o "$WORK/one"
	[ "$status" -eq 0 ]
	[[ "$out" == "converted: 0 photos, 0 media files; 15 files of the source kept as they were"*"open $WORK/one/index.html" ]]
	[[ "$out" != *"earlier checksums"* ]]
	run_split verify "$WORK/one"
	[ "$status" -eq 0 ]
}

@test "convert: a full disk leaves nothing" {
	make_theirs "$WORK/theirs" 1
	mkdir "$WORK/to"
	status=0
	(ulimit -f 20; "$LIFEBOAT" convert "$WORK/theirs" -o "$WORK/to/one" >"$WORK/out" 2>"$WORK/err") || status=$?
	[ "$status" -eq 1 ]
	[[ "$(cat "$WORK/err")" == *"File too large"* ]]
	[ -z "$(ls -A "$WORK/to")" ]
	run_split convert "$WORK/theirs" -o "$WORK/to/one"
	[ "$status" -eq 0 ]
}

@test "convert: several at once make one" {
	make_theirs "$WORK/theirs" 1
	pids=
	for i in 1 2 3 4; do
		"$LIFEBOAT" convert -q "$WORK/theirs" -o "$WORK/one" >/dev/null 2>"$WORK/err$i" 3>&- &
		pids="$pids $!"
	done
	done=0
	for pid in $pids; do wait "$pid" && done=$((done + 1)); done
	[ "$done" -eq 1 ]
	[ "$(cat "$WORK"/err? | grep -c 'hint: -o DIR names another folder')" -eq 3 ]
	run_split verify "$WORK/one"
	[ "$status" -eq 0 ]
	[ -z "$(find "$WORK" -maxdepth 1 -name '.*.part')" ]
}

@test "verify: a photo without a checksum is damaged, in a zip" {
	make_theirs "$WORK/theirs" 1
	(cd "$WORK" && zip -qr0 whole.zip theirs)
	run_split verify "$WORK/whole.zip"
	[ "$status" -eq 0 ]
	at=$(grep -abo 'original 869031' "$WORK/whole.zip" | head -n 1 | cut -d: -f1)
	printf 'X' | dd of="$WORK/whole.zip" bs=1 seek="$at" conv=notrunc status=none
	run_split verify "$WORK/whole.zip"
	[ "$status" -eq 4 ]
	[[ "$out" == *"error ZIP-022 media/originals/869031_cd34_o.jpg: "* ]]
	run_split verify --quick "$WORK/whole.zip"
	[ "$status" -eq 0 ]
}

@test "verify: a profile is for packages in a bag" {
	make_theirs "$WORK/bag/data" 1
	(cd "$WORK/bag" && find data -type f | LC_ALL=C sort | xargs sha256sum >manifest-sha256.txt)
	printf '%s' '{"BagIt-Profile-Info":{"BagIt-Profile-Identifier":"https://example.org/p.json","BagIt-Profile-Version":"1.4.0",' \
		'"Source-Organization":"x","External-Description":"x","Version":"1"},"Manifests-Required":["sha512"],"Accept-BagIt-Version":["1.0"]}' >"$WORK/p.json"
	run_split verify --profile "$WORK/p.json" "$WORK/bag/data"
	[ "$status" -eq 2 ]
	[[ "$err" == *"is in no bag"* ]]
	printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' >"$WORK/bag/bagit.txt"
	run_split verify "$WORK/bag"
	[ "$status" -eq 0 ]
	run_split verify --profile "$WORK/p.json" "$WORK/bag"
	[ "$status" -eq 4 ]
	[[ "$out" == *"error PRF-006: there is no payload manifest of sha512"* ]]
}

@test "convert: a name that leaves an archive is refused" {
	make_theirs "$WORK/theirs" 1
	(cd "$WORK" && tar cf bad.tar --transform 's,theirs/README.html,../README.html,' -P theirs)
	run_split convert "$WORK/bad.tar" -o "$WORK/one"
	[ "$status" -ne 0 ]
	[ ! -e "$WORK/one" ]
	[ ! -e "$WORK/README.html" ]
}

@test "convert: stopped by Ctrl-C, nothing is left" {
	make_theirs "$WORK/theirs" 1
	head -c 300000000 /dev/zero >"$WORK/theirs/media/originals/869031_cd34_o.jpg"
	mkdir "$WORK/to"
	env --default-signal=INT "$LIFEBOAT" convert -q "$WORK/theirs" -o "$WORK/to/one" >"$WORK/out" 2>"$WORK/err" 3>&- &
	pid=$!
	for _ in $(seq 200); do [ -n "$(ls -A "$WORK/to")" ] && break; sleep 0.01; done
	kill -INT $pid
	status=0
	wait $pid || status=$?
	[ "$status" -eq 130 ]
	[ -z "$(ls -A "$WORK/to")" ]
	[ "$(stat -c %s "$WORK/theirs/media/originals/869031_cd34_o.jpg")" = 300000000 ]
}
