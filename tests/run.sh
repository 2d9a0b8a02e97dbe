#!/bin/sh
# Runs the tests: `run.sh [GROUP…]`, groups lint unit fault fuzz cases reader cli standards line browser conformance (default: all of them).
# Ends with one line: "lifeboat: N passed, N failed, N skipped". Logs: $BUILD/results.
BUILD=${BUILD:-build/release}
# The browsers take longest: they begin, and all else runs beside them.
GROUPS_WANTED=${*:-browser lint unit fault fuzz cases reader cli standards conformance}
results=$BUILD/results
PATIENCE=${PATIENCE:-900} # seconds for one test program: one that hangs is a failure with a name
rm -rf "$results"
mkdir -p "$results"
export BUILD LIFEBOAT="$PWD/$BUILD/lifeboat" FAKE_FLICKR="$PWD/$BUILD/fake-flickr" LC_ALL=C.UTF-8
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1}" CK_DEFAULT_TIMEOUT="${CK_DEFAULT_TIMEOUT:-120}"
# Most of the time of many tests is waiting for a disk; where there is memory enough, files there prove the same.
shm=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ -z "${TMPDIR:-}" ] && [ "${shm:-0}" -gt 8388608 ]; then
	TMPDIR=$(mktemp -d /dev/shm/lifeboat-check.XXXXXX)
	chmod 711 "$TMPDIR" # some tests read as somebody else
	export TMPDIR
	trap 'rm -rf "$TMPDIR"' EXIT
fi
unset LIFEBOAT_API_KEY LIFEBOAT_API_SECRET LIFEBOAT_INDEX MAKEFLAGS

# One test program: its log, and a line "name passed failed skipped seconds" in its .sum
one() {
	name=$1
	shift
	log=$results/$(echo "$name" | tr / -).log
	start=$(date +%s)
	timeout -k 10 "$PATIENCE" "$@" >"$log" 2>&1
	rc=$?
	[ $rc -lt 124 ] || echo "stopped after $PATIENCE s, or killed (status $rc)" >>"$log"
	passed=0 failed=0
	skipped=$(grep -cE '^SKIP|^ok .*# skip' "$log")
	checks=$(sed -n 's/^[0-9]*%: Checks: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\)$/\1 \2 \3/p' "$log" | tail -n 1)
	plain=$(sed -n 's/^\([a-z]*: \)\{0,1\}\([0-9][0-9]*\) passed, \([0-9][0-9]*\) failed.*$/\2 \3/p' "$log" | tail -n 1)
	if [ -n "$checks" ]; then
		# shellcheck disable=SC2086
		set -- $checks
		failed=$(($2 + $3)) passed=$(($1 - $2 - $3))
	elif [ -n "$plain" ]; then
		passed=${plain% *} failed=${plain#* }
	elif grep -q '^1\.\.[0-9]' "$log"; then
		failed=$(grep -c '^not ok' "$log")
		passed=$(($(grep -c '^ok' "$log") - $(grep -cE '^ok .*# skip' "$log")))
	elif [ $rc = 0 ]; then
		passed=1
	fi
	[ $rc = 0 ] || [ "$failed" -gt 0 ] || failed=1
	echo "$name $passed $failed $skipped $(($(date +%s) - start))" >"${log%.log}.sum"
	if [ "$failed" -gt 0 ]; then
		printf '%-40s FAILED (%s)\n' "$name" "$log"
		grep -vE '^ok |^[0-9]+ inputs' "$log" | tail -n 40 | sed 's/^/    /'
	else
		printf '%-40s %4d passed %3ds\n' "$name" "$passed" "$(($(date +%s) - start))"
	fi
	grep -E '^SKIP' "$log" | sort -u | sed 's/^/    /'
}

# The list of tests of a group: "name<TAB>command…" a line.
list() {
	case $1 in
	lint) printf 'lint\tsh tests/lint/all.sh\n' ;;
	unit | fault | conformance)
		for t in tests/"$1"/*.c; do n=$(basename "$t" .c); printf "%s/%s\t%s\n" "$1" "$n" "$BUILD/tests/$1/$n"; done
		for t in tests/"$1"/*.bats; do [ -e "$t" ] && printf "%s/%s\tbats --tap %s\n" "$1" "$(basename "$t" .bats)" "$t"; done ;;
	fuzz) for t in tests/fuzz/*.c; do n=$(basename "$t" .c); printf 'fuzz/%s\t%s\n' "$n" "$BUILD/tests/fuzz/$n tests/fuzz/corpus/$n"; done ;;
	cases) printf 'cases\tpython3 spec/cases/run.py --program %s\n' "$BUILD/lifeboat" ;;
	cli) for t in tests/cli/*.bats; do printf 'cli/%s\tbats --tap %s\n' "$(basename "$t" .bats)" "$t"; done ;;
	reader) printf 'reader\tsh tests/reader.sh\n' ;;
	standards) for t in tests/standards/*.py; do printf 'standards/%s\t/usr/bin/python3 %s\n' "$(basename "$t" .py)" "$t"; done ;;
	browser) printf 'browser\tsh tests/browser/run.sh\n' ;;
	*) echo "run.sh: no group \"$1\"" >&2 ;;
	esac
}

pids=""
jobs_now() { n=0; for p in $pids; do kill -0 "$p" 2>/dev/null && n=$((n + 1)); done; echo $n; }
for group in $GROUPS_WANTED; do
	list "$group" >"$results/$group.list"
	while IFS="$(printf '\t')" read -r name command; do
		while [ "$(jobs_now)" -ge "${JOBS:-2}" ]; do sleep 0.05; done
		# shellcheck disable=SC2086
		one "$name" $command </dev/null &
		pids="$pids $!"
	done <"$results/$group.list"
done
wait
cat "$results"/*.sum | awk '{ p += $2; f += $3; s += $4 } END { printf "lifeboat: %d passed, %d failed, %d skipped\n", p, f, s; exit f > 0 || p == 0 }'
