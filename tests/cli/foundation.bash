# Packages in the two layouts of the Flickr Foundation, with invented content: `make_theirs DIR LAYOUT`, LAYOUT is 1 (files as paths,
# mediaType, lifeboat.js), 2 (files as objects, media, no lifeboat.js) or mixed (a photo of each).

picture() { printf '\377\330\377\340\000\020JFIF\000%s\377\331' "$1"; } # a file that begins like a JPEG
sum() { "$1"sum <"$2" | cut -d' ' -f1; }

# DIR ID ROLE: the file as an object.
their_file() {
	printf '{"path":"media/%ss/%s","label":"%s","content_type":"image/jpeg","width":4,"height":3,"media":"photo","size":%s,"checksum":"%s"}' \
		"$3" "$4" "$5" "$(stat -c %s "$1/media/$3s/$4")" "$(sum "${ALGORITHM:-sha256}" "$1/media/$3s/$4")"
}
# DIR ID SECRET TITLE LAYOUT
their_photo() {
	local dir=$1 id=$2 title=$4 original="$2_$3_o.jpg" thumbnail="$2_$3_n.jpg" files kind
	picture "original $id" >"$dir/media/originals/$original"
	picture "thumbnail $id" >"$dir/media/thumbnails/$thumbnail"
	if [ "$5" = 1 ]; then
		files="\"files\":{\"original\":\"media/originals/$original\",\"thumbnail\":\"media/thumbnails/$thumbnail\"}" kind='"mediaType":"photo"'
	else
		files="\"files\":{\"original\":$(their_file "$dir" "$id" original "$original" Original),"
		files="$files\"thumbnail\":$(their_file "$dir" "$id" thumbnail "$thumbnail" "Small 320")}" kind='"media":"photo"'
	fi
	cat >"$dir/metadata/photos/$id.js" <<-END
		const photo = {"id":"$id","secret":"$3","url":"https://www.flickr.com/photos/9001@N09/$id/","title":"$title",
		"description":"A <b>boat</b> at dawn","uploaderId":"9001@N09","licenseId":"cc-by-2.0",
		"dateTaken":{"value":"1962-07-01T00:00:00","granularity":"month"},"dateUploaded":"2012-03-04T05:06:07+00:00",
		"location":{"latitude":51.5,"longitude":-0.25,"accuracy":14,"context":2,"locality":"Wapping"},
		"tags":[{"authorId":"9001@N09","rawValue":"Old Boat","normalizedValue":"oldboat","isMachineTag":false}],
		"countFaves":3,"countViews":44,"countComments":1,"albumIds":["721"],"galleryIds":["66-1"],"groupIds":["77@N07"],
		"safetyLevel":"safe","visibility":"public","originalFormat":"jpg",$kind,$files,"curatorsMark":"kept",
		"comments":[{"id":"c-$id","authorId":"9002@N09","text":"I <i>sailed</i> it","date":"2013-01-01T00:00:00Z"}]};
	END
}
their_entry() { # ID SECRET TITLE
	cat <<-END
		"$1":{"title":"$3","uploaderId":"9001@N09","licenseId":"cc-by-2.0","dateTaken":{"value":"1962-07-01T00:00:00","granularity":"month"},
		"dateUploaded":"2012-03-04T05:06:07+00:00","tags":["oldboat"],"countComments":1,"countFaves":3,"countViews":44,"visibility":"public",
		"thumbnail":{"path":"media/thumbnails/$1_$2_n.jpg","width":4,"height":3},"metadataPath":"metadata/photos/$1.js"}
	END
}
make_theirs() {
	local dir=$1 second=$2 first=$2
	[ "$2" != mixed ] || { first=1 second=2; }
	mkdir -p "$dir/metadata/photos" "$dir/media/originals" "$dir/media/thumbnails" "$dir/viewer"
	# the second id is the smaller one: the order of the file is the curator's
	their_photo "$dir" 53478812196 ab12 "The pilot" "$first"
	their_photo "$dir" 869031 cd34 "The tug" "$second"
	{
		printf 'const photoIndex = {'
		their_entry 53478812196 ab12 "The pilot"
		printf ','
		their_entry 869031 cd34 "The tug"
		printf '};\n'
	} >"$dir/metadata/photoIndex.js"
	printf 'let contributorIndex = {"9001@N09":{"username":"wapping","realname":"Ann Able","pathAlias":"ann","contributions":{"photo":2,"tag":2,"comment":0}},"9002@N09":{"username":"sailor","realname":null,"pathAlias":null,"contributions":{"photo":0,"tag":0,"comment":2}}}\n' >"$dir/metadata/contributorIndex.js"
	printf 'licenseIndex = {"cc-by-2.0":{"label":"CC BY 2.0","url":"https://creativecommons.org/licenses/by/2.0/"}};\n' >"$dir/metadata/licenseIndex.js"
	printf 'var tagIndex = {"oldboat":2};\n' >"$dir/metadata/tagIndex.js"
	printf 'const albumIndex = {"721":{"title":"The river","ownerId":"9001@N09","countPhotos":12,"countVideos":0,"countViews":5,"countComments":0,"photoIds":["869031","53478812196"]}};\n' >"$dir/metadata/albumIndex.js"
	printf 'const galleryIndex = {"66-1":{"title":"Work","description":"By hand","ownerId":"9002@N09","countPhotos":9,"photoIds":["869031"]}};\n' >"$dir/metadata/galleryIndex.js"
	printf 'const groupIndex = {"77@N07":{"name":"Thames","nsid":"77@N07","eighteenPlus":false,"members":5,"poolCount":6,"topicCount":1,"privacy":3,"lang":"en-us","ispoolmoderated":true,"photoIds":["53478812196"]}};\n' >"$dir/metadata/groupIndex.js"
	[ "$2" = 2 ] || printf 'const lifeboat = {"id":"river-1","name":"The river at work","creator":{"id":"9002@N09","name":"Sam Sailor"},"dateCreated":"2025-06-01T10:00:00Z","purpose":"Before the wharf goes.","futureConsiderations":"Ask the families."};\n' >"$dir/metadata/lifeboat.js"
	printf '<!DOCTYPE html>\n<title>The river</title>\n' >"$dir/README.html"
	printf '<!DOCTYPE html>\n<title>data</title>\n' >"$dir/viewer/data.html"
}
