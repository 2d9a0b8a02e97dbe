# `lifeboat url`: what an address means, one or millions of them. And that the index takes every form of a photo's address.

setup() {
	LIFEBOAT="${LIFEBOAT:-$PWD/build/release/lifeboat}"
	WORK="$BATS_TEST_TMPDIR"
	export XDG_DATA_HOME="$WORK/data" XDG_CONFIG_HOME="$WORK/config" HOME="$WORK"
	unset LIFEBOAT_INDEX LIFEBOAT_API_KEY LIFEBOAT_TEST_SERVER
}

# The JSON line of one address, without the address.
meaning() { "$LIFEBOAT" url --json "$1" | head -n 1 | sed 's/^{"url":"[^"]*",//'; }
is() { [ "$(meaning "$1")" = "$2" ] || { echo "$1: $(meaning "$1")"; return 1; }; }
SITE=https://www.flickr.com

@test "every kind tells its fields, with the names that others know" {
	who='"user_url":"https://www.flickr.com/photos/47265398@N04/","user_id":"47265398@N04"'
	me=$SITE/photos/47265398@n04
	is $SITE '"type":"homepage"}'
	is $me/123 "\"type\":\"single_photo\",\"photo_id\":\"123\",$who}"
	is $me/albums/7215/page3 '"type":"album","user_url":"https://www.flickr.com/photos/47265398@N04/","album_id":"7215","page":3}'
	is $me "\"type\":\"user\",$who,\"page\":1}"
	is $SITE/groups/trees/pool/page30 '"type":"group","group_url":"https://www.flickr.com/groups/trees","page":30}'
	is $me/galleries/7215 '"type":"gallery","gallery_id":"7215","page":1}'
	is $SITE/photos/tags/2020 '"type":"tag","tag":"2020","page":1}'
	is $me/favorites/page2 "\"type\":\"favorites\",$who,\"page\":2}"
	is $me/tags/oak "\"type\":\"user_tag\",$who,\"tag\":\"oak\",\"page\":1}"
	is $me/sets "\"type\":\"albums\",$who,\"page\":1}"
	is $me/galleries "\"type\":\"galleries\",$who,\"page\":1}"
	is $me/collections/7215 "\"type\":\"collection\",$who,\"collection_id\":\"7215\",\"page\":1}"
	is $me/collections "\"type\":\"collection\",$who,\"collection_id\":null,\"page\":1}"
	is $SITE/people/47265398@N04/photosof "\"type\":\"people_in\",$who,\"page\":1}"
	is "$SITE/search/?q=small+boats&l=4&view_all=1" '"type":"search","params":{"license":"4","text":"small boats"},"page":1}'
	is $SITE/explore/2020/01/31 '"type":"explore","date":"2020-01-31","page":1}'
	is $SITE/explore '"type":"explore","date":null,"page":1}'
	is $SITE/commons '"type":"commons"}'
	is $me/archives/date-taken/2010/05 "\"type\":\"archive\",$who,\"date_kind\":\"taken\",\"date\":\"2010-05\",\"page\":1}"
	is $SITE/groups/trees/pool/tags/oak \
		'"type":"group_pool","group_url":"https://www.flickr.com/groups/trees","tag":"oak","member_url":null,"member_id":null,"page":1}'
	is $SITE/groups/trees/pool/47265398@N04 \
		'"type":"group_pool","group_url":"https://www.flickr.com/groups/trees","tag":null,"member_url":"https://www.flickr.com/photos/47265398@N04/","member_id":"47265398@N04","page":1}'
	is flic.kr/s/aHsjybZ5ZD '"type":"short","short_url":"https://flic.kr/s/aHsjybZ5ZD"}'
	is $SITE/account/email '"error":"unrecognised_url"}'
	is https://example.org '"error":"not_a_flickr_url"}'
}

@test "for people: a line each, and only what is said" {
	run "$LIFEBOAT" url $SITE/photos/someone/123 "$SITE/search/?text=a" https://example.org
	[ "$status" -eq 1 ]
	[ "${lines[0]}" = $SITE$'/photos/someone/123\tsingle_photo photo_id=123 user_url=https://www.flickr.com/photos/someone/' ]
	[ "${lines[1]}" = "$SITE/search/?text=a"$'\tsearch text=a' ]
	[ "${lines[2]}" = $'https://example.org\tnot_a_flickr_url' ]
	run "$LIFEBOAT" url $SITE/photos/tags/%E2%80%AEx
	[ "$status" -eq 0 ]
	[[ "$output" == *"tag=U+202Ex" ]]
}

@test "from standard input: in order, between arguments, whatever the lines hold" {
	printf 'flickr.com/photos/x/2\r\n\n  flickr.com/photos/x/3  \n\0flickr.com/photos/x/9\nflickr.com/photos/x/8\0 7\n\xff\nflickr.com/photos/x/4' >"$WORK/lines"
	run "$LIFEBOAT" url --json flickr.com/photos/x/1 - flickr.com/photos/x/5 <"$WORK/lines"
	[ "$status" -eq 1 ]
	[ "$(grep -o '"photo_id":"[0-9]*"' <<<"$output" | tr -dc '0-9\n' | tr '\n' ' ')" = "1 2 3 4 5 " ] || { echo "$output"; false; }
	[ "${lines[3]}" != "${lines[4]}" ]
	[[ "${lines[3]}" == *'"error"'* && "${lines[4]}" == *'"error"'* && "${lines[5]}" == *'"error"'* ]]
	[ "${lines[8]}" = '{"type":"summary","urls":8,"understood":5}' ]
	printf '' >"$WORK/none"
	run "$LIFEBOAT" url --json - <"$WORK/none"
	[ "$status" -eq 0 ]
	[ "$output" = '{"type":"summary","urls":0,"understood":0}' ]
}

@test "an answer comes before the next question is asked" {
	mkfifo "$WORK/questions" "$WORK/answers"
	"$LIFEBOAT" url - <"$WORK/questions" >"$WORK/answers" 3>&- &
	exec 8>"$WORK/questions" 9<"$WORK/answers"
	for id in 1 2 3; do
		echo "flickr.com/photos/x/$id" >&8
		read -r -t 10 answer <&9
		[[ "$answer" == *"photo_id=$id "* ]]
	done
	exec 8>&- 9<&-
	wait $!
}

@test "interrupted: what was read has been answered" {
	mkfifo "$WORK/questions"
	"$LIFEBOAT" url - <"$WORK/questions" >"$WORK/out" 2>"$WORK/err" 3>&- &
	pid=$!
	exec 8>"$WORK/questions"
	printf 'flickr.com/photos/x/1\nflickr.com/photos/x/2\nhalf a li' >&8
	for _ in $(seq 100); do [ "$(wc -l <"$WORK/out")" -eq 2 ] && break; sleep 0.05; done
	kill -TERM $pid
	status=0
	wait $pid || status=$?
	exec 8>&-
	[ "$status" -eq 130 ]
	[ "$(wc -l <"$WORK/out")" -eq 2 ]
	grep -q '^lifeboat: interrupted$' "$WORK/err"
}

@test "300,000 lines: all of them, in order, in little memory; a full disk is no success" {
	seq 300000 | sed 's#^#https://www.flickr.com/photos/someone/#' >"$WORK/many"
	/usr/bin/time -f %M -o "$WORK/kb" "$LIFEBOAT" url --json - <"$WORK/many" >"$WORK/out"
	[ "$(tail -n 1 "$WORK/out")" = '{"type":"summary","urls":300000,"understood":300000}' ]
	[ "$(sed -n 's/.*"photo_id":"\([0-9]*\)".*/\1/p' "$WORK/out" | sha256sum)" = "$(seq 300000 | sha256sum)" ]
	# sanitizers have a shadow of their own
	ldd "$LIFEBOAT" | grep -q asan || [ "$(tail -n 1 "$WORK/kb")" -lt 30000 ]
	status=0
	"$LIFEBOAT" url --json - <"$WORK/many" >/dev/full 2>"$WORK/err" || status=$?
	[ "$status" -eq 1 ]
	grep -q '^lifeboat: cannot write to standard output' "$WORK/err"
}

@test "index find takes every form of a photo's address" {
	xargs "$LIFEBOAT" create -q --progress=none --policy rescue --agree -o "$WORK/harbour" --replay samples/harbour.warc.gz --title Harbour \
		--rate 1000000 <samples/harbour.urls >"$WORK/log" 2>&1 || true
	"$LIFEBOAT" index add -q --no-verify "$WORK/harbour"
	id=51000000222
	for form in $id $SITE/photos/someone/$id m.flickr.com/photos/someone/$id/in/photostream $SITE/photo.gne?id=$id \
		flic.kr/p/2kGGkfE https://live.staticflickr.com/65535/${id}_0a1b2c3d4e_b.jpg http://farm1.static.flickr.com/2/${id}_0a1b2c3d4e.jpg \
		http://photos12.flickr.com/${id}_0a1b2c3d4e_o.jpg "see <$SITE/photos/someone/$id>." "[a boat]($SITE/photos/someone/$id)" \
		$SITE/apps/video/stewart.swf?photo_id=$id https://embedr.flickr.com/photos/$id; do
		run "$LIFEBOAT" index find --json "$form"
		[ "$status" -eq 0 ] || { echo "$form: $output"; return 1; }
		[[ "${lines[0]}" == "{\"type\":\"hit\",\"photo_id\":\"$id\","* ]]
	done
	printf '%s\n' $SITE/photos/someone/$id "flic.kr/p/2kGGkfE" >"$WORK/queries"
	run "$LIFEBOAT" index find --json - <"$WORK/queries"
	[[ "${lines[2]}" == '{"type":"summary","queries":2,"found":2,"hits":2}' ]]
	run "$LIFEBOAT" index find flic.kr/s/aHsjybZ5ZD
	[ "$status" -eq 2 ]
}
