#!/bin/bash
# Speed and memory on this machine, each figure beside a named peer measured in the same run. Not part of `make check`.
#   SIZES="1000 10000"  photos to build    GATHER=300  photos to gather    PAIRS=5  pairs of each comparison
#   BENCH_LARGE=1  plan, gather and resume 100,000 photos besides (LARGE=N: so many; LAYERS=…: default photo,albums): minutes
#   URLS=1000000  addresses to understand    BAG_FILES=200000  one-byte files to bag
#   METS_PHOTOS=200000  photos of a METS.xml, three files each
#   PARTS="urls gather build bag mets"  what to measure
set -eu
BUILD=${BUILD:-build/release}
SIZES=${SIZES:-1000 10000}
GATHER=${GATHER:-300}
PAIRS=${PAIRS:-5}
URLS=${URLS:-1000000}
BAG_FILES=${BAG_FILES:-200000}
METS_PHOTOS=${METS_PHOTOS:-200000}
PARTS=${PARTS:-urls gather build bag mets}
lifeboat=$PWD/$BUILD/lifeboat
fake=$PWD/$BUILD/fake-flickr
make_package=$PWD/$BUILD/tests/bench/make_package
mets_bench=$PWD/$BUILD/tests/bench/mets
url_bench=$PWD/$BUILD/tests/bench/urls
work=$PWD/$BUILD/bench
rm -rf "$work"
mkdir -p "$work"
server=
stop() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; server=; }
trap 'stop; rm -rf "$work"' EXIT
export LIFEBOAT_API_KEY=bench LC_ALL=C.UTF-8 XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config
ALL=(--policy rescue --agree)
URL=https://www.flickr.com/photos/10000001@N01/

seconds() { # of a command; exit code 3 (gaps) is fine
	local t=$EPOCHREALTIME
	"$@" >"$work/out" 2>&1 || [ $? = 3 ] || { cat "$work/out" >&2; return 1; }
	awk -v a="$t" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.4f", b - a }'
}
calc() { awk "BEGIN { printf \"%.$2f\", $1 }"; }
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
peak_mb() { /usr/bin/time -f %M -o "$work/rss" "$@" >/dev/null 2>&1 || [ $? = 3 ]; tail -n 1 "$work/rss" | awk '{ printf "%.0f", $1 / 1024 }'; }

serve() { # photos, latency, how the photos are
	stop
	printf 'seed 7\nmember ann\n  nsid 10000001@N01\n  username ann\nalbum all\n  owner ann\ngenerate photos %s owner=ann album=all %s\n' "$1" "${3:-size=640x480 pool=12}" >"$work/world"
	"$fake" --world "$work/world" --latency "$2" >"$work/port" 2>/dev/null </dev/null &
	server=$!
	for _ in $(seq 600); do grep -q PORT "$work/port" && break; sleep 0.05; done
	LIFEBOAT_TEST_SERVER=http://127.0.0.1:$(sed -n 's/^PORT //p' "$work/port")
	export LIFEBOAT_TEST_SERVER
}

control() { curl -s --noproxy '*' "$LIFEBOAT_TEST_SERVER/control?$1"; }

# Gathering: lifeboat's plan and gather, then curl(1) asking for exactly the same addresses, as many at once.
gather() { # photos, latency
	local photos=$1
	shift
	serve "$photos" "$1"
	"$lifeboat" create -q --rate 1000000 "${ALL[@]}" --parallel 4 -o "$work/warm" "$URL" >/dev/null 2>&1 || true # pictures are drawn now
	control reset=1 >/dev/null
	control "latency=$1" >/dev/null
	local ours theirs
	ours=$(seconds "$lifeboat" plan -q --rate 1000000 "${ALL[@]}" -o "$work/g" "$URL")
	ours=$(calc "$ours + $(seconds "$lifeboat" gather -q --rate 1000000 --parallel 4 "$work/g")" 4)
	local calls files
	calls=$(control log=1 | grep -c ' flickr\.')
	files=$(control log=1 | grep -c staticflickr)
	zcat "$work/g/evidence/api.warc.gz" | tr -d '\r' | sed -n 's#^WARC-Target-URI: https://##p' |
		awk -v s="$LIFEBOAT_TEST_SERVER" '{ sub(/\?/, "?api_key=bench\\&"); printf "url = \"%s/%s\"\noutput = /dev/null\n", s, $0 }' >"$work/urls"
	theirs=$(seconds curl -s --noproxy '*' --compressed -Z --parallel-immediate --parallel-max 8 -K "$work/urls")
	printf 'gather  %4d ms latency: %6.1f photos/s  %7.1f calls/s  %5.2f calls/photo  %4.2f files/photo   %.2f times the time of curl -Z (8 at once)\n' \
		"$1" "$(calc "$photos / $ours" 2)" "$(calc "$calls / $ours" 2)" "$(calc "$calls / $photos" 3)" "$(calc "$files / $photos" 2)" "$(calc "$ours / $theirs" 3)"
	rm -rf "$work/g" "$work/warm"
}

# Memory and time of each stage over a large photostream; resuming is gathering once more when all is there.
stage() { # words, command…
	local words=$1 t
	shift
	t=$EPOCHREALTIME
	/usr/bin/time -f %M -o "$work/rss" "$@" >"$work/out" 2>&1 || [ $? = 3 ] || { cat "$work/out"; return 1; }
	printf 'large   %7d photos: %-32s peak %4.0f MB   %7.1f s\n' "$LARGE" "$words" "$(calc "$(tail -n 1 "$work/rss") / 1024" 1)" "$(calc "$EPOCHREALTIME - $t" 2)"
}
large() {
	LARGE=${LARGE:-100000} LAYERS=${LAYERS:-photo,albums}
	serve "$LARGE" 0 "typical=1 size=32x32 pool=2"
	stage plan "$lifeboat" plan -q --rate 1000000 "${ALL[@]}" --layers "$LAYERS" -o "$work/l" "$URL"
	stage gather "$lifeboat" gather -q --rate 1000000 --parallel 8 "$work/l"
	stage "resume (evidence known)" "$lifeboat" gather -q --rate 1000000 "$work/l"
	rm -f "$work/l/evidence/api.index"
	stage "resume (evidence read anew)" "$lifeboat" gather -q --rate 1000000 "$work/l"
	stop
	printf 'large   %7d photos: %s\n' "$LARGE" "$(du -sm "$work/l" | cut -f1) MB on disk, api.warc.gz $(calc "$(stat -c %s "$work/l/evidence/api.warc.gz") / 1000000" 0) MB"
	rm -rf "$work/l"
}

# Building from evidence, with cp -r of the finished package as the peer: the least that writing those files costs.
build() { # photos
	serve "$1" 0
	"$lifeboat" create -q --rate 1000000 "${ALL[@]}" -o "$work/b" "$URL" >/dev/null 2>&1 || [ $? = 3 ]
	stop
	local ours theirs memory
	ours=$(for _ in $(seq "$PAIRS"); do seconds "$lifeboat" build -q "$work/b"; echo; done | median)
	theirs=$(for _ in $(seq "$PAIRS"); do rm -rf "$work/copy"; seconds cp -r "$work/b/lifeboat" "$work/copy"; echo; done | median)
	memory=$(peak_mb "$lifeboat" build -q "$work/b")
	printf 'build   %6d photos: %7.0f photos/s  peak %4d MB   METS.xml %.0f kB   %.2f times the time of cp -r\n' "$1" \
		"$(calc "$1 / $ours" 1)" "$memory" "$(calc "$(stat -c %s "$work/b/lifeboat/METS.xml") / 1000" 1)" "$(calc "$ours / $theirs" 3)"
	rm -rf "$work/copy"
}

# One comparison, pair by pair: the ratio of the medians' pairs, and our MB/s. $PREPARE is run before each, untimed.
beside() { # label, bytes, "peer words", peer command…, --, our command…
	local label=$1 bytes=$2 peer=$3
	shift 3
	local theirs=() a b
	while [ "$1" != -- ]; do theirs+=("$1"); shift; done
	shift
	: >"$work/ratios"
	: >"$work/ours"
	for _ in $(seq "$PAIRS"); do
		rm -f "$work/packed.zip" "$work/packed.tar"
		eval "${PREPARE:-:}"
		a=$(seconds "$@")
		eval "${PREPARE:-:}"
		b=$(seconds "${theirs[@]}")
		calc "$a / $b" 4 >>"$work/ratios"; echo >>"$work/ratios"
		echo "$a" >>"$work/ours"
	done
	printf '%-22s %8.0f MB/s   %.2f times the time of %s\n' "$label" "$(calc "$bytes / 1000000 / $(median <"$work/ours")" 1)" "$(median <"$work/ratios")" "$peer"
}

# Packing and verifying: many small files (the last build), then few large ones.
pack_verify() { # package, words
	local p=$1 bytes
	bytes=$(find "$p" -type f -printf '%s\n' | awk '{ s += $1 } END { print s }')
	echo "$2: $(find "$p" -type f | wc -l) files, $(calc "$bytes / 1000000" 1) MB"
	(cd "$p" && find . -type f | LC_ALL=C sort >"$work/list" && tr '\n' '\0' <"$work/list" >"$work/list0")
	printf '#!/bin/sh\ncd "%s" && xargs -0 -a "%s" sha256sum\n' "$p" "$work/list0" >"$work/sha256sum.sh"
	printf '#!/bin/sh\ncd "%s" && xargs -0 -a "%s" openssl dgst -sha256\n' "$p" "$work/list0" >"$work/openssl.sh"
	beside "  verify folder" "$bytes" "sha256sum" sh "$work/sha256sum.sh" -- "$lifeboat" verify -q "$p"
	beside "  verify folder" "$bytes" "openssl dgst" sh "$work/openssl.sh" -- "$lifeboat" verify -q "$p"
	beside "  pack zip" "$bytes" "zip -0" sh -c "rm -f $work/peer.zip; cd $p && zip -q -0 -r $work/peer.zip ." -- "$lifeboat" pack -q "$p" -o "$work/packed.zip"
	beside "  pack tar" "$bytes" "tar" tar -cf "$work/peer.tar" -C "$p" . -- "$lifeboat" pack -q "$p" -o "$work/packed.tar"
	"$lifeboat" pack -q "$p" -f -o "$work/keep.zip" >/dev/null
	"$lifeboat" pack -q "$p" -f -o "$work/keep.tar" >/dev/null
	beside "  verify zip" "$bytes" "openssl dgst of the zip" openssl dgst -sha256 "$work/keep.zip" -- "$lifeboat" verify -q "$work/keep.zip"
	beside "  verify zip" "$bytes" "unzip -t" unzip -qt "$work/keep.zip" -- "$lifeboat" verify -q "$work/keep.zip"
	beside "  verify tar" "$bytes" "openssl dgst of the tar" openssl dgst -sha256 "$work/keep.tar" -- "$lifeboat" verify -q "$work/keep.tar"
}

# What addresses mean: the call by itself, and `lifeboat url` from a file to a file. The peers only look: grep for photo pages by
# one regular expression, Python's urlsplit takes each address apart without knowing what it means.
urls() {
	local call line look split
	"$url_bench" make "$URLS" >"$work/many"
	cat >"$work/split.py" <<-'END'
		import sys
		from urllib.parse import urlsplit
		for line in sys.stdin:
		    u = urlsplit(line.strip())
		    u.hostname, u.path.split("/")
	END
	printf '#!/bin/sh\n"%s" url --json - <"%s/many" >"%s/meant" || [ $? = 1 ]\n' "$lifeboat" "$work" "$work" >"$work/url.sh"
	printf '#!/bin/sh\npython3 "%s/split.py" <"%s/many"\n' "$work" "$work" >"$work/split.sh"
	call=$(for _ in $(seq "$PAIRS"); do "$url_bench" time "$work/many" | awk '{ print $1 }'; done | median)
	line=$(for _ in $(seq "$PAIRS"); do seconds sh "$work/url.sh"; echo; done | median)
	look=$(for _ in $(seq "$PAIRS"); do seconds grep -cE '^(https?://)?(www\.|m\.)?flickr\.com/photos/[A-Za-z0-9@_-]+/[0-9]+' "$work/many"; echo; done | median)
	printf 'urls    %.0f addresses: %8.0f/s by the call   %8.0f/s lifeboat url --json -   %.2f times the time of grep -cE' \
		"$URLS" "$call" "$(calc "$URLS / $line" 0)" "$(calc "$line / $look" 3)"
	if command -v python3 >/dev/null; then
		split=$(for _ in $(seq "$PAIRS"); do seconds sh "$work/split.sh"; echo; done | median)
		printf ', %.2f of Python urlsplit' "$(calc "$line / $split" 3)"
	fi
	echo
	rm -f "$work/many" "$work/meant"
}

# Bags: making them (by copying, in place) and verifying them. The peers only read, hash or copy; none makes a bag of what it did.
# Where a peer hashes SHA-256 only, so do we.
bag_set() { # folder, words
	local p=$1 bytes files memory t
	files=$(find "$p" -type f | wc -l)
	bytes=$(find "$p" -type f -printf '%s\n' | awk '{ s += $1 } END { print s }')
	echo "$2: $files files, $(calc "$bytes / 1000000" 1) MB"
	"$lifeboat" bag -q "$p" -o "$work/bag" >/dev/null
	"$lifeboat" bag -q "$p" -o "$work/bag256" --algorithm sha256 >/dev/null
	printf '#!/bin/sh\ncd "%s" && find . -type f -print0 | xargs -0 "$@"\n' "$p" >"$work/all.sh"
	PREPARE='rm -rf "$work/made"'
	beside "  bag -o" "$bytes" "cp -r" cp -r "$p" "$work/made" -- "$lifeboat" bag -q "$p" -o "$work/made"
	beside "  bag -o" "$bytes" "cp -r, sync and sha512sum" sh -c "cp -r $p $work/made && sync -f $work/made && sh $work/all.sh sha512sum" -- "$lifeboat" bag -q "$p" -o "$work/made"
	PREPARE='rm -rf "$work/made"; cp -al "$p" "$work/made"'
	beside "  bag --in-place" "$bytes" "sha512sum" sh "$work/all.sh" sha512sum -- "$lifeboat" bag -q --in-place "$work/made"
	beside "  bag --in-place" "$bytes" "openssl dgst -sha512" sh "$work/all.sh" openssl dgst -sha512 -- "$lifeboat" bag -q --in-place "$work/made"
	PREPARE=
	beside "  verify" "$bytes" "sha512sum -c" sh -c "cd $work/bag && sha512sum --quiet -c manifest-sha512.txt" -- "$lifeboat" verify -q "$work/bag"
	beside "  verify" "$bytes" "openssl dgst -sha512" sh "$work/all.sh" openssl dgst -sha512 -- "$lifeboat" verify -q "$work/bag"
	if command -v rhash >/dev/null; then
		beside "  verify" "$bytes" "rhash --sha512" rhash --sha512 -r "$p" -- "$lifeboat" verify -q "$work/bag"
	fi
	if command -v hashdeep >/dev/null; then
		beside "  verify (sha256)" "$bytes" "hashdeep -c sha256" hashdeep -c sha256 -r "$p" -- "$lifeboat" verify -q "$work/bag256"
	fi
	beside "  verify --quick" "$bytes" "find -printf %s" find "$work/bag" -type f -printf '%s\n' -- "$lifeboat" verify -q --quick "$work/bag"
	t=$(for _ in $(seq "$PAIRS"); do seconds "$lifeboat" verify -q "$work/bag"; echo; done | median)
	memory=$(peak_mb "$lifeboat" verify -q "$work/bag")
	cp -al "$p" "$work/made"
	printf '  verify %.2f s, peak %d MB   bag -o peak %d MB   bag --in-place peak %d MB\n' "$t" "$memory" \
		"$(peak_mb "$lifeboat" bag -q "$p" -o "$work/made2")" "$(peak_mb "$lifeboat" bag -q --in-place "$work/made")"
	rm -rf "$work/bag" "$work/bag256" "$work/made" "$work/made2"
}
bags() {
	python3 - "$work/tiny" "$BAG_FILES" <<-'END'
		import os, sys
		root, n = sys.argv[1], int(sys.argv[2])
		for i in range(n):
		    folder = "%s/%03d" % (root, i // 1000)
		    if i % 1000 == 0:
		        os.makedirs(folder)
		    with open("%s/file%06d.txt" % (folder, i), "wb") as f:
		        f.write(b"ABCDEFGHIJKLMNOP"[i % 16:i % 16 + 1])
	END
	bag_set "$work/tiny" "one-byte files"
	rm -rf "$work/tiny"
	mkdir "$work/large"
	for i in 1 2 3 4 5 6 7 8; do head -c 64000000 /dev/urandom >"$work/large/$i.tif"; done
	bag_set "$work/large" "large files"
	rm -rf "$work/large"
}

# METS.xml of a large collection: written, judged, listed; beside xmllint, which reads the same file in a stream, by the schemas (where
# they are at hand), and as a tree (its memory is about six times the file: only where there is so much).
timed() { # words, bytes, command…
	local words=$1 bytes=$2 t=$EPOCHREALTIME
	shift 2
	/usr/bin/time -f %M -o "$work/rss" "$@" >"$work/out" 2>&1 || { tail -n 3 "$work/out"; return 1; }
	t=$(calc "$EPOCHREALTIME - $t" 2)
	printf 'mets    %-28s %7.1f s   %6.1f MB/s   peak %5.0f MB\n' "$words" "$t" "$(calc "$bytes / 1000000 / $t" 1)" "$(calc "$(tail -n 1 "$work/rss") / 1024" 1)"
}
mets() {
	local schemas=$PWD/../shared/data/schemas bytes
	"$mets_bench" write "$METS_PHOTOS" "$work/METS.xml"
	bytes=$(stat -c %s "$work/METS.xml")
	printf 'mets    %d photos, %d files: %.0f MB, %.0f bytes a photo\n' "$METS_PHOTOS" "$((3 * METS_PHOTOS))" "$(calc "$bytes / 1000000" 1)" "$(calc "$bytes / $METS_PHOTOS" 0)"
	timed "write" "$bytes" "$mets_bench" write "$METS_PHOTOS" "$work/METS.xml"
	timed "check (METS-007 to 020)" "$bytes" "$mets_bench" check "$work/METS.xml"
	timed "list" "$bytes" "$mets_bench" list "$work/METS.xml"
	timed "xmllint --stream" "$bytes" xmllint --stream --noout "$work/METS.xml"
	if [ -d "$schemas" ]; then
		XML_CATALOG_FILES=$schemas/catalog.xml timed "xmllint --stream --schema" "$bytes" \
			xmllint --nonet --stream --noout --schema "$schemas/all-mets1.xsd" "$work/METS.xml"
	fi
	if [ "$(calc "$(awk '/^MemAvailable/ { print $2 }' /proc/meminfo) * 1024 / $bytes" 0)" -ge 8 ]; then
		timed "xmllint (tree)" "$bytes" xmllint --huge --noout "$work/METS.xml"
	else
		echo "mets    xmllint (tree): needs more memory than there is"
	fi
	rm -f "$work/METS.xml"
}

gathers() {
	gather "$GATHER" 0
	gather 60 50
	gather 60 100
	if [ -n "${BENCH_LARGE:-}" ]; then large; fi
}

builds() {
	for n in $SIZES; do
		rm -rf "$work/b"
		build "$n"
	done
	pack_verify "$work/b/lifeboat" "many small files"
	"$make_package" "$work/large" 200 4000000
	pack_verify "$work/large" "few large files"
}

echo "$(nproc) processors, $(awk -F: '/model name/ { print $2; exit }' /proc/cpuinfo), page cache warm, medians of $PAIRS"
BUILD=$BUILD bash tests/bench/calls.sh
for part in $PARTS; do
	case $part in
	urls) urls ;;
	gather) gathers ;;
	build) builds ;;
	mets) mets ;;
	bag) bags ;;
	*) echo "run.sh: no part \"$part\"" >&2; exit 2 ;;
	esac
done
