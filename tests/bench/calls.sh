#!/bin/bash
# What a photostream of 500 photos costs in API calls, layer by layer, against a fake Flickr that counts them: the calls that the
# API makes unavoidable, those made, and those of a straightforward client, which asks every method for every photo.
# BUILD=build/release PHOTOS=500. Fails when more than 2 % above the unavoidable, or when the package lacks a layer.
set -eu
BUILD=${BUILD:-build/release}
PHOTOS=${PHOTOS:-500}
lifeboat=$PWD/$BUILD/lifeboat
work=$(mktemp -d)
"$PWD/$BUILD/fake-flickr" --world <(printf 'seed 7\ncrowd 40\nmember ann\n  nsid 10000001@N01\n  username ann\n  icon 5 1\ngenerate photos %s owner=ann licence=4 typical=1 size=640x480 pool=12\n' "$PHOTOS") \
	>"$work/port" 2>/dev/null </dev/null &
server=$!
trap 'kill $server 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 600); do grep -q PORT "$work/port" && break; sleep 0.05; done
LIFEBOAT_TEST_SERVER=http://127.0.0.1:$(sed -n 's/^PORT //p' "$work/port")
export LIFEBOAT_TEST_SERVER LIFEBOAT_API_KEY=bench LC_ALL=C.UTF-8
control() { curl -s --noproxy '*' "$LIFEBOAT_TEST_SERVER/control?$1"; }

"$lifeboat" create -q --rate 1000000 --layers all -o "$work/boat" https://www.flickr.com/photos/10000001@N01/ >"$work/out" 2>&1 || {
	[ $? = 3 ] || { cat "$work/out" >&2; exit 1; }
}
control calls=1 >"$work/calls"
photos=$work/boat/lifeboat/data/metadata/photos
field() { sed -n "s/^ *\"$1\": \([0-9]*\),*\$/\1/p" "$photos"/*.js; } # a photo's own count, as getInfo and the lists told it

# From what the package says of its photos: one call for each with comments, one for each 50 faves, one for each with people.
comments=$(field countComments | awk '$1 > 0' | wc -l)
faves=$(field countFaves | awk '{ n += int(($1 + 49) / 50) } END { print n + 0 }')
people=$(grep -l '"personId".*' "$photos"/*.js | xargs grep -lE '"addedById"' | wc -l)
pages=$(((PHOTOS + 499) / 500))
{
	echo "flickr.people.getPublicPhotos $pages $pages"
	echo "flickr.photosets.getList 1 1"
	echo "flickr.photos.getInfo $PHOTOS $PHOTOS"
	echo "flickr.photos.getSizes 0 $PHOTOS"
	echo "flickr.photos.comments.getList $comments $PHOTOS"
	echo "flickr.photos.getFavorites $faves $((PHOTOS > faves ? PHOTOS : faves))"
	echo "flickr.photos.people.getList $people $PHOTOS"
	echo "flickr.photos.getAllContexts $PHOTOS $PHOTOS"
	echo "flickr.galleries.getListForPhoto $PHOTOS $PHOTOS"
	echo "flickr.photos.licenses.getLicenseHistory $PHOTOS $PHOTOS"
	echo "flickr.photos.getExif 0 $PHOTOS"
	echo "flickr.people.getInfo 1 1"
	echo "flickr.profile.getProfile 1 1"
	echo "flickr.photos.licenses.getInfo 1 1"
} >"$work/table"
awk -v photos="$PHOTOS" '
	NR == FNR { made[$1] = $2; next }
	FNR == 1 { printf "calls for a photostream of %d photos, all layers:\n%-44s %11s %8s %16s\n", photos, "method", "unavoidable", "made", "straightforward" }
	{ printf "%-44s %11d %8d %16d\n", $1, $2, made[$1], $3; u += $2; m += made[$1]; s += $3; if (made[$1] < $2) less = less " " $1; delete made[$1] }
	END {
		for (x in made) { printf "%-44s %11d %8d %16d\n", x, 0, made[x], 0; m += made[x] }
		printf "%-44s %11d %8d %16d\n", "all", u, m, s
		printf "a photo: %.2f unavoidable, %.2f made (%+.1f %%), %.2f straightforward\n", u / photos, m / photos, 100 * (m - u) / u, s / photos
		if (less != "") { print "incomplete:" less; exit 1 }
		exit m > 1.02 * u
	}' "$work/calls" "$work/table"
