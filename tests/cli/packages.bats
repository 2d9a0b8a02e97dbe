# Packages on the command line: what is not valid is not packed, unpacked or indexed, and messages name what they are about.

: "${LIFEBOAT:=$PWD/build/release/lifeboat}"

# Once for the file: the sample lifeboat, and packed.
setup_file() {
	export SAMPLE="$BATS_FILE_TMPDIR/harbour"
	xargs "$LIFEBOAT" create -q --progress=none --policy rescue --agree -o "$SAMPLE" --replay samples/harbour.warc.gz --title Harbour \
		--rate 1000000 <samples/harbour.urls >"$BATS_FILE_TMPDIR/log" 2>&1 || true
	"$LIFEBOAT" pack -q "$SAMPLE" -o "$BATS_FILE_TMPDIR/harbour.zip"
	"$LIFEBOAT" pack -q "$SAMPLE" -o "$BATS_FILE_TMPDIR/harbour.tar"
}

setup() {
	WORK="$BATS_TEST_TMPDIR"
	ZIP="$BATS_FILE_TMPDIR/harbour.zip" TAR="$BATS_FILE_TMPDIR/harbour.tar"
	export XDG_DATA_HOME="$WORK/data" XDG_CONFIG_HOME="$WORK/config" HOME="$WORK"
	unset LIFEBOAT_INDEX LIFEBOAT_API_KEY LIFEBOAT_TEST_SERVER
}

run_split() {
	status=0
	"$LIFEBOAT" "$@" >"$WORK/out" 2>"$WORK/err" </dev/null || status=$?
	out="$(cat "$WORK/out")"
	err="$(cat "$WORK/err")"
}
# A lifeboat in $WORK/broken with one byte too many in a photo's metadata.
make_broken() {
	cp -r "$SAMPLE/lifeboat" "$WORK/broken"
	photo="$(cd "$WORK/broken" && ls data/metadata/photos/*.js | head -n 1)"
	printf ' ' >>"$WORK/broken/$photo"
}
# A zip with these members, each "name=text".
make_zip() {
	python3 - "$@" <<-'END'
		import sys, zipfile
		with zipfile.ZipFile(sys.argv[1], "w") as z:
		    for member in sys.argv[2:]:
		        name, text = member.split("=", 1)
		        info = zipfile.ZipInfo("x")
		        info.filename = name
		        z.writestr(info, text)
	END
}
# The sample's zip once more, with another member of $3 megabytes of zeros, or that instead of one that is there.
make_bomb() {
	python3 - "$ZIP" "$@" <<-'END'
		import sys, zipfile
		source, target, name, megabytes = sys.argv[1:]
		with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
		    root = old.namelist()[0].split("/")[0]
		    for member in old.namelist():
		        if member != root + "/" + name:
		            new.writestr(member, old.read(member))
		    with new.open(root + "/" + name, "w", force_zip64=True) as out:
		        for _ in range(int(megabytes)):
		            out.write(bytes(1 << 20))
	END
}

@test "pack: what is not valid is not packed, unless told" {
	make_broken
	run_split pack "$WORK/broken" -o "$WORK/p.zip"
	[ "$status" -eq 4 ]
	[ ! -e "$WORK/p.zip" ]
	grep -q "^error BAG-014 $photo: " "$WORK/out"
	[[ "$err" == *"\"$WORK/broken\" is not valid: "*"--no-verify packs it"* ]]
	run_split pack --json "$WORK/broken" -o "$WORK/p.zip"
	[ "$status" -eq 4 ]
	[[ "$(head -n 1 "$WORK/out")" == '{"type":"finding",'* ]]
	[[ "$(tail -n 1 "$WORK/out")" == '{"type":"error",'*'"exit":4,'* ]]
	run_split pack --no-verify "$WORK/broken" -o "$WORK/p.zip"
	[ "$status" -eq 0 ]
	[ -s "$WORK/p.zip" ]
}

@test "unpack: a bomb is refused before anything is written" {
	mkdir "$WORK/here"
	make_bomb "$WORK/bomb.zip" data/zeros 200
	( ulimit -f 20480; cd "$WORK/here" && "$LIFEBOAT" unpack "$WORK/bomb.zip" >"$WORK/out" 2>"$WORK/err" ) || status=$?
	[ "$status" -eq 4 ]
	grep -q 'BAG-013 data/zeros' "$WORK/out"
	grep -q -- '--no-verify unpacks it' "$WORK/err"
	[ -z "$(ls -A "$WORK/here")" ]
}

@test "a lifeboat.json beyond all measure: exit 4 everywhere" {
	make_bomb "$WORK/bomb.zip" lifeboat.json 300
	for c in verify info list unpack 'index add'; do
		# shellcheck disable=SC2086
		run "$LIFEBOAT" $c "$WORK/bomb.zip"
		[ "$status" -eq 4 ]
		[[ "$output" == *"$WORK/bomb.zip"* ]]
		[[ "$output" == *"lifeboat.json"* ]]
	done
	cp -r "$SAMPLE/lifeboat" "$WORK/deep"
	head -c 5000 /dev/zero | tr '\0' '[' >"$WORK/deep/lifeboat.json"
	for c in verify info list pack; do
		run_split $c "$WORK/deep"
		[ "$status" -eq 4 ]
	done
}

@test "unpack: without verifying, on wish; nothing of a valid one is lost" {
	make_broken
	"$LIFEBOAT" pack -q --no-verify "$WORK/broken" -o "$WORK/p.zip"
	run_split unpack "$WORK/p.zip" -o "$WORK/u"
	[ "$status" -eq 4 ]
	[ ! -e "$WORK/u" ]
	run_split unpack --no-verify "$WORK/p.zip" -o "$WORK/u"
	[ "$status" -eq 0 ]
	diff -r "$WORK/broken" "$WORK/u"
	run_split unpack --json "$ZIP" -o "$WORK/good"
	[ "$status" -eq 0 ]
	[[ "$out" == '{"type":"summary",'*'"verified":true,'* ]]
	diff -r "$SAMPLE/lifeboat" "$WORK/good"
}

@test "hostile archives: the reason is the error, with the name" {
	for name in '../evil' '/etc/evil' 'a\evil'; do
		make_zip "$WORK/h.zip" "top/a=1" "$name=2"
		for c in info unpack; do
			run_split $c "$WORK/h.zip"
			[ "$status" -eq 4 ]
			[[ "$err" == *evil*"the name "*"(ZIP-013)"* ]]
			[[ "$err" != *canonical* ]]
		done
	done
	make_zip "$WORK/h.zip" "top/a=1" "other/evil=2"
	run_split info "$WORK/h.zip"
	[ "$status" -eq 4 ]
	[[ "$err" == *"is damaged: other/evil: "*"(ZIP-014)"* ]]
	make_zip "$WORK/h.zip" "top/a=1"
	run_split info "$WORK/h.zip" # nothing wrong with it, but no lifeboat
	[ "$status" -eq 5 ]
	[[ "$err" == *"$WORK/h.zip"* ]]
	run_split unpack "$WORK/h.zip" -o "$WORK/u"
	[ "$status" -eq 5 ]
	[[ "$err" == *"$WORK/h.zip"* && "$err" != *part* ]]
}

@test "verify: the cause first" {
	head -c 20000 "$ZIP" >"$WORK/cut.zip"
	run_split verify "$WORK/cut.zip"
	[ "$status" -eq 4 ]
	[[ "$out" == "error ZIP-001"* ]]
	head -c 20000 "$TAR" >"$WORK/cut.tar"
	run_split verify --json "$WORK/cut.tar"
	[ "$status" -eq 4 ]
	[[ "$out" == '{"type":"finding","rule":"TAR-001"'* ]]
}

@test "messages name the package" {
	for name in json version; do cp -r "$SAMPLE/lifeboat" "$WORK/$name"; done
	echo '{' >"$WORK/json/lifeboat.json"
	printf '{"format":"data-lifeboat","formatVersion":"9.0"}' >"$WORK/version/lifeboat.json"
	run_split index add --no-verify "$SAMPLE" "$WORK/json"
	[ "$status" -eq 4 ]
	[[ "$err" == *"$WORK/json"* ]]
	run_split info "$WORK/version"
	[ "$status" -eq 9 ]
	[[ "$err" == *"$WORK/version"*"9.0"* ]]
	rm "$WORK/json/lifeboat.json" && cp "$SAMPLE/lifeboat/lifeboat.json" "$WORK/json"
	rm "$WORK/json/$(cd "$WORK/json" && ls data/metadata/photos/*.js | tail -n 1)"
	run_split list -q "$WORK/json"
	[ "$status" -eq 4 ]
	[[ "$err" == *"$WORK/json"*"is missing"* ]]
}

@test "a folder that is no lifeboat is told without walking it" {
	mkdir -p "$WORK/tree"
	( cd "$WORK/tree" && for _ in $(seq 300); do mkdir d && cd d; done ) # deeper than a package may be
	for c in info list pack verify unpack 'index add'; do
		# shellcheck disable=SC2086
		run_split $c "$WORK/tree"
		[ "$status" -eq 5 ] || { [ "$c" = unpack ] && [ "$status" -eq 2 ]; }
		[[ "$err" == *"$WORK/tree"* ]]
	done
}

@test "list: dates as precise as they are known" {
	run_split list "$SAMPLE"
	[ "$status" -eq 0 ]
	cut -f2 "$WORK/out" | grep -qx 'about 1937'
	cut -f2 "$WORK/out" | grep -qx '1908'
	cut -f2 "$WORK/out" | grep -qx '1962-07'
	cut -f2 "$WORK/out" | grep -qx '2018-03-04T05:02:40'
	run_split list --json "$SAMPLE"
	[[ "$out" == *'"taken":{"value":"1937-12-09T00:00:00","granularity":"circa"}'* ]]
}

@test "index: what is not valid is not added, unless told" {
	make_broken
	run_split index add "$WORK/broken"
	[ "$status" -eq 4 ]
	grep -q '^error BAG-014 ' "$WORK/out"
	run_split index list
	[ -z "$out" ]
	run_split index add --no-verify "$WORK/broken"
	[ "$status" -eq 0 ]
}

@test "index: one lifeboat in several places; another of its id is told" {
	id="$("$LIFEBOAT" info "$ZIP" | sed -n 's/^id  *//p')"
	run_split index add --progress=none "$ZIP" "$SAMPLE" "$TAR" "$ZIP"
	[ "$status" -eq 0 ]
	[ -z "$err" ]
	run_split index find --json 51000000222
	[ "$status" -eq 0 ]
	[[ "$(head -n 1 "$WORK/out")" == *"\"where\":[\"$ZIP\",\"$SAMPLE/lifeboat\",\"$TAR\"],\"status\":\"held\""* ]]
	run_split index list
	[ "$(wc -l <"$WORK/out")" -eq 1 ]
	make_broken
	(cd "$WORK/broken" && sha256sum lifeboat.json >tagmanifest-sha256.txt)
	run_split index add --no-verify "$WORK/broken"
	[ "$status" -eq 0 ]
	[[ "$err" == *"warning: "*"$WORK/broken"*"$ZIP, $SAMPLE/lifeboat, $TAR"* ]]
	run_split index find 51000000222
	[[ "$out" == *"$WORK/broken"* && "$out" != *"$ZIP"* ]]
	run_split index remove "$id"
	[ "$status" -eq 0 ]
	run_split index find 51000000222
	[ "$status" -eq 5 ]
}

@test "index find: each query for itself" {
	"$LIFEBOAT" index add -q "$ZIP"
	run_split index find nonsense 1 51000000222
	[ "$status" -eq 2 ]
	[[ "$out" == "51000000222"$'\t'"held"* ]]
	[ "$(grep -c . "$WORK/err")" -eq 2 ]
	[[ "$err" == *'"nonsense"'*"the photo 1"* ]]
	run_split index find 1 51000000222
	[ "$status" -eq 0 ]
	run_split index find 1 2
	[ "$status" -eq 5 ]
	[ "$(grep -c . "$WORK/err")" -eq 2 ]
	run_split index find --json nonsense 51000000222
	[ "$status" -eq 2 ]
	[[ "$(tail -n 1 "$WORK/out")" == '{"type":"summary","queries":2,"found":1,"hits":1}' ]]
}

@test "flickr --json: the answer in a line, and a summary" {
	run_split flickr --json --replay samples/harbour.warc.gz photos.getInfo photo_id=51000000222
	[ "$status" -eq 0 ]
	[ "$(wc -l <"$WORK/out")" -eq 2 ]
	[[ "$(head -n 1 "$WORK/out")" == '{"type":"answer","method":"flickr.photos.getInfo","body":"\u003c?xml version=\"1.0\"'* ]]
	[[ "$(tail -n 1 "$WORK/out")" == '{"type":"summary","method":"flickr.photos.getInfo",'* ]]
	run_split flickr --replay samples/harbour.warc.gz photos.getInfo photo_id=51000000222
	[[ "$out" == "<?xml "* ]]
}

@test "credentials without a key: said so, and not asked of a recording" {
	mkdir -p "$WORK/config/lifeboat"
	for text in 'api_key=' 'api_key =  ' 'secret = x' ''; do
		printf '%s\n' "$text" >"$WORK/config/lifeboat/credentials"
		chmod 600 "$WORK/config/lifeboat/credentials"
		run_split flickr test.echo
		[ "$status" -eq 6 ]
		[[ "$err" == *"lifeboat/credentials\" has no API key"*"api_key = "* ]]
		run_split flickr --replay samples/harbour.warc.gz photos.getInfo photo_id=51000000222
		[ "$status" -eq 0 ]
	done
}

@test "help of a part is the help of its command" {
	run_split help index find
	[ "$status" -eq 0 ]
	cp "$WORK/out" "$WORK/part"
	run_split help index
	cmp "$WORK/out" "$WORK/part"
	for words in 'index frob' 'verify x' 'frob find'; do
		# shellcheck disable=SC2086
		run_split help $words
		[ "$status" -eq 2 ]
	done
}

@test "verify: the levels that are asked for, and no others" {
	make_broken
	run_split verify --json "$WORK/broken"
	[ "$status" = 4 ]
	[[ "$out" == *'"rule":"BAG-014","severity":"error","path":"data/metadata/photos/'*',"level":"fixity"}'* ]]
	[[ "$out" == *'"levels":["structure","completeness","fixity","schema","consistency"]'* ]]
	run_split verify --json --levels structure,schema "$WORK/broken"
	[ "$status" = 0 ]
	[[ "$out" == *'"valid":true,"files":0'*'"levels":["structure","schema"]}'* ]]
	run_split verify --quick "$WORK/broken"
	[ "$status" = 4 ]
	[[ "$out" == *BAG-017* && "$out" != *BAG-014* ]]
	run_split verify --levels fixety "$WORK/broken"
	[ "$status" = 2 ]
	[[ "$err" == *'there is no level "fixety"'*'structure, completeness, fixity, schema, consistency'* ]]
}
