# build --viewer: the viewer of a finished package, made anew from its metadata.

: "${LIFEBOAT:=$PWD/build/release/lifeboat}"

# Once for the file: the sample lifeboat.
setup_file() {
	export SAMPLE="$BATS_FILE_TMPDIR/harbour"
	xargs "$LIFEBOAT" create -q --progress=none --policy rescue --agree -o "$SAMPLE" --replay samples/harbour.warc.gz --title Harbour \
		--rate 1000000 <samples/harbour.urls >"$BATS_FILE_TMPDIR/log" 2>&1 || true
}

setup() {
	WORK="$BATS_TEST_TMPDIR" PACKAGE="$SAMPLE/lifeboat"
	export XDG_DATA_HOME="$WORK/data" XDG_CONFIG_HOME="$WORK/config" HOME="$WORK"
}

run_split() {
	status=0
	"$LIFEBOAT" "$@" >"$WORK/out" 2>"$WORK/err" </dev/null || status=$?
	out="$(cat "$WORK/out")"
	err="$(cat "$WORK/err")"
}

copy() {
	cp -r "$PACKAGE" "$WORK/boat"
}

# Nothing but the packages themselves is left.
nothing_hidden() {
	[ -z "$(find "$WORK" -name '.*.part')" ]
}

# The digest of a file in a package, before and after it changed, in every list.
digest_changed() {
	new="$(sha256sum "$1/$3" | cut -c1-64)"
	for list in $4; do
		sed -i "s/$2/$new/" "$1/$list"
	done
}

# As if an older program had made the viewer: every file of it is a comment longer or shorter in no list but its digest.
make_older() {
	copy
	for file in $(cd "$WORK/boat" && find data/viewer -type f); do
		old="$(sha256sum "$WORK/boat/$file" | cut -c1-64)"
		printf '\001' | dd of="$WORK/boat/$file" bs=1 count=1 conv=notrunc 2>/dev/null
		digest_changed "$WORK/boat" "$old" "$file" "lifeboat.json METS.xml manifest-sha256.txt data/ro-crate-metadata.json"
	done
	old="$(sha256sum "$PACKAGE/data/ro-crate-metadata.json" | cut -c1-64)"
	digest_changed "$WORK/boat" "$old" data/ro-crate-metadata.json "lifeboat.json METS.xml manifest-sha256.txt"
	for file in lifeboat.json METS.xml manifest-sha256.txt; do
		old="$(sha256sum "$PACKAGE/$file" | cut -c1-64)"
		digest_changed "$WORK/boat" "$old" "$file" tagmanifest-sha256.txt
	done
	"$LIFEBOAT" verify -q "$WORK/boat"
}

@test "a viewer that is as it would be made is left alone" {
	copy
	before="$(stat -c %i "$WORK/boat")"
	run_split build --viewer "$WORK/boat"
	[ "$status" = 0 ]
	[[ "$out$err" == *"nothing was changed"* ]]
	[ "$before" = "$(stat -c %i "$WORK/boat")" ]
	diff -r "$PACKAGE" "$WORK/boat"
	nothing_hidden
}

@test "a viewer that is gone comes back, byte for byte" {
	copy
	rm -r "$WORK/boat/data/viewer"
	run_split build --viewer "$WORK/boat"
	[ "$status" = 0 ]
	diff -r "$PACKAGE" "$WORK/boat"
	"$LIFEBOAT" verify -q "$WORK/boat"
	nothing_hidden
}

@test "damaged and stray files of the viewer are put right" {
	copy
	echo more >>"$WORK/boat/data/viewer/style.css"
	echo stray >"$WORK/boat/data/viewer/stray.js"
	run_split build --viewer --json "$WORK/boat"
	[ "$status" = 0 ]
	[[ "$out" == *'"repaired":2'* && "$out" == *'"changed":0'* ]]
	diff -r "$PACKAGE" "$WORK/boat"
}

@test "the viewer of an older program is brought up to date, lists and all" {
	make_older
	! diff -rq "$PACKAGE" "$WORK/boat" >/dev/null
	run_split build --viewer --json "$WORK/boat"
	[ "$status" = 0 ]
	[[ "$out" != *'"changed":0'* && "$out" == *'"repaired":0'* ]]
	"$LIFEBOAT" verify -q "$WORK/boat"
	diff -r "$PACKAGE" "$WORK/boat"
	nothing_hidden
}

@test "-o writes a new package and leaves the old one" {
	make_older
	cp -r "$WORK/boat" "$WORK/kept"
	run_split build --viewer "$WORK/boat" -o "$WORK/new"
	[ "$status" = 0 ]
	diff -r "$WORK/kept" "$WORK/boat"
	diff -r "$PACKAGE" "$WORK/new"
	run_split build --viewer "$WORK/boat" -o "$WORK/new"
	[ "$status" = 1 ]
	[[ "$err" == *"is there already"* ]]
	nothing_hidden
}

@test "a working folder means the package in it" {
	cp -r "$SAMPLE" "$WORK/line"
	rm -r "$WORK/line/lifeboat/data/viewer"
	run_split build --viewer "$WORK/line"
	[ "$status" = 0 ]
	diff -r "$PACKAGE" "$WORK/line/lifeboat"
}

@test "what else is damaged is refused, and nothing is changed" {
	for file in data/metadata/photoIndex.js lifeboat.json METS.xml bag-info.txt; do
		rm -rf "$WORK/boat" "$WORK/kept"
		copy
		printf 'x' | dd of="$WORK/boat/$file" bs=1 seek=20 count=1 conv=notrunc 2>/dev/null
		rm "$WORK/boat/data/viewer/style.css"
		cp -r "$WORK/boat" "$WORK/kept"
		run_split build --viewer "$WORK/boat"
		[ "$status" = 4 ]
		[[ "$err" == *"$file"* && "$err" == *"lifeboat verify"* ]]
		diff -r "$WORK/kept" "$WORK/boat"
	done
	nothing_hidden
}

@test "a medium that lost bytes is not taken over" {
	copy
	medium="$(cd "$WORK/boat" && ls data/media/originals/* | head -n 1)"
	truncate -s -1 "$WORK/boat/$medium"
	run_split build --viewer --json "$WORK/boat" -o "$WORK/new"
	[ "$status" = 4 ]
	[[ "$out" == *'"error":"corrupt"'* && "$out" == *"$medium"* ]]
	[ ! -e "$WORK/new" ]
}

@test "a packed file is to be unpacked first" {
	"$LIFEBOAT" pack -q "$PACKAGE" -o "$WORK/boat.zip"
	run_split build --viewer "$WORK/boat.zip"
	[ "$status" = 2 ]
	[[ "$err" == *"lifeboat unpack"* ]]
}

@test "-o is for --viewer only, and help tells of both" {
	run_split build "$SAMPLE" -o "$WORK/new"
	[ "$status" = 2 ]
	run_split help build
	[[ "$out" == *"--viewer"* && "$out" == *"harbour-2026"* ]]
	run_split build --viewer "$WORK/nowhere"
	[ "$status" = 5 ]
}
