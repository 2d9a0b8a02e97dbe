# The fake Flickr itself: what tests stand on. Its answers must have the shape of Flickr's, its faults must be what they are called.

setup() {
	FAKE_FLICKR="${FAKE_FLICKR:-$PWD/build/release/fake-flickr}"
	WORK="$(mktemp -d)"
	PID=
}

teardown() {
	if [ -n "$PID" ]; then
		kill "$PID" 2>/dev/null
		wait "$PID" 2>/dev/null || true
	fi
	rm -rf "$WORK"
}

# serve WORLD [OPTION…]: the world's text is on stdin
serve() {
	cat >"$WORK/world"
	"$FAKE_FLICKR" --world "$WORK/world" "$@" >"$WORK/port" 3>&- </dev/null &
	PID=$!
	for _ in $(seq 100); do grep -q '^PORT' "$WORK/port" && break; sleep 0.05; done
	BASE="http://127.0.0.1:$(sed -n 's/^PORT //p' "$WORK/port")"
}

stop() {
	kill "$PID"
	wait "$PID"
	PID=
}

fetch() { curl -sS --noproxy '*' --max-time 20 "$@"; }
# api METHOD [k=v&…]
api() { fetch "$BASE/api.flickr.com/services/rest/?api_key=k&method=flickr.$1&${2:-}"; }
control() { fetch "$BASE/control?$1"; }
xpath() { xmllint --nonet --xpath "$1" "$2"; }
id_of() { control world=1 | sed -n "s/^[a-z]* $1 \([^ ]*\).*/\1/p"; }

town() {
	cat <<'WORLD'
seed 5
crowd 120
member ann
  nsid 10000001@N01
  alias ann
  username Ann <of> the "Quay"
member gone
  nsid 10000002@N02
  deleted
member bo
  nsid 10000003@N03
  total 999
photo one
  owner ann
  title One & only
  description First line
  | second <b>line</b>
  licence 4
  tags Old Quay; geo:lat=1; !!!; \u{202E}x
  place 1.5 2.5 16 2 ; Town; ; ; Land
  comment gone 2020-01-01 Well <script>alert(1)</script>
  note bo 1,2,3,4 Look
  person bo by ann 5,6,7,8
  person ann by bo
  crowd 60 117
  faves ann bo gone
  relicensed 2020-01-01 5 4
  picture letter size=320x240
photo closed
  owner ann
  no-download
  taken 1911-05-01 00:00:00 month
  refuse photos.getExif 2 Permission denied
  picture letter size=320x240
photo away
  owner ann
  state deleted
photo secret
  owner ann
  state private-old
photo late
  owner bo
  late
  picture letter size=320x240
photo film
  owner bo
  video
  picture letter size=320x240
photo turned
  owner bo
  picture letter size=320x240 orientation=6
photo paper
  owner bo
  picture chart size=320x240 png
album box
  id 72157700000000042
  owner ann
  photos one closed away
group walkers
  alias walkers
  title Ann&#039;s Walk
  photos one
gallery liked
  owner bo
  photos closed
  remark one a <remark>
WORLD
}

@test "every method answers in readable XML with the wrappers of the reference" {
	serve < <(town)
	one=$(id_of one) liked=$(id_of liked) walkers=$(id_of walkers)
	while read -r method params expression; do
		api "$method" "$params" >"$WORK/answer"
		xmllint --nonet --noout "$WORK/answer"
		found=$(xpath "boolean(/rsp[@stat='ok']$expression)" "$WORK/answer")
		[ "$found" = true ] || { echo "$method: no $expression"; cat "$WORK/answer"; false; }
	done <<END
photos.getInfo photo_id=$one /photo[@license='4'][@originalsecret]/owner[@nsid='10000001@N01']
photos.getInfo photo_id=$one /photo/title[.='One & only']
photos.getInfo photo_id=$one /photo/tags/tag[@raw='Old Quay'][.='oldquay']
photos.getInfo photo_id=$one /photo/tags/tag[@machine_tag='1'][.='geo:lat=1']
photos.getInfo photo_id=$one /photo/tags/tag[@raw='!!!'][not(text())]
photos.getInfo photo_id=$one /photo/notes/note[@w='3'][.='Look']
photos.getInfo photo_id=$one /photo/location[@accuracy='16']/locality[.='Town']
photos.getInfo photo_id=$one /photo/comments[.='61']
photos.getSizes photo_id=$one /sizes[@candownload='1']/size[@label='Original'][@width='320']
photos.getExif photo_id=$one /photo[@camera]
photos.getAllContexts photo_id=$one /set[@id='72157700000000042']
photos.getAllContexts photo_id=$one /pool[@url='/groups/walkers/pool/']
photos.getFavorites photo_id=$one&per_page=500&page=3 /photo[@perpage='50'][@pages='3'][@total='120'][count(person)=20]
photos.comments.getList photo_id=$one /comments[count(comment)=61]/comment[@author_is_deleted='1'][contains(.,'<script>')]
photos.people.getList photo_id=$one /people[@photo_width='500'][@photo_height='375']/person[@x='5'][@h='8']
photos.licenses.getInfo x=1 /licenses[count(license)=17]/license[@id='16'][@name='CC BY-NC-ND 4.0']
photos.licenses.getLicenseHistory photo_id=$one /license_history[@old_license='CC BY-SA 2.0'][@new_license='CC BY 2.0']
people.getInfo user_id=10000001@N01 /person[@path_alias='ann']/photos/count[.='4']
people.getPublicPhotos user_id=10000001@N01&extras=license,url_o,description /photos[@total='4']/photo[@license='4'][@url_o]/description
people.getPhotos user_id=10000001@N01 /photos/photo[@owner='10000001@N01']
photosets.getInfo photoset_id=72157700000000042 /photoset[@count_photos='3']/title[.='box']
photosets.getPhotos photoset_id=72157700000000042&user_id=10000001@N01 /photoset[@owner='10000001@N01'][@per_page='500']/photo[@isprimary='1'][not(@owner)]
photosets.getList user_id=10000001@N01 /photosets[@total='1']/photoset
galleries.getInfo gallery_id=$liked /gallery[@gallery_id='$liked'][@count_photos='2']
galleries.getPhotos gallery_id=$liked&get_gallery_info=1 /photos/photo[@has_comment='1'][@comment='a <remark>']
galleries.getPhotos gallery_id=$liked&get_gallery_info=1 /gallery
galleries.getListForPhoto photo_id=$one /galleries[@total='1']/gallery/title
groups.getInfo group_id=$walkers /group[@path_alias='walkers']/privacy[.='3']
groups.pools.getPhotos group_id=$walkers /photos/photo[@dateadded]
urls.lookupUser url=https%3A%2F%2Fwww.flickr.com%2Fphotos%2Fann%2F /user[@id='10000001@N01']/username
urls.lookupGroup url=https%3A%2F%2Fwww.flickr.com%2Fgroups%2Fwalkers%2F /group[@id='$walkers']/groupname
test.echo a=b%26c /a[.='b&c']
END
}

@test "refusals carry Flickr's codes" {
	serve < <(town)
	while read -r code method params; do
		api "$method" "$params" >"$WORK/answer"
		[ "$(xpath 'string(/rsp[@stat="fail"]/err/@code)' "$WORK/answer")" = "$code" ] || { echo "$method: not $code"; cat "$WORK/answer"; false; }
	done <<END
1 photos.getInfo photo_id=77
1 photos.getInfo photo_id=$(id_of away)
2 photos.getInfo photo_id=$(id_of secret)
1 photos.getSizes photo_id=$(id_of secret)
2 photos.getExif photo_id=$(id_of closed)
1 galleries.getListForPhoto
5 people.getInfo user_id=10000002@N02
1 people.getInfo user_id=nobody
5 people.getPublicPhotos user_id=10000002@N02
2 people.getPhotos user_id=99@N01
2 photosets.getPhotos photoset_id=72157700000000042&user_id=99@N01
1 photosets.getPhotos photoset_id=9&user_id=10000001@N01
1 galleries.getPhotos gallery_id=9
1 groups.getInfo group_id=9
1 urls.lookupUser url=https%3A%2F%2Fwww.flickr.com%2Fphotos%2Fnobody%2F
99 test.null
112 photos.fly
111 test.echo format=soap
END
	fetch "$BASE/api.flickr.com/services/rest/?method=flickr.test.echo" | grep -q 'code="100"'
	fetch "$BASE/api.flickr.com/services/rest/?method=flickr.test.echo&api_key=bad" | grep -q 'code="100"'
}

@test "files are what getSizes says; a video leads to an address that is not for keeping" {
	serve < <(town)
	for key in one turned paper; do
		api photos.getSizes "photo_id=$(id_of $key)" >"$WORK/sizes"
		n=$(xpath 'count(/rsp/sizes/size)' "$WORK/sizes")
		source=$(xpath "string(/rsp/sizes/size[$n]/@source)" "$WORK/sizes")
		fetch -o "$WORK/$key" "$BASE/${source#https://}"
	done
	[ "$(head -c 2 "$WORK/one" | od -An -tx1)" = " ff d8" ]
	[ "$(head -c 8 "$WORK/paper" | tail -c 7 | tr -d '\n\r\032')" = "PNG" ]
	# EXIF: turned clockwise to be looked at, so it lies 240 wide and 320 high
	[ "$(grep -ac Exif "$WORK/turned")" -ge 1 ]
	[ "$(xpath 'string(/rsp/sizes/size[@label="Small"]/@width)' "$WORK/sizes")" = 240 ]
	film=$(id_of film)
	source=$(api photos.getSizes "photo_id=$film" | sed -n 's/.*label="720p".*source="\([^"]*\)".*/\1/p')
	location=$(fetch -o /dev/null -w '%{http_code} %{redirect_url}' "$BASE/${source#https://}")
	[[ "$location" == "302 https://live.staticflickr.com/video/$film/"*"720p.mp4?s="* ]]
	location=${location#302 https://}
	fetch -o "$WORK/film" -w '%{content_type}' "$BASE/$location" | grep -q '^video/mp4$'
	[ "$(head -c 8 "$WORK/film" | tail -c 4)" = ftyp ]
	[ "$(fetch -o /dev/null -w '%{http_code}' "$BASE/${location%%\?*}")" = 404 ]
	[ "$(fetch -o /dev/null -w '%{http_code}' "$BASE/live.staticflickr.com/65535/${film}_0000000000_o.jpg")" = 404 ]
}

@test "each fault is what it is called, and ends when told" {
	serve --fault "fault=503&match=photos.licenses.getInfo&times=1" < <(town)
	one=$(id_of one)
	status() { fetch -o "$WORK/answer" -w '%{http_code}' "$BASE/api.flickr.com/services/rest/?api_key=k&method=flickr.photos.getInfo&photo_id=$one"; }
	[ "$(fetch -o /dev/null -w '%{http_code}' "$BASE/api.flickr.com/services/rest/?api_key=k&method=flickr.photos.licenses.getInfo")" = 503 ]
	[ "$(status)" = 200 ]
	control 'fault=429&every=2&match=getInfo&retry-after=7'
	[ "$(status)" = 200 ]
	fetch -o "$WORK/answer" -D "$WORK/head" "$BASE/api.flickr.com/services/rest/?api_key=k&method=flickr.photos.getInfo&photo_id=$one"
	grep -q '^HTTP/1.1 429' "$WORK/head"
	grep -qi '^retry-after: 7' "$WORK/head"
	control 'clear=1'
	control 'fault=truncate&times=1'
	[ "$(status)" = 200 ]
	! xmllint --nonet --noout "$WORK/answer" 2>/dev/null
	control 'fault=html&times=1'
	[ "$(status)" = 200 ]
	grep -q '<!DOCTYPE html>' "$WORK/answer"
	control 'fault=code201&times=1'
	[ "$(status)" = 200 ]
	grep -q 'code="201"' "$WORK/answer"
	for fault in "cutoff 18" "reset 56" "hang 28"; do
		control "fault=${fault% *}&times=1"
		rc=0
		fetch --max-time 1 -o /dev/null "$BASE/api.flickr.com/services/rest/?api_key=k&method=flickr.photos.getInfo&photo_id=$one" 2>/dev/null || rc=$?
		[ "$rc" = "${fault#* }" ] || { echo "$fault: curl says $rc"; false; }
	done
	[ "$(status)" = 200 ]
	xmllint --nonet --noout "$WORK/answer"
	[ "$(control 'fault=nonsense')" = 'no fault "nonsense"' ]
	control latency=300
	[ "$(fetch -o /dev/null -w '%{time_total}' "$BASE/live.staticflickr.com/65535/x" | sed 's/^0\.[3-9].*/late/; s/^[1-9].*/late/')" = late ]
}

@test "the log tells what was asked, without the key" {
	serve < <(town)
	one=$(id_of one)
	api photos.getInfo "photo_id=$one&extras=a,b" >/dev/null
	api photos.getInfo photo_id=77 >/dev/null
	control 'fault=500&times=1'
	api photos.getSizes "photo_id=$one" >/dev/null
	fetch -o /dev/null "$BASE/live.staticflickr.com/65535/x"
	control log=1 >"$WORK/log"
	diff - "$WORK/log" <<END
200 ok flickr.photos.getInfo photo_id=$one
200 err:1 flickr.photos.getInfo photo_id=77
500 fault:500 flickr.photos.getSizes photo_id=$one
404 none /live.staticflickr.com/65535/x
END
	control reset=1
	[ -z "$(control log=1)" ]
}

@test "lists drift and lie as told; photos can be taken away at run time" {
	serve < <(town)
	late=$(id_of late) film=$(id_of film)
	list() { api people.getPublicPhotos "user_id=10000003@N03&per_page=2&page=$1"; }
	list 1 >"$WORK/one"
	list 2 >"$WORK/two"
	list 1 >"$WORK/again"
	[ "$(xpath 'string(/rsp/photos/@total)' "$WORK/one")" = 999 ]
	! grep -q "$late" "$WORK/one"
	[ "$(xpath 'string(/rsp/photos/photo[1]/@id)' "$WORK/two")" = "$(xpath 'string(/rsp/photos/photo[2]/@id)' "$WORK/one")" ]
	[ "$(xpath 'string(/rsp/photos/photo[1]/@id)' "$WORK/again")" = "$late" ]
	control reset=1
	list 1 | cmp - "$WORK/one"
	control "photo=film&state=deleted"
	api photos.getInfo "photo_id=$film" | grep -q 'not found'
	one=$(id_of one)
	source=$(api photos.getSizes "photo_id=$one" | sed -n 's/.*label="Original".*source="https:\/\/\([^"]*\)".*/\1/p')
	control 'photo=one&media=html'
	[ "$(fetch -o /dev/null -w '%{http_code} %{content_type}' "$BASE/$source")" = "200 text/html; charset=utf-8" ]
	control 'photo=one&media=404'
	[ "$(fetch -o /dev/null -w '%{http_code}' "$BASE/$source")" = 404 ]
	control 'photo=one&media=gone'
	[ "$(fetch -o /dev/null -w '%{http_code} %{content_type}' "$BASE/$source")" = "200 image/jpeg" ]
	[ "$(control 'photo=nobody&state=deleted')" = 'no photo "nobody"' ]
}

@test "answers carry no clock and are gzip'ed on request; the same request gives the same bytes" {
	serve < <(town)
	fetch -D "$WORK/head" -o "$WORK/a" --compressed "$BASE/api.flickr.com/services/rest/?api_key=k&method=flickr.photos.licenses.getInfo"
	grep -qi '^content-encoding: gzip' "$WORK/head"
	! grep -qi '^date:' "$WORK/head"
	api photos.licenses.getInfo | cmp - "$WORK/a"
}

@test "generated worlds: many photos, comments, faves; each file its own" {
	serve <<'WORLD'
member m
  nsid 1000001@N01
album all
  owner m
generate photos 1200 owner=m album=all comments=2 faves=4 pool=2 size=160x120
WORLD
	api people.getPublicPhotos 'user_id=1000001@N01&per_page=500&page=3&extras=url_o' >"$WORK/list"
	[ "$(xpath 'concat(/rsp/photos/@pages, " ", /rsp/photos/@total, " ", count(/rsp/photos/photo))' "$WORK/list")" = "3 1200 200" ]
	xpath '/rsp/photos/photo/@url_o' "$WORK/list" | sed 's/.*"https:\/\/\(.*\)"/\1/' | head -12 | while read -r url; do
		fetch "$BASE/$url" | sha256sum
	done | sort -u >"$WORK/sums"
	[ "$(wc -l <"$WORK/sums")" = 12 ]
}

@test "what is served is recorded, sorted and free of the key; nothing stays running" {
	serve --record "$WORK/a.warc.gz" --date 2024-01-01T00:00:00Z < <(town)
	api photos.licenses.getInfo >/dev/null
	one=$(id_of one)
	api photos.getInfo "photo_id=$one" >/dev/null
	stop
	zcat "$WORK/a.warc.gz" >"$WORK/a.warc"
	[ "$(grep -ac '^WARC-Type: response' "$WORK/a.warc")" = 2 ]
	! grep -aq 'api_key' "$WORK/a.warc"
	[ "$(grep -a '^WARC-Target-URI' "$WORK/a.warc" | LC_ALL=C sort -c && echo sorted)" = sorted ]
	town >"$WORK/world"
	mkfifo "$WORK/in"
	"$FAKE_FLICKR" --world "$WORK/world" <"$WORK/in" >"$WORK/port" 3>&- &
	PID=$!
	exec 9>"$WORK/in"
	for _ in $(seq 100); do grep -q PORT "$WORK/port" && break; sleep 0.05; done
	exec 9>&-
	wait "$PID"
	PID=
}

@test "a recording of a whole world is the same bytes each time" {
	town >"$WORK/world"
	for n in 1 2; do "$FAKE_FLICKR" --world "$WORK/world" --record-all "$WORK/$n.warc.gz" --date 2024-01-01T00:00:00Z; done
	cmp "$WORK/1.warc.gz" "$WORK/2.warc.gz"
	zcat "$WORK/1.warc.gz" >"$WORK/1.warc"
	for method in photos.getInfo photos.getFavorites photosets.getPhotos people.getPublicPhotos galleries.getPhotos groups.pools.getPhotos; do
		grep -aq "^WARC-Target-URI:.*flickr.$method" "$WORK/1.warc"
	done
}

@test "the sample recording holds every photo, and its addresses select all of them" {
	zcat samples/harbour.warc.gz >"$WORK/all"
	[ "$(wc -c <samples/harbour.warc.gz)" -lt 6000000 ]
	[ "$(grep -ac '^WARC-Target-URI:.*photos.getInfo&' "$WORK/all")" = "$(grep -c '^photo ' samples/harbour.world)" ]
	for n in $(seq 0 16); do grep -aq "<photo id=.* license=\"$n\"" "$WORK/all"; done
	serve <samples/harbour.world
	control world=1 | sed -n 's/^photo [^ ]* \([0-9]*\) .*/\1/p' | sort >"$WORK/ids"
	while read -r url; do
		case $url in
		*/albums/*) api photosets.getPhotos "photoset_id=${url##*/}&per_page=500" ;;
		*/harbourmuseum/) api people.getPublicPhotos "user_id=71000001@N05&per_page=500" ;;
		*) echo "<photo id=\"$(basename "$url")\"" ;;
		esac
	done <samples/harbour.urls | sed -n 's/.*<photo id="\([0-9]*\)".*/\1/p' | sort -u | cmp - "$WORK/ids"
}

@test "a world that cannot be read is named with its line" {
	printf 'member m\nphoto p\n  owner nobody\n' >"$WORK/world"
	run "$FAKE_FLICKR" --world "$WORK/world"
	[ "$status" -eq 1 ]
	[[ "$output" == *"world:3: no member \"nobody\""* ]]
	printf 'member m\n  colour red\n' >"$WORK/world"
	run "$FAKE_FLICKR" --world "$WORK/world"
	[[ "$output" == *"world:2: \"colour\" is not known here"* ]]
	run "$FAKE_FLICKR" --nonsense 1
	[ "$status" -eq 2 ]
}
