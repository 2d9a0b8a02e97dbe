# `verify --report premis`: what was found, for an institution's records.

: "${LIFEBOAT:=$PWD/build/release/lifeboat}"

setup_file() {
	export SAMPLE="$BATS_FILE_TMPDIR/harbour" LIFEBOAT_TEST_CLOCK=2026-11-20T12:00:00Z
	xargs "$LIFEBOAT" create -q --progress=none -o "$SAMPLE" --replay samples/harbour.warc.gz --title Harbour --rate 1000000 \
		<samples/harbour.urls >"$BATS_FILE_TMPDIR/log" 2>&1 || [ $? = 123 ]
	"$LIFEBOAT" pack -q "$SAMPLE" -o "$BATS_FILE_TMPDIR/harbour.zip"
	"$LIFEBOAT" pack -q "$SAMPLE" -o "$BATS_FILE_TMPDIR/harbour.tar"
}

setup() {
	WORK="$BATS_TEST_TMPDIR"
	ZIP="$BATS_FILE_TMPDIR/harbour.zip"
	export LIFEBOAT_TEST_CLOCK=2026-11-21T06:30:00Z
}

run_split() {
	status=0
	"$LIFEBOAT" "$@" >"$WORK/out" 2>"$WORK/err" </dev/null || status=$?
	out="$(cat "$WORK/out")"
	err="$(cat "$WORK/err")"
}
count() { grep -c -- "$1" "$WORK/out" || true; }
make_broken() {
	cp -r "$SAMPLE/lifeboat" "$WORK/broken"
	photo="$(cd "$WORK/broken" && ls data/metadata/photos/*.js | head -n 1)"
	printf ' ' >>"$WORK/broken/$photo"
}
# valid PREMIS 3, where the schema is at hand
check_schema() { # file
	xmllint --noout "$1"
	[ -d ../shared/data/schemas ] || return 0
	XML_CATALOG_FILES=../shared/data/schemas/catalog.xml xmllint --nonet --noout --schema ../shared/data/schemas/premis/premis-v3-0.xsd "$1"
}

@test "a valid package: an object, an event a level, pass; standard output is the document alone" {
	run_split verify --report premis "$ZIP"
	[ "$status" -eq 0 ]
	[[ "$(head -n 1 "$WORK/out")" == '<?xml version="1.0" encoding="UTF-8"?>' ]]
	check_schema "$WORK/out"
	[ "$(count '<object ')" -eq 1 ]
	[ "$(count '<event>')" -eq 5 ]
	[ "$(count '<eventOutcome>pass<')" -eq 5 ]
	[ "$(count '>fixity check<')" -eq 1 ]
	[ "$(count '>validation<')" -eq 4 ]
	[ "$(count '<eventDateTime>2026-11-21T06:30:00Z<')" -eq 5 ]
	[ "$(count '<agentVersion>')" -eq 1 ]
	[[ "$out" == *"<objectIdentifierValue>urn:uuid:"*"<size>$(stat -c %s "$ZIP")</size>"*"<originalName>harbour.zip</originalName>"* ]]
	[ "$(count messageDigest)" -eq 0 ]
	cp "$WORK/out" "$WORK/first"
	run_split verify --report premis "$ZIP"
	cmp "$WORK/out" "$WORK/first"
}

@test "a broken package: fail where it fails, with rule, path and message; exit 4" {
	make_broken
	run_split verify --report premis "$WORK/broken"
	[ "$status" -eq 4 ]
	check_schema "$WORK/out"
	[ "$(count '<eventOutcome>fail<')" -ge 1 ]
	[ "$(count '<eventOutcome>pass<')" -ge 2 ]
	[[ "$out" == *"<eventOutcomeDetailNote>error BAG-014 $photo: "* ]]
	[[ "$out" == *'xsi:type="representation"'* ]]
}

@test "levels: events only for what was checked" {
	run_split verify --report premis --quick "$ZIP"
	[ "$status" -eq 0 ]
	check_schema "$WORK/out"
	[ "$(count '<event>')" -eq 2 ]
	[ "$(count '>fixity check<')" -eq 0 ]
	[[ "$out" == *"<objectIdentifierType>path</objectIdentifierType>"* ]]
}

@test "a plain bag has no metadata to validate; what cannot be read is not said to pass" {
	mkdir -p "$WORK/bag/data"
	printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' >"$WORK/bag/bagit.txt"
	echo a >"$WORK/bag/data/a"
	(cd "$WORK/bag" && sha256sum data/a >manifest-sha256.txt)
	run_split verify --report premis "$WORK/bag"
	[ "$status" -eq 0 ]
	check_schema "$WORK/out"
	[ "$(count '<event>')" -eq 3 ]
	cp -r "$SAMPLE/lifeboat" "$WORK/unreadable"
	echo '{' >"$WORK/unreadable/lifeboat.json"
	run_split verify --report premis "$WORK/unreadable"
	[ "$status" -eq 4 ]
	[ "$(count '<event>')" -eq 3 ]
}

@test "warnings: the outcome says so" {
	mkdir -p "$WORK/bag/data"
	printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' >"$WORK/bag/bagit.txt"
	echo a >"$WORK/bag/data/a"
	(cd "$WORK/bag" && md5sum data/a >manifest-md5.txt)
	run_split verify --report premis "$WORK/bag"
	[ "$status" -eq 0 ]
	check_schema "$WORK/out"
	[ "$(count '<eventOutcome>warning<')" -eq 1 ]
	[[ "$out" == *"warning BAG-026"* ]]
}

@test "several packages: one document; one that is not there is told, and not in it" {
	make_broken
	run_split verify --report premis "$ZIP" "$WORK/nothing" "$WORK/broken" "$BATS_FILE_TMPDIR/harbour.tar"
	[ "$status" -eq 4 ]
	check_schema "$WORK/out"
	[ "$(count '<object ')" -eq 3 ]
	[ "$(count '<event>')" -eq 15 ]
	[ "$(count '<premis ')" -eq 1 ]
	[ "$(sed -n 's/.*<eventIdentifierValue>//p' "$WORK/out" | sort -u | wc -l)" -eq 15 ]
	[[ "$err" == *"$WORK/nothing"* ]]
	[ "$(count "$WORK/nothing")" -eq 0 ]
	run_split verify --report premis "$WORK/nothing"
	[ "$status" -eq 5 ]
	[ -z "$out" ]
}

@test "-o FILE: the document there, the text as usual; never over another without --force" {
	run_split verify --report premis -o "$WORK/report.xml" "$ZIP"
	[ "$status" -eq 0 ]
	[[ "$out" == "valid: "* ]]
	check_schema "$WORK/report.xml"
	echo older >"$WORK/report.xml"
	run_split verify --report premis -o "$WORK/report.xml" "$ZIP"
	[ "$status" -eq 1 ]
	[[ "$err" == *"report.xml"*"exists already"*"--force"* ]]
	[ "$(cat "$WORK/report.xml")" = older ]
	run_split verify --report premis -o "$WORK/report.xml" --force "$ZIP"
	[ "$status" -eq 0 ]
	check_schema "$WORK/report.xml"
	make_broken
	run_split verify --report premis -o "$WORK/broken.xml" "$WORK/broken"
	[ "$status" -eq 4 ]
	[[ "$out" == *"BAG-014"*"not valid"* ]]
	check_schema "$WORK/broken.xml"
	run_split verify --report premis -o "$WORK/no/folder.xml" "$ZIP"
	[ "$status" -ne 0 ]
	[[ "$err" == *"no/folder.xml"* ]]
}

@test "wrong usage, in words" {
	for words in '--report premis --json' '--report pdf' '-o x.xml' '--force' '--report premis --force'; do
		# shellcheck disable=SC2086
		run_split verify $words "$ZIP"
		[ "$status" -eq 2 ] || { echo "$words: $status"; return 1; }
		[[ "$err" == *"--"* || "$err" == *"pdf"* || "$out" == *"--json"* ]]
	done
	[ ! -e x.xml ]
}

@test "hostile names reach the report as text" {
	mkdir -p "$WORK/bag/data"
	printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' >"$WORK/bag/bagit.txt"
	echo a >"$WORK/bag/data/<b>&\"'"$'\x01'"x"
	: >"$WORK/bag/manifest-sha256.txt"
	run_split verify --report premis "$WORK/bag"
	[ "$status" -eq 4 ]
	check_schema "$WORK/out"
	[[ "$out" == *"&lt;b&gt;&amp;&quot;&#39;\\x01x"* ]]
}

@test "a full disk is reported" {
	[ -w /dev/full ] || skip "no /dev/full"
	status=0
	"$LIFEBOAT" verify -q --report premis "$ZIP" >/dev/full 2>"$WORK/err" || status=$?
	[ "$status" -eq 1 ]
	[ -s "$WORK/err" ]
}
