# METS.xml alone: the list of photos that the package gives, field by field.

: "${LIFEBOAT:=$PWD/build/release/lifeboat}"

setup_file() {
	export LIFEBOAT_TEST_CLOCK=2026-11-20T12:00:00Z
	make_one careful
	make_one rescue --policy rescue --agree
	make_one pseudonymised --policy rescue --agree --pseudonymise commenters
	make_one all --policy rescue --agree --safety restricted --layers all
}

make_one() { # name, options…
	local dir=$BATS_FILE_TMPDIR/$1
	shift
	xargs "$LIFEBOAT" create -q --progress=none -o "$dir" --replay samples/harbour.warc.gz --title 'Harbour & <more>' --maker Me --rate 1000000 \
		"$@" <samples/harbour.urls >"$dir.log" 2>&1 || [ $? = 123 ] || { cat "$dir.log" >&2; return 1; }
	[ -d "$dir/lifeboat" ]
}

setup() {
	WORK="$BATS_TEST_TMPDIR"
	export LIFEBOAT_TEST_CLOCK=2026-11-20T12:00:00Z
}

# Every field of every photo: the same, but for what METS does not tell (null), and dates that end where their granularity does.
same_list() { # name
	"$LIFEBOAT" list --json "$BATS_FILE_TMPDIR/$1" >"$WORK/package"
	"$LIFEBOAT" list --json "$BATS_FILE_TMPDIR/$1/lifeboat/METS.xml" >"$WORK/mets"
	node -e '
		const assert = require("assert"), fs = require("fs");
		const read = name => fs.readFileSync(name, "utf8").trim().split("\n").map(JSON.parse);
		const [whole, mets] = process.argv.slice(1).map(read);
		const digits = {second: 100, month: 7, year: 4, circa: 4};
		assert.strictEqual(mets.length, whole.length);
		assert(whole.length > 50);
		for (let i = 0; i < whole.length - 1; i++) {
			const expected = {...whole[i], comments: null, faves: null};
			if (expected.taken) expected.taken = {...expected.taken, value: expected.taken.value.slice(0, digits[expected.taken.granularity])};
			assert.deepStrictEqual(mets[i], expected);
		}
		const [a, b] = [whole.at(-1), mets.at(-1)];
		assert.deepStrictEqual({...a, path: null}, {...b, path: null});
	' "$WORK/package" "$WORK/mets"
}

@test "list METS.xml: as the package lists (careful: with stubs)" {
	same_list careful
	grep -q '"withheld":"' "$WORK/mets"
	grep -q 'displayLabel="Photograph withheld"' "$BATS_FILE_TMPDIR/careful/lifeboat/METS.xml"
}

@test "list METS.xml: as the package lists (rescue)" { same_list rescue; }

@test "list METS.xml: as the package lists (pseudonymised)" {
	same_list pseudonymised
	grep -q '>redaction<' "$BATS_FILE_TMPDIR/pseudonymised/lifeboat/METS.xml"
}

@test "list METS.xml: as the package lists (all layers, restricted)" { same_list all; }

@test "list METS.xml: the lines for people are the same but for comments and faves" {
	columns() { cut -f1-4,7; }
	"$LIFEBOAT" list "$BATS_FILE_TMPDIR/careful" | columns >"$WORK/package"
	"$LIFEBOAT" list "$BATS_FILE_TMPDIR/careful/lifeboat/METS.xml" | columns >"$WORK/mets"
	cmp "$WORK/package" "$WORK/mets"
	[ "$("$LIFEBOAT" list "$BATS_FILE_TMPDIR/careful/lifeboat/METS.xml" | cut -f5,6 | sort -u)" = "-"$'\t'"-" ]
}

@test "list METS.xml: alone, anywhere, under any name" {
	cp "$BATS_FILE_TMPDIR/rescue/lifeboat/METS.xml" "$WORK/other name.xml"
	run "$LIFEBOAT" list "$WORK/other name.xml"
	[ "$status" -eq 0 ]
	[ "$(wc -l <<<"$output")" -gt 50 ]
}

@test "list of another or a damaged XML file: exit 4, in words" {
	echo '<html/>' >"$WORK/a.xml"
	run "$LIFEBOAT" list "$WORK/a.xml"
	[ "$status" -eq 4 ]
	[[ "$output" == *"not a METS document"* ]]
	head -c 100000 "$BATS_FILE_TMPDIR/rescue/lifeboat/METS.xml" >"$WORK/cut.xml"
	run "$LIFEBOAT" list "$WORK/cut.xml"
	[ "$status" -eq 4 ]
	sed 's/PROFILE="[^"]*"/PROFILE="x"/' "$BATS_FILE_TMPDIR/rescue/lifeboat/METS.xml" >"$WORK/foreign.xml"
	run "$LIFEBOAT" list "$WORK/foreign.xml"
	[ "$status" -eq 4 ]
	[[ "$output" == *"METS-013"* ]]
	run "$LIFEBOAT" list "$WORK/nothing.xml"
	[ "$status" -eq 5 ]
}

@test "pseudonyms: no name that the package replaced is in METS.xml" {
	"$LIFEBOAT" verify -q "$BATS_FILE_TMPDIR/pseudonymised"
	# names of commenters of the rescue package that are no owners
	node -e '
		const fs = require("fs"), read = (dir, f) => JSON.parse(fs.readFileSync(dir + "/lifeboat/data/metadata/" + f, "utf8").replace(/^const \w+ = /, "").replace(/;\s*$/, ""));
		const [plain, hidden] = process.argv.slice(1);
		const mets = fs.readFileSync(hidden + "/lifeboat/METS.xml", "utf8");
		const owners = new Set(Object.values(read(plain, "photoIndex.js")).map(p => p.uploaderId));
		const ids = Object.keys(read(plain, "contributorIndex.js")).filter(id => !owners.has(id));
		if (ids.length < 5) throw new Error("too few people: " + ids.length);
		for (const id of ids) if (mets.includes(">" + id + "<")) throw new Error("METS.xml has " + id);
	' "$BATS_FILE_TMPDIR/rescue" "$BATS_FILE_TMPDIR/pseudonymised"
}
