# METS.xml of the sample collection under every policy, and reports about it, by the schemas.

setup_file() {
	export SCHEMAS=../shared/data/schemas LIFEBOAT_TEST_CLOCK=2026-11-20T12:00:00Z
	[ -d "$SCHEMAS" ] || { echo "SKIP: no $SCHEMAS" >&3; return; }
}

setup() {
	[ -d "$SCHEMAS" ] || skip "no $SCHEMAS"
	DIR="$BATS_TEST_TMPDIR/harbour"
}

valid_by() { # schema, file
	XML_CATALOG_FILES=$SCHEMAS/catalog.xml xmllint --nonet --noout --schema "$SCHEMAS/$1" "$2" 2>"$BATS_TEST_TMPDIR/xmllint" ||
		{ grep -v 'Skipping import' "$BATS_TEST_TMPDIR/xmllint"; return 1; }
}

# Makes the sample, validates its METS.xml, and the reports about it: folder, packed, quick, broken.
validate_harbour() { # options…
	xargs "$LIFEBOAT" create -q --progress=none -o "$DIR" --replay samples/harbour.warc.gz --title 'Harbour & <more>' --purpose 'To <keep>' \
		--maker Me --rate 1000000 "$@" <samples/harbour.urls >"$DIR.log" 2>&1 || [ $? = 123 ] || { cat "$DIR.log"; return 1; }
	valid_by all-mets1.xsd "$DIR/lifeboat/METS.xml"
	"$LIFEBOAT" verify --report premis -o "$DIR.xml" "$DIR" >/dev/null
	valid_by premis/premis-v3-0.xsd "$DIR.xml"
}

@test "careful" {
	validate_harbour
	grep -q 'displayLabel="Photograph withheld"' "$DIR/lifeboat/METS.xml"
}

@test "rescue" {
	validate_harbour --policy rescue --agree
	grep -q '<eventType>policy assignment<' "$DIR/lifeboat/METS.xml"
}

@test "pseudonymised" {
	validate_harbour --policy rescue --agree --pseudonymise commenters
	grep -q 'stable pseudonyms' "$DIR/lifeboat/METS.xml"
}

@test "all layers, restricted, own" {
	validate_harbour --policy own --maker-id 71000001@N05 --safety restricted --layers all
}

@test "reports: packed, quick, broken, several, a plain bag" {
	validate_harbour
	"$LIFEBOAT" pack -q "$DIR" -o "$DIR.zip"
	"$LIFEBOAT" pack -q "$DIR" -o "$DIR.tar"
	cp -r "$DIR/lifeboat" "$DIR.broken"
	for f in "$DIR.broken"/data/metadata/photos/*.js; do printf ' ' >>"$f"; done
	mkdir -p "$DIR.bag/data"
	printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' >"$DIR.bag/bagit.txt"
	: >"$DIR.bag/manifest-sha256.txt"
	run "$LIFEBOAT" verify --report premis -o "$DIR.all.xml" "$DIR" "$DIR.zip" "$DIR.tar" "$DIR.broken" "$DIR.bag"
	[ "$status" = 4 ]
	valid_by premis/premis-v3-0.xsd "$DIR.all.xml"
	"$LIFEBOAT" verify --quick --report premis "$DIR.zip" >"$DIR.quick.xml"
	valid_by premis/premis-v3-0.xsd "$DIR.quick.xml"
}
