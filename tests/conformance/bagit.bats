# `lifeboat verify` on the bags of the BagIt conformance suite: not only the verdict, but the right rule for what is wrong in each.

: "${LIFEBOAT:=$PWD/build/release/lifeboat}"
SUITE=../shared/data/bagit-suite

setup() {
	[ -d "$SUITE" ] || skip "no $SUITE"
}

# Rules of one severity that `verify --json` tells of a bag, sorted, once each; the exit code in $status.
rules() { # bag, severity
	status=0
	"$LIFEBOAT" verify --json --progress=none "$SUITE/$1" >"$BATS_TEST_TMPDIR/out" || status=$?
	sed -n "s/^{\"type\":\"finding\",\"rule\":\"\([^\"]*\)\",\"severity\":\"$2\".*/\1/p" "$BATS_TEST_TMPDIR/out" | sort -u | tr '\n' ' '
}

# Lines "bag rule…": exactly these of that severity. BAG-026 (nothing stronger than SHA-1) is told of every MD5 bag and left out.
# Every bag of the kind has a line, so that none is passed over.
judge() { # kind, exit code, severity; table on standard input
	local bag want got wrong=0 seen=0
	while read -r bag want; do
		seen=$((seen + 1))
		rules "$bag" "$3" >"$BATS_TEST_TMPDIR/rules"
		got=$(sed 's/BAG-026 //; s/ $//' "$BATS_TEST_TMPDIR/rules")
		if [ "$status" != "$2" ] || [ "$got" != "$want" ]; then
			echo "$bag: exit $status, $3: $got; expected exit $2, $want"
			wrong=1
		fi
	done
	[ $wrong = 0 ] && [ "$seen" = "$(ls -d "$SUITE"/*/"$1"/*/ | wc -l)" ]
}

@test "valid bags: exit 0" {
	judge valid 0 error <<-'END'
		v0.93/valid/basic-bag
		v0.93/valid/duplicate-metadata-entries
		v0.94/valid/basic-bag
		v0.94/valid/duplicate-metadata-entries
		v0.95/valid/basic-bag
		v0.96/valid/bag-with-encoded-names
		v0.96/valid/bag-with-space
		v0.96/valid/duplicate-metadata-entries
		v0.97/valid/UTF-16-encoded-tag-files
		v0.97/valid/bag-with-escapable-characters
		v0.97/valid/bag-with-leading-dot-slash-in-manifest
		v0.97/valid/basic-bag
		v0.97/valid/duplicate-metadata-entries
		v1.0/valid/basicBag
	END
}

@test "valid bags: nothing but what is worth a word" {
	judge valid 0 warning <<-'END'
		v0.93/valid/basic-bag
		v0.93/valid/duplicate-metadata-entries
		v0.94/valid/basic-bag
		v0.94/valid/duplicate-metadata-entries
		v0.95/valid/basic-bag
		v0.96/valid/bag-with-encoded-names
		v0.96/valid/bag-with-space
		v0.96/valid/duplicate-metadata-entries
		v0.97/valid/UTF-16-encoded-tag-files
		v0.97/valid/bag-with-escapable-characters
		v0.97/valid/bag-with-leading-dot-slash-in-manifest BAG-020
		v0.97/valid/basic-bag
		v0.97/valid/duplicate-metadata-entries BAG-036
		v1.0/valid/basicBag
	END
}

# '*' before paths; one file listed as composed and as taken apart; one line twice. The others lack tag files in the tag manifest.
@test "bags that deserve a warning: exit 0, and the warning" {
	judge warning 0 warning <<-'END'
		v0.97/warning/made-with-md5sum-tools BAG-019
		v0.97/warning/same-filename-listed-twice-with-different-normalization BAG-011 BAG-022 BAG-023
		v0.97/warning/same-filename-listed-twice-with-the-same-hash BAG-011 BAG-023
	END
}

# The files of three of these bags were changed by whoever broke them, which their digests tell as well.
@test "invalid bags: exit 4, and the reason" {
	judge invalid 4 error <<-'END'
		v0.97/invalid/baginfo-missing-encoding BAG-002 BAG-014
		v0.97/invalid/corrupt-data-file BAG-014 BAG-017
		v0.97/invalid/invalid-version-number BAG-002 BAG-014
		v0.97/invalid/missing-baginfo BAG-012
		v0.97/invalid/out-of-scope-file-paths-using-dot-notation BAG-010
		v0.97/invalid/out-of-scope-file-paths-using-dot-notation-for-fetch BAG-032
		v0.97/invalid/same-filename-listed-twice-with-different-hashes BAG-011
	END
}

@test "bags that leave their folder on Linux: exit 4, and the path" {
	judge linux-only 4 error <<-'END'
		v0.97/linux-only/out-of-scope-file-paths-using-absolute-path BAG-010
		v0.97/linux-only/out-of-scope-file-paths-using-absolute-path-for-fetch BAG-032
		v0.97/linux-only/out-of-scope-file-paths-using-shortcut-username BAG-010
	END
}

# Paths with backslashes and drive letters lead nowhere here. They are refused all the same, by the same rules: they are not below
# data/, and a bag that is valid or not depending on who looks is of no use.
@test "bags that leave their folder on Windows: exit 4 here too" {
	judge windows-only 4 error <<-'END'
		v0.97/windows-only/out-of-scope-file-paths-using-absolute-path BAG-010
		v0.97/windows-only/out-of-scope-file-paths-using-absolute-path-for-fetch BAG-032
		v0.97/windows-only/out-of-scope-file-paths-using-shortcut BAG-010
		v0.97/windows-only/out-of-scope-file-paths-using-shortcut-for-fetch BAG-032
		v0.97/windows-only/out-of-scope-file-paths-using-unc-for-fetch BAG-032
	END
}

# What `lifeboat bag` makes of their payload is valid, and their payload is what is in it.
@test "bagging the payload of every bag once more" {
	for data in "$SUITE"/*/*/*/data; do
		rm -rf "$BATS_TEST_TMPDIR/bag"
		"$LIFEBOAT" bag -q "$data" -o "$BATS_TEST_TMPDIR/bag" 2>/dev/null
		"$LIFEBOAT" verify -q "$BATS_TEST_TMPDIR/bag" >/dev/null
		diff -r "$data" "$BATS_TEST_TMPDIR/bag/data"
	done
}
