# Every kind of address, from end to end: the right photos in the right order, and what is around them told everywhere.

load fake.bash

setup() {
	start_fake tests/cli/kinds.world
	W=$BATS_TEST_TMPDIR/work
	SITE=https://www.flickr.com ANN=https://www.flickr.com/photos/annofthequay
}
teardown() { stop_fake; }

# keep URL… [-- OPTION…]: a lifeboat without gaps, and valid
keep() {
	make_lifeboat "$W" "$@"
	[ "$status" = 0 ] || { echo "exit $status: $output"; gaps "$W"; return 1; }
	[ -z "$(gaps "$W")" ]
	run "$LIFEBOAT" verify "$W"
	[ "$status" = 0 ] || { echo "$output"; return 1; }
}
# holds KEY…: these photos, in this order
holds() {
	local want
	want=$(for key in "$@"; do id_of "$key"; done)
	[ "$(listed "$W")" = "$want" ] || { echo "want:" $want "have:" $(listed "$W"); return 1; }
}
# told TEXT…: in the metadata, on the plain pages and in METS.xml
told() {
	local text
	for text in "$@"; do
		grep -rqF -- "$text" "$W/lifeboat/data/metadata" || { echo "not in the metadata: $text"; return 1; }
		grep -rqF -- "$text" "$W/lifeboat/data/pages" || { echo "not on the pages: $text"; return 1; }
		grep -qF -- "$text" "$W/lifeboat/METS.xml" || { echo "not in METS.xml: $text"; return 1; }
	done
}
# The same for the words of people, which METS.xml does not repeat.
said() {
	local text
	for text in "$@"; do
		grep -rqF -- "$text" "$W/lifeboat/data/metadata" || { echo "not in the metadata: $text"; return 1; }
		grep -rqF -- "$text" "$W/lifeboat/data/pages" || { echo "not on the pages: $text"; return 1; }
	done
}

# ordered album|gallery|group KEY PHOTO…: the set's photos in its own order, in metadata, METS.xml and on its page
ordered() {
	node -e '
		const [package, kind, id, ...want] = process.argv.slice(1), fs = require("fs");
		const read = name => fs.readFileSync(package + "/" + name, "utf8");
		const index = JSON.parse(read(`data/metadata/${kind}Index.js`).replace(/^[^=]*= /, "").replace(/;\s*$/, ""));
		const ids = (text, what) => [...text.matchAll(what)].map(m => m[1]);
		const folder = kind === "gallery" ? "galleries" : kind + "s", title = index[id].title || index[id].name;
		const pages = fs.readdirSync(package + "/data/pages").filter(f => f.startsWith(folder + "-")).map(f => read("data/pages/" + f)).join("");
		const have = {
			metadata: index[id].photoIds,
			METS: ids(read("METS.xml").split(`ORDERLABEL="${id}"`)[1].split("</div>")[0], /TYPE="photo" ORDER="\d+" ORDERLABEL="(\d+)"/g),
			page: ids(pages.split(`<bdi>${title}</bdi></h2>`)[1].split(/<ul class="tiles[^>]*>/)[1].split("</ul>")[0], /#p(\d+)"/g),
		};
		for (const [where, list] of Object.entries(have))
			if (list.join() !== want.join()) { console.log(`${title} in ${where}: ${list}, not ${want}`); process.exitCode = 1; }
	' "$W/lifeboat" "$1" "$(thing set "$2" 3)" $(for key in "${@:3}"; do id_of "$key"; done)
}

@test "photo" {
	keep "$(thing photo slip 4)"
	holds slip
	told "Slipway at noon"
	said seen "Old Quay" 1999-07-04
}

@test "user: newest first, with their albums" {
	keep $ANN/
	holds crane ropes slip
	told "Tide tables" "Work"
	ordered album tide crane slip
	ordered album work ropes slip
}

@test "people/ and an id in small letters name the same member" {
	keep $SITE/people/10000001@n01/
	holds crane ropes slip
}

@test "album: the owner's order, its record, what is said of it" {
	keep "$(thing set tide 4)"
	holds crane slip
	told "Tide tables"
	said height "Which tide is it?" 321
	ordered album tide crane slip
}

@test "all albums" {
	keep $ANN/sets/
	[ "$(listed "$W" | sort)" = "$({ id_of slip; id_of ropes; id_of crane; } | sort)" ]
	told "Tide tables" "Work"
}

@test "gallery: the curator's order and words" {
	keep "$(thing set liked 4)"
	holds portrait slip gulls
	told "Things by the sea"
	said "As I like them." "Look at the"
	ordered gallery liked portrait slip gulls
}

@test "gallery of more than 500" {
	make_lifeboat "$W" --layers photo "$(thing set wide 4)"
	[ "$status" = 0 ] || { echo "$output"; gaps "$W" | head; return 1; }
	[ "$(listed "$W" | sort -u | wc -l)" = 505 ]
	[ "$(listed "$W" | wc -l)" = 505 ]
	[ "$(listed "$W" | tail -n 1)" = "$(control world=1 | awk '$1 == "photo" { id = $3 } END { print id }')" ]
	told "A wide gallery"
	"$LIFEBOAT" verify -q "$W"
}

@test "all galleries of a member" {
	keep $SITE/photos/10000002@N02/galleries/
	holds portrait slip gulls
	told "Things by the sea"
}

@test "group" {
	keep "$(thing set watchers 4)"
	holds gulls slip ropes
	told "Quay watchers"
	said "We watch the quay." "No swimming."
	ordered group watchers gulls slip ropes
}

@test "group pool with a tag, and of a member" {
	keep $SITE/groups/quaywatchers/pool/tags/oldquay/
	holds gulls slip
	W=$W.member
	keep $SITE/groups/quaywatchers/pool/10000001@N01/
	holds slip ropes
}

@test "favourites" {
	keep $ANN/favorites
	[ "$(listed "$W" | sort)" = "$({ id_of gulls; id_of reel; } | sort)" ]
}

@test "tag" {
	keep $SITE/photos/tags/oldquay
	[ "$(listed "$W" | sort)" = "$({ id_of slip; id_of gulls; } | sort)" ]
}

@test "a tag that is a number is no photo" {
	make_lifeboat "$W" $SITE/photos/tags/2020
	[ "$status" = 5 ]
	[ "$(calls photos.getInfo)" = 0 ]
}

@test "a member's tag" {
	keep $ANN/tags/harbour/
	[ "$(listed "$W" | sort)" = "$({ id_of slip; id_of ropes; } | sort)" ]
}

@test "search with the address's own parameters" {
	keep "$SITE/search/?text=portrait%20-rope"
	holds portrait
	W=$W.narrow
	keep "$SITE/search/?tags=harbour&user_id=10000001%40N01&max_upload_date=1577900000&sort=relevance&view_all=1"
	holds slip
}

@test "collection within a collection" {
	keep "$(thing set shore 4)"
	[ "$(listed "$W" | sort)" = "$({ id_of slip; id_of ropes; id_of crane; } | sort)" ]
	told "The shore" "Inner shore" "Outer shore" "Tide tables" "Work"
	W=$W.inner
	keep "$(thing set inner 4)"
	holds crane slip
	[ -z "$(grep -rF "Outer shore" "$W/lifeboat/data/metadata")" ]
}

@test "all collections of a member" {
	keep $ANN/collections/
	[ "$(listed "$W" | sort)" = "$({ id_of slip; id_of ropes; id_of crane; } | sort)" ]
	told "Inner shore" "Outer shore"
}

@test "Explore of a day" {
	keep $SITE/explore/2020/01/02
	holds slip gulls
}

@test "photos that show somebody" {
	keep $SITE/people/10000002@N02/photosof/
	holds slip
}

@test "Commons: the institutions" {
	run "$LIFEBOAT" plan -q --rate 1000000 "${ALL[@]}" $SITE/commons -o "$W"
	[ "$status" = 0 ] || { echo "$output"; return 1; }
	[ "$(calls commons.getInstitutions)" = 1 ]
	grep -q "\"id\":\"$(id_of portrait)\"" "$W/plan.json"
	grep -q "\"id\":\"$(id_of ledger)\"" "$W/plan.json"
	[ "$(grep -c '"from":\[' "$W/plan.json")" = 507 ]
	[ -z "$(grep "\"id\":\"$(id_of slip)\"" "$W/plan.json")" ]
}

@test "archive by day, month, year; taken and uploaded" {
	keep $ANN/archives/date-taken/1999/07/04/
	holds slip
	W=$W.month
	keep $ANN/archives/date-taken/1999/07/
	[ "$(listed "$W" | sort)" = "$({ id_of slip; id_of ropes; } | sort)" ]
	W=$W.posted
	keep $ANN/archives/date-posted/2020/02/
	holds crane
	W=$W.year
	keep $ANN/archives/date-posted/2020/
	[ "$(listed "$W" | wc -l)" = 3 ]
}

@test "short links of every kind are followed, on record, and cost no API call" {
	for case in "photo slip slip" "set tide crane slip" "set liked portrait slip gulls" "member ann crane ropes slip"; do
		set -- $case
		rm -rf "$W"
		keep "$(thing "$1" "$2" 5)"
		holds "${@:3}"
		[ "$1" = photo ] || zcat "$W/evidence/api.warc.gz" | grep -aq "^WARC-Target-URI: <\?https://www.flickr.com/short_urls.gne"
	done
	[ "$(asked | grep -c ' /flic.kr/')" = 3 ]
	asked | cut -d' ' -f3- | grep '^/' | sort | uniq -d
	make_lifeboat "$W" # again: nothing is asked
	[ "$(asked | grep -c ' /flic.kr/')" = 3 ]
}

@test "guest pass" {
	keep $SITE/gp/10000001@N01/q7Guest
	holds slip
}

@test "a link that leads nowhere is told, and nothing is guessed" {
	make_lifeboat "$W" https://flic.kr/s/aHsjzzzzzz
	[ "$status" = 5 ]
	make_lifeboat "$W.two" https://flic.kr/s/aHsjzzzzzz "$(thing photo slip 4)"
	[ "$status" = 3 ]
	gaps "$W.two"
	[ "$(listed "$W.two")" = "$(id_of slip)" ]
	[ "$(gaps "$W.two" | wc -l)" = 1 ]
}

@test "video: the best stream, fetched at once" {
	keep "$(thing photo reel 4)"
	holds reel
	[ -n "$(ls "$W"/lifeboat/data/media/originals/*.mp4)" ]
	[ -z "$(grep -r 'mp4?s=' "$W/lifeboat/data/metadata")" ]
}

@test "several addresses and --from FILE: a photo in several selections is fetched once and remembers all of them" {
	printf '# what I want\n\n%s\n  %s  \n' "$(thing set tide 4)" $SITE/photos/tags/oldquay >"$BATS_TEST_TMPDIR/list"
	keep --from "$BATS_TEST_TMPDIR/list" "$(thing set liked 4)"
	[ "$(listed "$W" | sort)" = "$(for k in crane slip gulls portrait; do id_of $k; done | sort)" ]
	[ "$(asked | grep -c "photos.getInfo photo_id=$(id_of slip)\$")" = 1 ]
	[ "$(asked | grep -c "/live.staticflickr.com/65535/$(id_of slip)_.*_o\.")" = 1 ]
	grep -o "\"id\":\"$(id_of slip)\",\"from\":\[[0-9,]*\]" "$W/plan.json" | grep -q '\[0,1,2\]'
	printf '%s\n' "$(thing photo ropes 4)" >"$BATS_TEST_TMPDIR/list"
	W=$W.stdin
	make_lifeboat "$W" --from - <"$BATS_TEST_TMPDIR/list"
	[ "$status" = 0 ]
	holds ropes
}

@test "an edited plan is obeyed: dropped and reordered photos" {
	run "$LIFEBOAT" plan -q --rate 1000000 "${ALL[@]}" "$(thing set liked 4)" -o "$W"
	node -e '
		const fs = require("fs"), f = process.argv[1] + "/plan.json", p = JSON.parse(fs.readFileSync(f));
		p.photos = [p.photos[2], p.photos[0]];
		fs.writeFileSync(f, JSON.stringify(p));
	' "$W"
	keep
	holds gulls portrait
	[ "$(asked | grep -c "getInfo photo_id=$(id_of slip)")" = 0 ]
	told "Things by the sea"
}

@test "licence history, members' profiles and pictures; no address of e-mail anywhere" {
	keep --layers all "$(thing photo slip 4)" $ANN/
	said "Net mender" Marrowick "CC BY-SA 2.0"
	[ -n "$(ls "$W"/lifeboat/data/media/icons/10000001@N01.jpg)" ]
	[ "$(asked | grep -c "/farm66.staticflickr.com/65535/buddyicons/10000001@N01.jpg")" = 1 ]
	[ -z "$(grep -rlaF ann@planted-address.example "$W/lifeboat")" ]
	for f in $(find "$W/lifeboat" -name '*.gz'); do [ -z "$(zcat "$f" | grep -aF planted-address)" ] || { echo "$f"; return 1; }; done
}

@test "the harbour's other half: careful leaves stubs of what nobody opened" {
	run "$LIFEBOAT" create -q --progress=none --rate 1000000 --title Test -o "$W" $ANN/
	[ "$status" = 0 ] || [ "$status" = 3 ]
	"$LIFEBOAT" verify -q "$W"
	[ "$("$LIFEBOAT" list --json "$W" | grep '"type":"photo"' | grep -c '"withheld":null')" = 1 ]
	[ -z "$(grep -rF "Coils of" "$W/lifeboat")" ]
	[ "$(asked | grep -c "/live.staticflickr.com/65535/$(id_of ropes)_.*_o")" = 0 ]
	for f in $(find "$W/lifeboat" -name '*.gz'); do [ -z "$(zcat "$f" | grep -aF 'Coils of')" ]; done
}

# ---- lists that move, lie or end too soon ---------------------------------------------------------------------------------

@test "page drift: what joins a list while it is read is not missed, and nothing comes twice" {
	stop_fake
	{ sed '/^generate/d' tests/cli/kinds.world
		printf 'generate photos 505 owner=ann album=tide size=32x32 pool=1\nphoto newcomer\n  owner ann\n  late\nalbum moving\n  owner ann\n  photos newcomer slip\n'; } >"$BATS_TEST_TMPDIR/world"
	start_fake "$BATS_TEST_TMPDIR/world"
	run "$LIFEBOAT" plan -q --rate 1000000 $ANN/ -o "$W"
	[ "$status" = 0 ]
	grep -q "\"id\":\"$(id_of newcomer)\"" "$W/plan.json"
	[ "$(grep -c '"from":\[' "$W/plan.json")" = 509 ]
	[ -z "$(grep -o '"id":"[0-9]*","from"' "$W/plan.json" | sort | uniq -d)" ]
}

many() { # LINES…: a world of 9,300 photos
	stop_fake
	{ printf 'seed 3\nmember m\n  nsid 10000009@N09\n'; printf '%s\n' "$@"
		printf 'generate photos 9300 owner=m licence=4 tags=1 comments=0 faves=0 pool=1 size=32x32\n'; } >"$BATS_TEST_TMPDIR/world"
	start_fake "$BATS_TEST_TMPDIR/world"
}
plan_search() {
	run "$LIFEBOAT" plan -q --rate 1000000 "$SITE/search/?user_id=10000009%40N09" -o "$W"
	found=$(grep -c '"from":\[' "$W/plan.json")
	[ -z "$(grep -o '"id":"[0-9]*","from"' "$W/plan.json" | sort | uniq -d)" ]
	echo "exit $status, $found found, $(calls photos.search) searches"
}

@test "search beyond 4,000: all of them, each once, and what was claimed" {
	many
	plan_search
	[ "$status" = 0 ]
	[ "$found" = 9300 ]
	grep -q '"claimed": 9300' "$W/plan.json"
	[ "$(calls photos.search)" -lt 60 ]
}

@test "search whose order moves: nothing comes twice, and all is found" {
	many 'unstable 5'
	plan_search
	[ "$status" = 0 ]
	[ "$found" = 9300 ]
	[ "$(calls photos.search)" -lt 200 ]
}

@test "more than 4,000 in one second: 4,000 of them, and a gap that says so" {
	stop_fake
	printf 'seed 3\nmember m\n  nsid 10000009@N09\ngenerate photos 4300 owner=m at=2024-01-01T00:00:00Z tags=1 pool=1 size=32x32\n' >"$BATS_TEST_TMPDIR/world"
	start_fake "$BATS_TEST_TMPDIR/world"
	plan_search
	[ "$status" = 3 ]
	[ "$found" = 4000 ]
	grep -q '"layer": *"search"' "$W/plan.json"
}

# ---- what is said wrongly ---------------------------------------------------------------------------------------------------

# refuses TEXT ARGUMENT…: exit 2, says so, and makes nothing
refuses() {
	local text=$1
	shift
	run "$LIFEBOAT" plan -q --rate 1000000 -o "$W" "$@"
	[ "$status" = 2 ] || { echo "exit $status: $output"; return 1; }
	[[ $output == *"$text"* ]] || { echo "$output"; return 1; }
	[ ! -e "$W" ]
}

@test "options and lists with mistakes are refused by name" {
	for id in 12 ann "10000001@N01 x" " "; do
		refuses "--maker-id" --maker-id "$id" $ANN/
	done
	for word in owners nobody Commenters 1; do
		refuses "--pseudonymise" --pseudonymise "$word" $ANN/
	done
	refuses "photo" --layers=-photo $ANN/
	printf '# list\n%s\njunk\n' $ANN/ >"$BATS_TEST_TMPDIR/list"
	refuses "line 3 of \"$BATS_TEST_TMPDIR/list\"" --from "$BATS_TEST_TMPDIR/list"
	run "$LIFEBOAT" plan -q --rate 1000000 -o "$W" --maker-id 10000001@n01 $ANN/
	[ "$status" = 0 ]
	grep -q '"id": "10000001@N01"' "$W/plan.json"
}

@test "a plan that cannot be read is named, with what to do" {
	run "$LIFEBOAT" plan -q --rate 1000000 -o "$W" "$(thing photo slip 4)"
	echo '{' >"$W/plan.json"
	for command in "plan -o" "gather" "build"; do
		run "$LIFEBOAT" $command "$W"
		[ "$status" != 0 ]
		[[ $output == *"plan.json"* && $output == *"hint: mend"* ]] || { echo "$output"; return 1; }
	done
}

@test "what leaves the lists keeps its files" {
	run "$LIFEBOAT" create -q --progress=none --rate 1000000 --title Test "${ALL[@]}" -o "$W" $ANN/
	[ "$status" = 0 ]
	before=$(cd "$W/lifeboat/data/media" && find . -type f | sort)
	edit ropes only-me
	run "$LIFEBOAT" create -q --progress=none --rate 1000000 "${ALL[@]}" -o "$W" --update
	echo "$output"
	[ "$(cd "$W/lifeboat/data/media" && find . -type f | sort)" = "$before" ]
	[ ! -e "$W/lifeboat.kept-1" ]
}
