# Real answers: every photo of the recording that has its information and its sizes, every album and every photostream as
# far as recorded, becomes a valid lifeboat whose gaps are listed.

setup_file() {
	TAPE=../shared/data/flickr/replay.warc.gz
	SCHEMAS=../shared/data/schemas
	export TAPE SCHEMAS
	[ -r "$TAPE" ] || { echo "SKIP: no $TAPE" >&3; return; }
	ROWS=$BATS_FILE_TMPDIR/rows
	export ROWS
	# method, stat, photo_id, photoset_id, user_id of every recorded answer
	node -e '
		const rows = require("fs").readFileSync("../shared/data/flickr/replay/index.jsonl", "utf8").trim().split("\n").map(JSON.parse);
		for (const r of rows) if (r.params) console.log([r.method, r.stat, r.params.photo_id || "-", r.params.photoset_id || "-", r.params.user_id || "-"].join(" "));
	' >"$ROWS"
}

setup() {
	[ -r "$TAPE" ] || skip "no $TAPE"
	export LIFEBOAT_TEST_CLOCK=2026-01-01T00:00:00Z
}

ids() { awk -v m="flickr.$1" '$1 == m && $2 == "ok" { print $3 }' "$ROWS" | sort -u; }

# Makes one lifeboat; it must be valid, list its gaps, and (exit 3) say so.
make_one() { # name, url
	run "$LIFEBOAT" create -q --progress=none --replay "$TAPE" "$2" -o "$BATS_TEST_TMPDIR/$1"
	[ "$status" = 3 ] || { echo "$2: exit $status: $output"; return 1; }
	grep -q '"kind"' "$BATS_TEST_TMPDIR/$1/lifeboat/data/metadata/missing.js"
	run "$LIFEBOAT" verify "$BATS_TEST_TMPDIR/$1"
	[ "$status" = 0 ] || { echo "$2: $output"; return 1; }
	if [ -d "$SCHEMAS" ]; then
		XML_CATALOG_FILES=$SCHEMAS/catalog.xml xmllint --nonet --noout --schema "$SCHEMAS/all-mets1.xsd" \
			"$BATS_TEST_TMPDIR/$1/lifeboat/METS.xml" 2>"$BATS_TEST_TMPDIR/xmllint" || { cat "$BATS_TEST_TMPDIR/xmllint"; return 1; }
	fi
	rm -rf "${BATS_TEST_TMPDIR:?}/$1"
}

@test "every photo with its information and its sizes" {
	n=0
	for id in $(comm -12 <(ids photos.getInfo) <(ids photos.getSizes)); do
		make_one "photo-$id" "https://www.flickr.com/photos/someone/$id"
		n=$((n + 1))
	done
	[ "$n" -ge 15 ]
}

@test "every album as far as recorded" {
	n=0
	while read -r album user; do
		make_one "album-$album" "https://www.flickr.com/photos/$user/albums/$album"
		n=$((n + 1))
	done < <(awk '$1 == "flickr.photosets.getPhotos" && $2 == "ok" { print $4, $5 }' "$ROWS" | sort -u)
	[ "$n" -ge 13 ]
}

@test "every photostream as far as recorded" {
	n=0
	while read -r user; do
		[ "$user" = "51635425@N00" ] && continue # has no photo at all: next test
		make_one "user-$user" "https://www.flickr.com/photos/$user/"
		n=$((n + 1))
	done < <(awk '$1 == "flickr.people.getPublicPhotos" && $2 == "ok" { print $5 }' "$ROWS" | sort -u)
	[ "$n" -ge 7 ]
}

@test "an empty photostream and a member who is not there: exit 5, in words" {
	run "$LIFEBOAT" create -q --replay "$TAPE" https://www.flickr.com/photos/51635425@N00/ -o "$BATS_TEST_TMPDIR/empty"
	[ "$status" = 5 ]
	run "$LIFEBOAT" create -q --replay "$TAPE" https://www.flickr.com/photos/doesnotexistnonono/ -o "$BATS_TEST_TMPDIR/nobody"
	[ "$status" = 5 ]
	[[ "$output" == *"User not found"* ]]
}
