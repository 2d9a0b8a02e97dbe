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
  profile email bo@planted.example
  profile occupation Cooper
  institution 2020-01-01 https://example.org/ https://example.org/rights
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
  guest-pass a1B2c3
  explored 2020-01-31
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
photo adult
  owner bo
  safety 2
  tags Old Quay
  posted 2020-05-05T00:00:00Z
  picture letter size=320x240
photo mine
  owner bo
  only-me
  picture letter size=320x240
album box
  id 72157700000000042
  owner ann
  photos one closed away
  comment bo 2020-01-01 Fine box
group walkers
  alias walkers
  title Ann&#039;s Walk
  throttle 5 week
  photos one closed film
gallery liked
  owner bo
  photos closed
  remark one a <remark>
collection top
  owner ann
  title Top
collection inner
  owner ann
  in top
  albums box
account bo
consumer k seeecret
token bo tok-1 toksecret
WORLD
}

@test "every method answers in readable XML with the wrappers of the reference" {
	serve < <(town)
	one=$(id_of one) liked=$(id_of liked) walkers=$(id_of walkers) inner=$(id_of inner)
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
photosets.comments.getList photoset_id=72157700000000042 /comments[@photoset_id='72157700000000042']/comment[@author='10000003@N03'][.='Fine box']
galleries.getList user_id=10000003@N03 /galleries[@total='1'][@user_id='10000003@N03']/gallery[@gallery_id='$liked']/cover_photos/photo[@is_primary='1'][contains(@url,'_q.jpg')]
urls.lookupGallery url=https%3A%2F%2Fwww.flickr.com%2Fphotos%2F10000003@N03%2Fgalleries%2F$liked%2F /gallery[@gallery_id='$liked']
groups.pools.getPhotos group_id=$walkers&tags=oldquay /photos[@total='1']/photo[@id='$one']
groups.pools.getPhotos group_id=$walkers&user_id=10000003@N03 /photos[@total='1']/photo[@owner='10000003@N03']
groups.getInfo group_id=$walkers /group/throttle[@count='5'][@mode='week']
collections.getTree user_id=10000001@N01 /collections[count(collection)=1]/collection[@title='Top']/collection/set[@id='72157700000000042']
collections.getTree collection_id=10000001-$inner /collections/collection[contains(@id,'$inner')]/set
commons.getInstitutions x=1 /institutions/institution[@nsid='10000003@N03']/urls/url[@type='license'][.='https://example.org/rights']
profile.getProfile user_id=10000003@N03 /profile[@email='bo@planted.example'][@occupation='Cooper'][@city='']
profile.getProfile user_id=10000002@N02 /profile[not(@email)]
favorites.getPublicList user_id=10000001@N01 /photos[@total='1']/photo[@id='$one'][@date_faved]
people.getPhotosOf user_id=10000003@N03 /photos[@total='1']/photo[@id='$one']
interestingness.getList date=2020-01-31 /photos[@total='1']/photo[@id='$one']
interestingness.getList x=1 /photos/photo[@id='$one']
photos.search text=only&sort=date-posted-asc /photos[@total='1']/photo[@id='$one']
photos.search tags=old+quay /photos[@total='1']/photo[@id='$one']
photos.search user_id=10000003@N03&media=videos /photos[@total='1']
photos.getSizes photo_id=$(id_of closed) /sizes[not(size[@label='Original'])][@candownload='0']
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
99 test.login
1 photos.getInfo photo_id=$(id_of mine)
2 photos.search user_id=99@N01
5 photos.search user_id=10000002@N02
3 photos.search
1 interestingness.getList date=yesterday
2 collections.getTree collection_id=9&user_id=10000001@N01
1 photosets.comments.getList photoset_id=9
1 profile.getProfile user_id=9
3 groups.pools.getPhotos group_id=$(id_of walkers)&user_id=99@N01
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
	[ "$(fetch -o /dev/null -w '%{http_code}' "$BASE/$location")" = 404 ] # good once
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

@test "rows tell what extras ask for, and nothing else" {
	serve < <(town)
	api photos.search "text=only" >"$WORK/bare"
	[ "$(xpath 'count(//photo/@*)' "$WORK/bare")" = 9 ]
	asked=license,date_upload,last_update,date_taken,owner_name,icon_server,original_format,geo,tags,machine_tags,o_dims,views,media,path_alias
	hidden=safety_level,realname,count_comments,count_faves,count_views,can_download,usage,rotation,url_h,url_n,url_w
	api photos.search "text=only&extras=description,url_s,url_o,$asked,$hidden" >"$WORK/full"
	[ "$(xpath 'concat(//photo/@count_comments, " ", //photo/@count_faves, " ", //photo/@can_download, " ", //photo/usage/@can_download)' "$WORK/full")" = "61 120 1 1" ]
	[ "$(xpath 'concat(//photo/@width_s, " ", //photo/@height_s, " ", //photo/@width_o)' "$WORK/full")" = "240 180 320" ]
	[ "$(xpath 'count(//photo/@url_h) + count(//photo/@url_w)' "$WORK/full")" = 0 ] # it is smaller than that
	api photosets.getPhotos "photoset_id=72157700000000042&extras=original_format,o_dims,url_o,can_download" >"$WORK/album"
	[ "$(xpath "count(//photo[@id='$(id_of closed)']/@*[starts-with(name(),'original') or name()='url_o' or name()='o_width'])" "$WORK/album")" = 0 ]
	[ "$(xpath "string(//photo[@id='$(id_of closed)']/@can_download)" "$WORK/album")" = 0 ]
	stop
	serve < <(town; echo plain-extras)
	api photos.search "text=only&extras=license,url_n,url_w,$hidden" >"$WORK/plain"
	[ "$(xpath 'count(//photo/@*)' "$WORK/plain")" = 13 ]
	[ "$(xpath 'count(//photo/usage)' "$WORK/plain")" = 0 ]
}

@test "search gives 4,000 at most, repeats itself and claims more" {
	serve <<'WORLD'
member m
  nsid 1000001@N01
generate photos 4600 owner=m licence=4 pool=1 size=32x32 tags=1
unstable 7
WORLD
	list() { api photos.search "user_id=1000001@N01&per_page=500&page=$1${2:-}" >"$WORK/page"; xpath '/rsp/photos/photo/@id' "$WORK/page" | tr -d ' "' ; }
	list 8 >"$WORK/eight"
	list 9 >"$WORK/nine"
	[ "$(xpath 'concat(//photos/@pages, " ", //photos/@total)' "$WORK/page")" = "10 4600" ]
	cmp "$WORK/eight" "$WORK/nine"
	[ "$(sort -u "$WORK/eight" | wc -l)" -lt 500 ]
	[ "$(list 1 | sort -u | wc -l)" = 500 ]
	api photos.search "user_id=1000001@N01&per_page=500&sort=date-posted-asc&extras=date_upload" >"$WORK/asc"
	[ "$(xpath '//photo/@dateupload' "$WORK/asc" | tr -d ' "' | cut -d= -f2 | sort -nc && echo sorted)" = sorted ]
	middle=$(xpath 'string(//photo[100]/@dateupload)' "$WORK/asc")
	api photos.search "user_id=1000001@N01&max_upload_date=$middle" >"$WORK/half"
	[ "$(xpath 'string(//photos/@total)' "$WORK/half")" -ge 100 ]
	[ "$(xpath 'string(//photos/@total)' "$WORK/half")" -lt 110 ]
	api photos.search "user_id=1000001@N01&min_upload_date=$((middle + 1))" >"$WORK/rest"
	[ $(($(xpath 'string(//photos/@total)' "$WORK/rest") + $(xpath 'string(//photos/@total)' "$WORK/half"))) = 4600 ]
	taken=$(date -u -d "@$middle" +%Y-%m-%d)
	api photos.search "user_id=1000001@N01&max_taken_date=$taken%2000:00:00" >"$WORK/taken"
	[ "$(xpath 'string(//photos/@total)' "$WORK/taken")" -gt 0 ]
}

@test "typical counts: half without comments, two of five without likes, none above 60, one of ten with people" {
	serve <<'WORLD'
member m
  nsid 1000001@N01
generate photos 500 owner=m typical=1 pool=1 size=32x32
WORLD
	api people.getPublicPhotos 'user_id=1000001@N01&per_page=500&extras=count_comments,count_faves' >"$WORK/list"
	[ "$(xpath 'concat(count(//photo[@count_comments="0"]), " ", count(//photo[@count_faves="0"]), " ", count(//photo[@count_faves>60]))' "$WORK/list")" = "250 200 0" ]
	xpath '//photo/@id' "$WORK/list" | tr -d ' "' | sed "s|id=\(.*\)|url = $BASE/api.flickr.com/services/rest/?api_key=k\&method=flickr.photos.getInfo\&photo_id=\1|" >"$WORK/urls"
	[ "$(wc -l <"$WORK/urls")" = 500 ]
	[ "$(fetch -K "$WORK/urls" | grep -c 'haspeople="1"')" = 50 ]
}

@test "short links and guest passes lead where they should, or nowhere" {
	serve < <(town)
	hop() { fetch -o /dev/null -D - "$BASE/$1" | tr -d '\r' | sed -n 's/^HTTP[^ ]* \([0-9]*\).*/\1/p; s/^[Ll]ocation: //p' | paste -sd' '; }
	control world=1 >"$WORK/things"
	while read -r kind key next end; do
		link=$(awk -v k="$kind" -v n="$key" '$1 == k && $2 == n { print $5 }' "$WORK/things")
		code=${link##*/}
		[ "$(hop "${link#https://}")" = "302 https://www.flickr.com/$next$code" ]
		[ "$(hop "www.flickr.com/$next$code")" = "302 $end" ] || { hop "www.flickr.com/$next$code"; false; }
	done <<END
photo one photo.gne?short= /photos/ann/$(id_of one)/
set box short_urls.gne?photoset= /photos/ann/sets/72157700000000042/
set liked short_urls.gne?gallery= /photos/10000003@N03/galleries/$(id_of liked)/
member ann short_urls.gne?photostream= /photos/ann/
END
	[[ "$(hop www.flickr.com/gp/ann/a1B2c3)" == "302 /photos/ann/$(id_of one)/"* ]]
	for bad in flic.kr/s flic.kr/ps www.flickr.com/gp/ann/nothing www.flickr.com/short_urls.gne?photoset=zzz www.flickr.com/elsewhere; do
		[ "$(hop "$bad")" = 404 ] || { hop "$bad"; false; }
	done
	[ "$(hop www.flickr.com/gp/ann)" = 404 ]
}

# ---- signing in ----------------------------------------------------------------------------------------------------------

# signed URL TOKEN TOKEN_SECRET [NAME=VALUE…]: the query with its signature; NONCE, WHEN and SECRET can be set.
signed() {
	NONCE=${NONCE:-$RANDOM$RANDOM$RANDOM} WHEN=${WHEN:-1767225600} SECRET=${SECRET:-seeecret} python3 -c '
import base64, hashlib, hmac, os, sys
from urllib.parse import quote
enc = lambda text: quote(text, safe="-._~")
url, token, token_secret, *said = sys.argv[1:]
said += ["oauth_consumer_key=k", "oauth_signature_method=HMAC-SHA1", "oauth_timestamp=" + os.environ["WHEN"],
	"oauth_nonce=" + os.environ["NONCE"], "oauth_version=1.0"] + (["oauth_token=" + token] if token else [])
query = "&".join(sorted(enc(name) + "=" + enc(value) for name, _, value in (p.partition("=") for p in said)))
base = "GET&" + enc(url) + "&" + enc(query)
digest = hmac.new((enc(os.environ["SECRET"]) + "&" + enc(token_secret)).encode(), base.encode(), hashlib.sha1).digest()
print(query + "&oauth_signature=" + enc(base64.b64encode(digest).decode()), end="")
' "$@"
}
REST=https://api.flickr.com/services/rest/ OAUTH=https://www.flickr.com/services/oauth
ask() { fetch "$BASE/${1#https://}?$2"; }

@test "signing in: the three steps, and what their end opens" {
	serve < <(town)
	ask $OAUTH/request_token "$(signed $OAUTH/request_token '' '' oauth_callback=oob)" >"$WORK/request"
	token=$(sed -n 's/.*oauth_token=\([^&]*\).*/\1/p' "$WORK/request") secret=$(sed -n 's/.*oauth_token_secret=\([^&]*\).*/\1/p' "$WORK/request")
	grep -q '^oauth_callback_confirmed=true&' "$WORK/request"
	verifier=$(control verifier=1)
	fetch "$BASE/www.flickr.com/services/oauth/authorize?oauth_token=$token&perms=read" | grep -q "$verifier"
	fetch "$BASE/www.flickr.com/services/oauth/authorize?oauth_token=$token&perms=delete" | grep -q permission_unknown
	[ "$(ask $OAUTH/access_token "$(signed $OAUTH/access_token "$token" "$secret" oauth_verifier=000-000-000)")" = oauth_problem=verifier_invalid ]
	ask $OAUTH/access_token "$(signed $OAUTH/access_token "$token" "$secret" "oauth_verifier=$verifier")" >"$WORK/access"
	grep -q '&user_nsid=10000003%40N03&username=bo$' "$WORK/access"
	[ "$(ask $OAUTH/access_token "$(signed $OAUTH/access_token "$token" "$secret" "oauth_verifier=$verifier")")" = oauth_problem=verifier_invalid ] # good once
	token=$(sed -n 's/.*oauth_token=\([^&]*\).*/\1/p' "$WORK/access") secret=$(sed -n 's/.*oauth_token_secret=\([^&]*\).*/\1/p' "$WORK/access")
	call() { ask $REST "$(signed $REST "$token" "$secret" "method=flickr.$1" "${@:2}")"; }
	call test.login | grep -q '<user id="10000003@N03"'
	call photos.getInfo "photo_id=$(id_of mine)" | grep -q 'ispublic="0" isfriend="0" isfamily="0"'
	call people.getPhotos user_id=me | grep -q "id=\"$(id_of mine)\""
	call people.getPhotos user_id=me | grep -q "id=\"$(id_of adult)\""
	[ "$(call people.getPublicPhotos user_id=10000003@N03 | grep -c "$(id_of mine)")" = 0 ]
	[ "$(call photos.search tags=oldquay | grep -c '<photo ')" = 1 ]
	[ "$(call photos.search tags=oldquay safe_search=3 | grep -c '<photo ')" = 2 ]
	# signed or not: the secret of a photo opens it
	api photos.getInfo "photo_id=$(id_of mine)&secret=$(call photos.getInfo "photo_id=$(id_of mine)" | sed -n 's/.*<photo [^>]* secret="\([^"]*\)".*/\1/p')" | grep -q 'stat="ok"'
	control log=1 >"$WORK/log"
	[ -z "$(grep 'oauth_\|seeecret' "$WORK/log")" ]
	control revoke=token
	call test.login | grep -q 'code="98"'
	control revoke=key
	call test.login | grep -q 'code="100"'
	api photos.licenses.getInfo | grep -q 'code="100"'
	control revoke=none
	call test.login | grep -q 'stat="ok"'
}

@test "a signature that is wrong in any way is refused as Flickr does" {
	serve < <(town)
	says() { # STATUS TEXT QUERY
		local got
		got=$(fetch -w ' %{http_code}' "$BASE/api.flickr.com/services/rest/?$3")
		[[ "$got" == *"$2"*" $1" ]] || { echo "$got"; return 1; }
	}
	good=$(NONCE=once signed $REST tok-1 toksecret method=flickr.test.login 'text=a b+c&d=é/~')
	says 200 'stat="ok"' "$good"
	says 401 nonce_used "$good"
	says 401 signature_invalid\&debug_sbs=GET%26https%253A "$(signed $REST tok-1 other method=flickr.test.login)"
	says 401 signature_invalid "$(SECRET=wrong signed $REST tok-1 toksecret method=flickr.test.login)"
	says 401 signature_invalid "$(signed $REST tok-1 toksecret method=flickr.test.login)&extra=1"
	says 401 token_rejected "$(signed $REST tok-9 toksecret method=flickr.test.login)"
	says 401 timestamp_refused "$(WHEN=1767220000 signed $REST tok-1 toksecret method=flickr.test.login)"
	says 400 parameter_absent\&oauth_parameters_absent=oauth_token "$(signed $REST '' '' method=flickr.test.login)"
	says 401 consumer_key_unknown "$(signed $REST tok-1 toksecret method=flickr.test.login | sed 's/oauth_consumer_key=k/oauth_consumer_key=q/')"
	says 400 signature_method_rejected "$(signed $REST tok-1 toksecret method=flickr.test.login | sed 's/HMAC-SHA1/PLAINTEXT/')"
	says 200 'stat="ok"' "$(signed $REST tok-1 toksecret method=flickr.test.login)"
}

@test "photos change while the server runs, and calls are counted" {
	serve < <(town)
	one=$(id_of one)
	before=$(api photos.getInfo "photo_id=$one" | sed -n 's/.*lastupdate="\([0-9]*\)".*/\1/p')
	[ "$(fetch -G --data-urlencode photo=one --data-urlencode "line=faves late" "$BASE/control")" = 'line:1: no member "late" so far' ]
	change() { fetch -G --data-urlencode "photo=one" --data-urlencode "line=$1" "$BASE/control" >/dev/null; }
	change "faves bo"
	[ "$(api photos.getInfo "photo_id=$one" | sed -n 's/.*lastupdate="\([0-9]*\)".*/\1/p')" = "$before" ]
	change "comment bo 2025-01-01 Once more"
	api photos.getInfo "photo_id=$one" >"$WORK/info"
	[ "$(sed -n 's/.*lastupdate="\([0-9]*\)".*/\1/p' "$WORK/info")" -gt "$before" ]
	[ "$(xpath 'string(//comments)' "$WORK/info")" = 62 ]
	control calls=1 | grep -qx 'flickr.photos.getInfo 3'
	control forget=1
	control calls=1 | grep -qx 'flickr.photos.getInfo 0'
	[ -z "$(control log=1)" ]
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
