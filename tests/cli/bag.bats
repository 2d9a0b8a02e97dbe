# `lifeboat bag`, and `verify` of bags: what a user sees.

: "${LIFEBOAT:=$PWD/build/release/lifeboat}"

setup() {
	WORK="$BATS_TEST_TMPDIR"
	export LIFEBOAT_TEST_CLOCK=2026-11-20T12:00:00Z
	mkdir -p "$WORK/scans/sub/deep"
	printf one >"$WORK/scans/a.txt"
	printf two >"$WORK/scans/sub/b c.txt"
	printf three >"$WORK/scans/sub/deep/é"
	: >"$WORK/scans/zero"
	cp -r "$WORK/scans" "$WORK/kept"
	cat >"$WORK/profile.json" <<-'END'
		{"BagIt-Profile-Info":{"BagIt-Profile-Identifier":"https://example.org/profile.json","BagIt-Profile-Version":"1.4.0",
		"Source-Organization":"Test","External-Description":"for tests","Version":"1"},
		"Bag-Info":{"Contact-Name":{"required":true},"Kind":{"values":["scans","prints"]}},
		"Manifests-Required":["sha512"],"Accept-BagIt-Version":["1.0"]}
	END
}

run_split() {
	status=0
	"$LIFEBOAT" "$@" >"$WORK/out" 2>"$WORK/err" </dev/null || status=$?
	out="$(cat "$WORK/out")"
	err="$(cat "$WORK/err")"
}

@test "bag -o: a new bag, the folder as it was" {
	run_split bag "$WORK/scans" -o "$WORK/bag"
	[ "$status" -eq 0 ]
	[[ "$out" == "bagged $WORK/bag: 4 files, 11 bytes in "* ]]
	diff -r "$WORK/kept" "$WORK/scans"
	diff -r "$WORK/kept" "$WORK/bag/data"
	[ "$(ls -A "$WORK/bag" | tr '\n' ' ')" = "bag-info.txt bagit.txt data manifest-sha512.txt tagmanifest-sha512.txt " ]
	[ "$(ls -A "$WORK" | tr '\n' ' ')" = "bag err kept out profile.json scans " ]
	printf 'Bagging-Date: 2026-11-20\nBag-Software-Agent: lifeboat %s\nPayload-Oxum: 11.4\n' \
		"$("$LIFEBOAT" version --json | sed 's/.*"version":"\([^"]*\)".*/\1/')" | cmp - "$WORK/bag/bag-info.txt"
	(cd "$WORK/bag" && sha512sum --strict --quiet -c manifest-sha512.txt tagmanifest-sha512.txt)
	LC_ALL=C sort -k2 -c "$WORK/bag/manifest-sha512.txt"
	run_split verify --json "$WORK/bag"
	[ "$status" -eq 0 ]
	[ "$(wc -l <"$WORK/out")" -eq 1 ]
	# the copy is real: what happens to the folder later does not happen to the bag
	printf changed >"$WORK/scans/a.txt"
	"$LIFEBOAT" verify -q "$WORK/bag"
}

@test "bag -o: dates of files go with them" {
	touch -d 2001-02-03T04:05:06Z "$WORK/scans/a.txt"
	chmod 755 "$WORK/scans/zero"
	"$LIFEBOAT" bag -q "$WORK/scans" -o "$WORK/bag"
	[ "$(stat -c %Y "$WORK/bag/data/a.txt")" = "$(date -d 2001-02-03T04:05:06Z +%s)" ]
	[ -x "$WORK/bag/data/zero" ]
}

@test "bag --in-place: the folder becomes the bag; a second time is refused" {
	inode="$(stat -c %i "$WORK/scans/a.txt")"
	run_split bag --in-place --json "$WORK/scans" --algorithm sha256,md5
	[ "$status" -eq 0 ]
	[[ "$out" == '{"type":"summary","path":"'"$WORK/scans"'","in_place":true,"algorithms":["md5","sha256"],"files":4,"bytes":11,"seconds":'*'}' ]]
	diff -r "$WORK/kept" "$WORK/scans/data"
	[ "$(stat -c %i "$WORK/scans/data/a.txt")" = "$inode" ] # moved, not copied
	(cd "$WORK/scans" && sha256sum --strict --quiet -c manifest-sha256.txt tagmanifest-sha256.txt && md5sum --strict --quiet -c manifest-md5.txt tagmanifest-md5.txt)
	"$LIFEBOAT" verify -q "$WORK/scans"
	cp -r "$WORK/scans" "$WORK/once"
	for where in "$WORK/scans" "$WORK/scans/data"; do
		run_split bag --in-place "$where"
		[ "$status" -eq 1 ]
		[[ "$err" == *"$where"*bag*"hint: "*"lifeboat verify"* ]]
		diff -r "$WORK/once" "$WORK/scans"
	done
	(cd "$WORK/scans/data" && ! "$LIFEBOAT" bag --in-place .)
	diff -r "$WORK/once" "$WORK/scans"
}

@test "bag: neither or both ways are wrong usage, and both are explained" {
	for words in '' "-o $WORK/bag --in-place"; do
		# shellcheck disable=SC2086
		run_split bag "$WORK/scans" $words
		[ "$status" -eq 2 ]
		[[ "$err" == *"-o OUT"*"--in-place"* ]]
	done
	diff -r "$WORK/kept" "$WORK/scans"
	[ ! -e "$WORK/bag" ]
}

@test "bag: what cannot be in a bag is refused by name, before anything is changed" {
	ln -s a.txt "$WORK/scans/link"
	ln -s /etc "$WORK/scans/sub/away"
	mkfifo "$WORK/scans/pipe"
	: >"$WORK/scans/$(printf 'latin\351')"
	for way in "-o $WORK/bag" --in-place; do
		# shellcheck disable=SC2086
		run_split bag "$WORK/scans" $way
		[ "$status" -eq 1 ]
		[[ "$err" == *'"link" is a link'*'"pipe" is a special file'*'"sub/away" is a link'* ]]
		[[ "$err" == *'"latin\xe9" has a name that is not UTF-8'* ]]
		[ ! -e "$WORK/bag" ]
		[ ! -e "$WORK/scans/data" ]
		[ "$(ls -A "$WORK/scans" | wc -l)" -eq 6 ]
	done
}

@test "bag: names with percent, line breaks and blanks; empty folders and odd names are warned about" {
	printf x >"$WORK/scans/50%off"
	printf x >"$WORK/scans/$(printf 'a\nb\rc')"
	printf x >"$WORK/scans/ *"
	printf x >"$WORK/scans/aux.txt"
	mkdir -p "$WORK/scans/empty/inner"
	run_split bag "$WORK/scans" -o "$WORK/bag"
	[ "$status" -eq 0 ]
	[[ "$err" == *'warning: the folder "empty/inner" is empty'* ]]
	[[ "$err" == *'warning: the name "aux.txt" has a name that Windows reserves'* ]]
	grep -q '  data/50%25off$' "$WORK/bag/manifest-sha512.txt"
	grep -q '  data/a%0Ab%0Dc$' "$WORK/bag/manifest-sha512.txt"
	grep -q '  data/ \*$' "$WORK/bag/manifest-sha512.txt"
	[ -d "$WORK/bag/data/empty/inner" ]
	run_split verify "$WORK/bag"
	[ "$status" -eq 0 ]
	! grep -q '^error' "$WORK/out"
	run_split bag --in-place "$WORK/scans"
	[ "$status" -eq 0 ]
	cmp "$WORK/bag/manifest-sha512.txt" "$WORK/scans/manifest-sha512.txt"
}

@test "bag --info: lines in their order, by the grammar" {
	run_split bag "$WORK/scans" -o "$WORK/bag" --info "Contact-Name: Ann" --info "Contact-Name: Bob" --info "Kind:scans" --info "Bagging-Date: 1999-12-31"
	[ "$status" -eq 0 ]
	[ "$(head -n 4 "$WORK/bag/bag-info.txt" | tr '\n' ';')" = "Contact-Name: Ann;Contact-Name: Bob;Kind: scans;Bagging-Date: 1999-12-31;" ]
	[ "$(grep -c Bagging-Date "$WORK/bag/bag-info.txt")" -eq 1 ]
	"$LIFEBOAT" verify -q "$WORK/bag"
	for line in "no colon" ": x" "A:" "A : b" " A: b" "Payload-Oxum: 1.1" "$(printf 'A\tB: x\001')" "$(printf 'A: \377')"; do
		run_split bag "$WORK/scans" -o "$WORK/other" --info "$line"
		[ "$status" -eq 2 ]
		[ ! -e "$WORK/other" ]
	done
	run_split bag "$WORK/scans" -o "$WORK/other" --info "Bag-Size: 1" --info "bag-size: 2"
	[ "$status" -eq 2 ]
	[[ "$err" == *"only once"* ]]
}

@test "bag --algorithm: names, and what is none" {
	run_split bag "$WORK/scans" -o "$WORK/bag" --algorithm sha3_256,blake2b,sha512256
	[ "$status" -eq 0 ]
	[ "$(ls "$WORK/bag" | grep ^manifest | tr '\n' ' ')" = "manifest-blake2b512.txt manifest-sha3256.txt manifest-sha512256.txt " ]
	[ "$(wc -l <"$WORK/bag/tagmanifest-sha3256.txt")" -eq 5 ]
	"$LIFEBOAT" verify -q "$WORK/bag"
	run_split bag "$WORK/scans" -o "$WORK/other" --algorithm sha256,crc32
	[ "$status" -eq 2 ]
	[[ "$err" == *'"crc32"'*"hint: "*sha512* ]]
}

@test "bag: where the bag may not be" {
	run_split bag "$WORK/scans" -o "$WORK/kept"
	[ "$status" -eq 1 ]
	[[ "$err" == *"$WORK/kept"*"there already"* ]]
	run_split bag "$WORK/scans" -o "$WORK/scans/sub/bag"
	[ "$status" -eq 2 ]
	[[ "$err" == *"into itself"* ]]
	diff -r "$WORK/kept" "$WORK/scans"
	run_split bag "$WORK/none" -o "$WORK/bag"
	[ "$status" -eq 5 ]
	run_split bag "$WORK/scans/a.txt" --in-place
	[ "$status" -eq 2 ]
	"$LIFEBOAT" bag -q "$WORK/scans" -o "$WORK/bag/" # a slash at the end is no other place
	run_split bag "$WORK/bag" -o "$WORK/outer" # a bag as payload: done, and said
	[ "$status" -eq 0 ]
	[[ "$err" == *"warning: "*"is a bag already"* ]]
	"$LIFEBOAT" verify -q "$WORK/outer"
}

@test "bag: a folder half made is named, and the same command makes it" {
	mkdir -p "$WORK/scans/.lifeboat-bagging/data"
	mv "$WORK/scans/sub" "$WORK/scans/.lifeboat-bagging/data/"
	touch "$WORK/scans/.lifeboat-bagging/bagit.txt"
	run_split bag "$WORK/scans" -o "$WORK/bag"
	[ "$status" -eq 1 ]
	[[ "$err" == *"half made"*"--in-place"* ]]
	run_split bag --in-place "$WORK/scans"
	[ "$status" -eq 0 ]
	diff -r "$WORK/kept" "$WORK/scans/data"
	"$LIFEBOAT" verify -q "$WORK/scans"
}

@test "bag: two runs at once do not meet" {
	command -v flock >/dev/null || skip "no flock"
	flock "$WORK/scans" -c "'$LIFEBOAT' bag --in-place '$WORK/scans' >'$WORK/out' 2>'$WORK/err'; echo \$? >'$WORK/rc'"
	[ "$(cat "$WORK/rc")" -eq 8 ]
	grep -q 'another run' "$WORK/err"
	diff -r "$WORK/kept" "$WORK/scans"
}

@test "bag --profile: the bag names it and is checked against it" {
	run_split bag "$WORK/scans" -o "$WORK/bag" --profile "$WORK/profile.json" --info "Contact-Name: Ann" --info "Kind: scans" --json
	[ "$status" -eq 0 ]
	[[ "$(tail -n 1 "$WORK/out")" == *'"conforms":true'* ]]
	grep -qx 'BagIt-Profile-Identifier: https://example.org/profile.json' "$WORK/bag/bag-info.txt"
	run_split bag "$WORK/scans" -o "$WORK/less" --profile "$WORK/profile.json" --info "Kind: other"
	[ "$status" -eq 4 ]
	grep -q '^error PRF-002 bag-info.txt: has no Contact-Name' "$WORK/out"
	grep -q '^error PRF-003 bag-info.txt: Kind may not be "other"' "$WORK/out"
	run_split bag "$WORK/scans" -o "$WORK/x" --profile "$WORK/profile.json" --info "BagIt-Profile-Identifier: y"
	[ "$status" -eq 2 ]
}

@test "verify --profile: findings; what is no profile is never passed over" {
	"$LIFEBOAT" bag -q "$WORK/scans" -o "$WORK/bag"
	run_split verify "$WORK/bag" --profile "$WORK/profile.json"
	[ "$status" -eq 4 ]
	grep -q '^error PRF-001 bag-info.txt: ' "$WORK/out"
	run_split verify --json --quick "$WORK/bag" --profile "$WORK/profile.json"
	[ "$status" -eq 4 ]
	[[ "$(tail -n 1 "$WORK/out")" == *'"bagit_profile":"https://example.org/profile.json"'* ]]
	run_split verify "$WORK/bag" --profile "$WORK/none.json"
	[ "$status" -eq 5 ]
	[[ "$err" == *none.json* ]]
	for bad in '{' '[]' '{"BagIt-Profile-Info":{}}'; do
		printf '%s' "$bad" >"$WORK/bad.json"
		for c in "verify $WORK/bag" "bag $WORK/scans --in-place"; do
			# shellcheck disable=SC2086
			run_split $c --profile "$WORK/bad.json"
			[ "$status" -eq 2 ]
			[[ "$err" == *bad.json*"not a BagIt profile"* ]]
		done
	done
	diff -r "$WORK/kept" "$WORK/scans"
}

@test "verify --quick: no digest, and a word where there is nothing to compare sizes with" {
	"$LIFEBOAT" bag -q "$WORK/scans" -o "$WORK/bag"
	run_split verify --json --quick "$WORK/bag"
	[ "$status" -eq 0 ]
	[[ "$out" == *'"files":0,"bytes":0,'*'"levels":["structure","completeness"]}'* ]]
	rm "$WORK/bag/bag-info.txt"
	run_split verify --quick "$WORK/bag"
	grep -q '^warning BAG-040' "$WORK/out"
}

@test "bag: the sample lifeboat meets its profile, as a folder and packed" {
	xargs "$LIFEBOAT" create -q --progress=none --policy rescue --agree -o "$WORK/harbour" --replay samples/harbour.warc.gz --title Harbour \
		--rate 1000000 <samples/harbour.urls >"$WORK/log" 2>&1 || true
	"$LIFEBOAT" verify "$WORK/harbour" --profile spec/bagit-profile.json
	"$LIFEBOAT" pack -q "$WORK/harbour" -o "$WORK/harbour.zip"
	"$LIFEBOAT" verify "$WORK/harbour.zip" --profile spec/bagit-profile.json
}

@test "bag: files of 0 bytes and beyond 4 GiB" {
	[ "$(df --output=avail -B1 "$WORK" | tail -n 1)" -gt 12000000000 ] || skip "no room for 4 GiB"
	truncate -s 4297064449 "$WORK/scans/large" # 4 GiB and a little, sparse
	run_split bag --in-place --json --algorithm sha256 "$WORK/scans"
	[ "$status" -eq 0 ]
	[[ "$out" == *'"bytes":4297064460,'* ]]
	grep -qx 'Payload-Oxum: 4297064460.5' "$WORK/scans/bag-info.txt"
	"$LIFEBOAT" verify --quick -q "$WORK/scans"
}
