# Rights, consent and people, from end to end: what is withheld, private or somebody's name is in no file of the package.

load fake.bash

setup() {
	cat >"$BATS_TEST_TMPDIR/world" <<'WORLD'
seed 7
now 2025-12-01T12:00:00Z
member ann
  nsid 10000001@N01
  alias annofthequay
  username Ann of the Quay
  realname Ann Quay
  description Write to ann.quay@planted-mail.example or ann&#64;planted-mail.example.
  profile email ann@planted-mail.example
  profile website http://x.example/?to=ann%40planted-mail.example
member zorblax
  nsid 20000002@N02
  alias zorb-lax
  username Zorblax the Third
  realname Qwentin O'Varkey
  location Varkeyville
  icon 65535 66
member wilma
  nsid 20000003@N03
  alias wilmathefaver
  username Wilma Favewell
  realname Wilhelmina Favewell
member cura
  nsid 20000004@N04
  alias curatrix-alias
  username Curatrix Magna
photo open
  owner ann
  title Open to all
  description By Zorblax the Third and @zorb-lax, see https://www.flickr.com/photos/zorb-lax/ and mailto:someone@planted-mail.example
  licence 4
  posted 2020-01-01T00:00:00Z
  tags quay; Wilma Favewell
  tags-by zorblax taggedbyz
  comment zorblax 2020-02-01 I am <a href="https://www.flickr.com/people/20000002@N02/">zorblax the third</a>, me@planted-mail.example
  comment ann 2020-02-02 Thank you, Qwentin O&#39;Varkey and Wilhelmina Favewell! api_key=PLANTEDSECRET
  faves wilma zorblax
  note zorblax 10,10,50,50 Zorblax the Third was here
  person wilma by zorblax 1,2,3,4
  picture letter size=64x48
photo closed
  owner ann
  title All rights are mine
  description planteddescription
  licence 0
  posted 2020-01-02T00:00:00Z
  tags plantedtag
  comment zorblax 2020-02-01 plantedcomment
  picture letter size=64x48
photo locked
  owner ann
  title Look, do not load
  description shown to all
  licence 4
  posted 2020-01-03T00:00:00Z
  no-download
  picture letter size=64x48
photo rude
  owner ann
  title Not for everyone
  description planteddescription
  licence 4
  safety 1
  posted 2020-01-04T00:00:00Z
  picture letter size=64x48
gallery picks
  owner cura
  title Picks of Curatrix Magna
  photos open
  remark open Found by zorb-lax
WORLD
	start_fake "$BATS_TEST_TMPDIR/world"
	STREAM=https://www.flickr.com/photos/10000001@N01/
	W=$BATS_TEST_TMPDIR/work
	ANN=10000001@N01
}
teardown() { stop_fake; }

# create OPTION…: a valid lifeboat, with gaps or without
create() {
	run "$LIFEBOAT" create -q --progress=none --rate 1000000 --title Test --maker Maren -o "$W" "$STREAM" "$@"
	[ "$status" = 0 ] || [ "$status" = 3 ] || { echo "exit $status: $output"; return 1; }
	"$LIFEBOAT" verify -q "$W"
}
package_bytes() { find "$W/lifeboat" -type f ! -name '*.gz' -exec cat {} +; find "$W/lifeboat" -name '*.gz' -exec zcat {} +; }
# absent TEXT…: in no byte of the package, whatever the case, and in no name of a file
absent() {
	local text
	package_bytes >"$BATS_TEST_TMPDIR/bytes"
	find "$W/lifeboat" >>"$BATS_TEST_TMPDIR/bytes"
	for text in "$@"; do
		if grep -aiqF -- "$text" "$BATS_TEST_TMPDIR/bytes"; then echo "in the package: $text"; grep -aioF -m 3 -- "$text" -r "$W/lifeboat"; return 1; fi
	done
}
present() {
	local text
	package_bytes >"$BATS_TEST_TMPDIR/bytes"
	for text in "$@"; do
		grep -aqF -- "$text" "$BATS_TEST_TMPDIR/bytes" || { echo "not in the package: $text"; return 1; }
	done
}
originals() { find "$W/lifeboat/data/media/originals" -type f 2>/dev/null | wc -l; }
withheld() { "$LIFEBOAT" list --json "$W" | grep "\"id\":\"$(id_of "$1")\"" | sed -n 's/.*"withheld":\(null\|"[^"]*"\).*/\1/p'; }

@test "careful: open licences are taken; of the rest title, owner, link, licence and reason" {
	create "$STREAM$(id_of rude)"
	[ "$(originals)" = 1 ]
	[ "$(withheld open)" = null ]
	[[ "$(withheld closed)" == *"owner"* ]]
	[[ "$(withheld rude)" == *moderate* ]]
	present "All rights are mine" "Not for everyone" "shown to all" "Look, do not load" "disabled downloads"
	absent planteddescription plantedtag plantedcomment
	asked >"$BATS_TEST_TMPDIR/asked"
	[ "$(grep -c "comments.getList photo_id=$(id_of closed)" "$BATS_TEST_TMPDIR/asked")" = 0 ] # what is withheld is not even asked
}

@test "--safety lets moderate photos in" {
	create --safety moderate "$STREAM$(id_of rude)"
	[ "$(withheld rude)" = null ]
	[ "$(originals)" = 2 ]
}

@test "a letter and a row for the owner; a yes opens, a no closes" {
	create --deadline 2026-06-30
	grep -q "^$ANN,pending,2026-01-01,2026-06-30," "$W/consent.csv"
	grep -q "All rights are mine" "$W/letters/$ANN.txt"
	grep -q "https://www.flickr.com/photos/$ANN/$(id_of closed)/" "$W/letters/$ANN.txt"
	if grep -q "Open to all" "$W/letters/$ANN.txt"; then return 1; fi
	[[ "$(withheld closed)" == *"not answered yet"* ]]
	sed -i "s/^$ANN,pending,[^,]*,[^,]*,/$ANN,granted,2026-02-01,2026-06-30,plantedevidence/" "$W/consent.csv"
	cp "$W/consent.csv" "$BATS_TEST_TMPDIR/mine.csv"
	create
	cmp "$W/consent.csv" "$BATS_TEST_TMPDIR/mine.csv"
	[ "$(withheld closed)" = null ]
	[ "$(originals)" = 2 ]
	present plantedcomment granted
	absent plantedevidence
	create --include-evidence
	present plantedevidence
	sed -i "s/,granted,/,refused,/" "$W/consent.csv"
	create --policy rescue --agree
	[ "$(originals)" = 0 ]
	[[ "$(withheld open)" == *refused* ]]
	absent plantedcomment taggedbyz
}

@test "silence: nothing before the deadline; after it, what the maker decided" {
	create --deadline 2026-06-30
	LIFEBOAT_TEST_CLOCK=2026-06-30T23:00:00Z create
	grep -q ",pending," "$W/consent.csv"
	LIFEBOAT_TEST_CLOCK=2026-07-01T00:00:00Z create --deadline 2026-08-01
	grep -q "^$ANN,no answer,2026-01-01,2026-06-30," "$W/consent.csv"
	[[ "$(withheld closed)" == *"did not answer"* ]]
	LIFEBOAT_TEST_CLOCK=2026-07-02T00:00:00Z create --deadline 2026-08-01 --silence consent
	[ "$(withheld closed)" = null ]
}

@test "own: nobody's, until the maker says whose; consented: nobody has" {
	create --policy own
	[ "$(originals)" = 0 ]
	create --policy consented
	[ "$(originals)" = 0 ]
	create --policy own --maker-id "$ANN"
	[ "$(withheld closed)" = null ]
	[ "$(originals)" = 3 ] # disabled downloads among them: they are the maker's
}

@test "rescue asks for agreement, and the first page says what it was" {
	run "$LIFEBOAT" create -q --rate 1000000 --title Test -o "$W" "$STREAM" --policy rescue
	[ "$status" = 2 ]
	[[ "$output" == *--agree* ]]
	create --policy rescue --agree
	[ "$(withheld closed)" = null ]
	[ "$(originals)" = 2 ] # disabled downloads are respected
	grep -q "rescue" "$W/lifeboat/index.html"
	grep -q "2026-01-01" "$W/lifeboat/index.html"
	[ ! -e "$W/letters" ]
}

@test "a ledger that cannot be read stops the run and names line and column" {
	create
	printf 'owner,status\n%s,perhaps\n' "$ANN" >"$W/consent.csv"
	run "$LIFEBOAT" build "$W"
	[ "$status" = 1 ]
	[[ "$output" == *"line 2, column 2"*perhaps* ]]
}

@test "a refusal counts however its owner's id is written; one that cannot be understood stops the run" {
	for owner in 10000001@n01 "'$ANN" 10000001%40N01 "https://www.flickr.com/photos/$ANN/"; do
		rm -rf "$W" && mkdir "$W"
		printf 'owner,status\n%s,refused\n' "$owner" >"$W/consent.csv"
		create --policy rescue --agree
		[ "$(originals)" = 0 ]
		[[ "$(withheld open)" == *refused* ]]
	done
	for owner in annofthequay https://www.flickr.com/photos/annofthequay/; do
		printf 'owner,status\n%s,refused\n' "$owner" >"$W/consent.csv"
		run "$LIFEBOAT" build "$W"
		[ "$status" = 1 ]
		[[ "$output" == *"line 2, column 1"*"$owner"*letter* ]]
	done
}

@test "no e-mail address and no secret in any byte of the package" {
	create --policy rescue --agree
	absent planted-mail PLANTEDSECRET "$LIFEBOAT_API_KEY"
	present "e-mail address removed" "Zorblax the Third"
	zcat "$W/evidence/api.warc.gz" | grep -q "planted-mail" # the maker's evidence stays as it came
}

@test "--pseudonymise leaves no name behind, anywhere" {
	create --policy rescue --agree --pseudonymise commenters
	absent zorblax zorb-lax qwentin varkey 20000002@N02 20000002%40N02 wilma favewell wilhelmina 20000003@N03 20000003%40N03 curatrix 20000004@N04 20000004%40N04 planted-mail
	present pseudonym- "Ann of the Quay" plantedcomment
	if grep -rqF "$(cat "$W/pseudonyms.key")" "$W/lifeboat"; then return 1; fi
	[ "$(stat -c %a "$W/pseudonyms.key")" = 600 ]
	before=$(tree_digest "$W/lifeboat")
	run "$LIFEBOAT" build -q "$W"
	[ "$(tree_digest "$W/lifeboat")" = "$before" ]
}

@test "--pseudonymise: an alias that stands only in the address that was given" {
	cat >>"$BATS_TEST_TMPDIR/world" <<-'WORLD'
	member given
	  nsid 20000009@N09
	  alias plantedalias
	  username Someone
	photo liked
	  owner ann
	  title Liked
	  licence 4
	  faves given
	  picture letter size=64x48
	WORLD
	stop_fake
	start_fake "$BATS_TEST_TMPDIR/world"
	STREAM=https://www.flickr.com/photos/plantedalias/favorites/
	create --pseudonymise commenters
	absent plantedalias
}

@test "who replays the recording of a redacted package is told no more" {
	create --pseudonymise commenters
	run "$LIFEBOAT" flickr flickr.photos.getInfo photo_id="$(id_of open)" --replay "$W/lifeboat/data/provenance/api.warc.gz"
	[ "$status" = 0 ]
	[[ "$output" == *'"Open to all"'* || "$output" == *">Open to all<"* ]]
	[[ "$output" == *pseudonym-* ]]
	[[ "${output,,}" != *zorblax* ]]
	run "$LIFEBOAT" flickr flickr.photos.getInfo photo_id="$(id_of closed)" --replay "$W/lifeboat/data/provenance/api.warc.gz"
	[[ "$output" != *planteddescription* ]]
}

# What the user does: waits for the address, opens it, brings back the code.
code() {
	for _ in $(seq 100); do grep -q 'oauth_token=' "$BATS_TEST_TMPDIR/auth" 2>/dev/null && break; sleep 0.05; done
	curl -sS --noproxy '*' "$LIFEBOAT_TEST_SERVER/$(grep -o 'www.flickr.com/services/oauth/authorize[^" ]*' "$BATS_TEST_TMPDIR/auth")" |
		sed -n 's/.*<b>\(.*\)<\/b>.*/\1/p'
}

@test "signed in: what is not public stays out, even its name, unless the maker wants it" {
	{ cat "$BATS_TEST_TMPDIR/world"; printf 'photo home\n  owner ann\n  title plantedhome\n  family\n  picture letter size=64x48\naccount ann\n'; } >"$BATS_TEST_TMPDIR/signed.world"
	stop_fake
	start_fake "$BATS_TEST_TMPDIR/signed.world"
	export LIFEBOAT_API_SECRET=fedcba9876543210
	unset LIFEBOAT_TEST_CLOCK # signing in is always now
	code | "$LIFEBOAT" auth >"$BATS_TEST_TMPDIR/auth" 2>&1
	create
	present "All rights are mine" plantedcomment # one's own
	absent plantedhome "$(id_of home)"
	create --include-private
	present plantedhome
	[ "$(withheld home)" = null ]
}
