# Signing in, against the fake Flickr, which checks every signature by itself.

load fake.bash

setup() {
	{ cat tests/cli/small.world; echo "account ann"; } >"$BATS_TEST_TMPDIR/world"
	start_fake "$BATS_TEST_TMPDIR/world"
	export LIFEBOAT_API_SECRET=fedcba9876543210
	export XDG_CONFIG_HOME=$BATS_TEST_TMPDIR/config XDG_STATE_HOME=$BATS_TEST_TMPDIR/state
	CREDENTIALS=$XDG_CONFIG_HOME/lifeboat/credentials
	OUT=$BATS_TEST_TMPDIR/out
}
teardown() { stop_fake; }
none() { if "$@"; then return 1; fi; } # a mere `!` would not fail the test

# What the user does: waits for the address, opens it, brings back the code.
code() {
	for _ in $(seq 100); do grep -q 'oauth_token=' "$OUT" 2>/dev/null && break; sleep 0.05; done
	curl -sS --noproxy '*' "$LIFEBOAT_TEST_SERVER/$(grep -o 'www.flickr.com/services/oauth/authorize[^" ]*' "$OUT")" |
		sed -n 's/.*<b>\(.*\)<\/b>.*/\1/p'
}
sign_in() { rm -f "$OUT"; code | "$LIFEBOAT" auth "$@" >"$OUT" 2>"$OUT.err"; }

@test "signing in: an address, a code, a file for its owner alone" {
	umask 000
	sign_in
	grep -q '^  https://www.flickr.com/services/oauth/authorize?oauth_token=[^&]*&perms=read$' "$OUT"
	grep -q '^signed in as Ann of the Quay (10000001@N01), to read$' "$OUT"
	[ ! -s "$OUT.err" ]
	[ "$(stat -c %a "$CREDENTIALS")" = 600 ]
	grep -q '^account_id = 10000001@N01$' "$CREDENTIALS"
	grep -q '^account_name = Ann of the Quay$' "$CREDENTIALS"
	grep -q '^token = .' "$CREDENTIALS"
	grep -q '^token_secret = .' "$CREDENTIALS"
	none grep -q api_ "$CREDENTIALS"
	[ "$(ls "$(dirname "$CREDENTIALS")")" = credentials ]
}

@test "the secrets are in that file and nowhere else" {
	sign_in -v
	for secret in "$(sed -n 's/^token = //p' "$CREDENTIALS")" "$(sed -n 's/^token_secret = //p' "$CREDENTIALS")" \
		"$LIFEBOAT_API_KEY" "$LIFEBOAT_API_SECRET"; do
		[ -n "$secret" ]
		none grep -rqF "$secret" "$OUT" "$OUT.err" "$XDG_STATE_HOME"
	done
}

@test "status tells who; forget takes the token away and nothing else" {
	mkdir -p "$(dirname "$CREDENTIALS")"
	printf '# mine\n\napi_key = %s\napi_secret=%s' "$LIFEBOAT_API_KEY" "$LIFEBOAT_API_SECRET" >"$CREDENTIALS"
	chmod 600 "$CREDENTIALS"
	cp "$CREDENTIALS" "$BATS_TEST_TMPDIR/before"
	unset LIFEBOAT_API_KEY LIFEBOAT_API_SECRET
	run "$LIFEBOAT" auth --status
	[ "$status" = 6 ]
	[[ $output = *"not signed in"*"lifeboat auth"* ]]
	sign_in
	run "$LIFEBOAT" auth --status
	[ "$status" = 0 ]
	[ "$output" = "signed in as Ann of the Quay (10000001@N01), to read" ]
	sign_in # once more: the lines are replaced
	[ "$(grep -c '^token = ' "$CREDENTIALS")" = 1 ]
	run "$LIFEBOAT" auth --forget
	[ "$status" = 0 ]
	diff <(cat "$BATS_TEST_TMPDIR/before" && echo) "$CREDENTIALS"
	[ "$(stat -c %a "$CREDENTIALS")" = 600 ]
	run "$LIFEBOAT" auth --status
	[ "$status" = 6 ]
}

@test "for programs: JSON Lines" {
	sign_in --json
	grep -q '^{"type":"authorize","url":"https://www.flickr.com/services/oauth/authorize?oauth_token=[^"]*&perms=read"}$' "$OUT"
	run tail -n 1 "$OUT"
	[[ $output = '{"type":"summary","signed_in":true,"account_id":"10000001@N01","account_name":"Ann of the Quay","credentials":"'* ]]
	run "$LIFEBOAT" auth --status --json
	[[ $output = '{"type":"summary","signed_in":true,"account_id":"10000001@N01",'* ]]
	run "$LIFEBOAT" auth --forget --json
	[[ $output = '{"type":"summary","signed_in":false,"account_id":null,'* ]]
}

@test "a wrong code, a wrong secret, no code, no secret" {
	run "$LIFEBOAT" auth <<<"123-456-789"
	[ "$status" = 6 ]
	[[ $output = *"flickr refuses to sign in: verifier_invalid"* ]]
	run "$LIFEBOAT" auth </dev/null
	[ "$status" = 2 ]
	[[ $output = *"no code was given"* ]]
	run "$LIFEBOAT" auth <<<"https://www.flickr.com/"
	[ "$status" = 2 ]
	LIFEBOAT_API_SECRET=fedcba9876543211 run "$LIFEBOAT" auth </dev/null
	[ "$status" = 6 ]
	[[ $output = *"signature_invalid"* ]]
	[[ $output != *sbs* ]]
	unset LIFEBOAT_API_SECRET
	run "$LIFEBOAT" auth </dev/null
	[ "$status" = 6 ]
	[[ $output = *"LIFEBOAT_API_SECRET"* ]]
	[ ! -e "$CREDENTIALS" ]
}

@test "a sign-in that was taken back says so" {
	sign_in
	control revoke=token
	run "$LIFEBOAT" auth --status
	[ "$status" = 6 ]
	[[ $output = *"does not accept the sign-in: Invalid auth token"*"lifeboat auth"* ]]
	[ "$(grep -c '^token = ' "$CREDENTIALS")" = 1 ]
}

@test "credentials that others can read are refused, and kept as they are" {
	sign_in
	chmod 640 "$CREDENTIALS"
	before=$(sha256sum <"$CREDENTIALS")
	for arguments in "auth --status" "auth --forget" "flickr flickr.test.echo"; do
		run "$LIFEBOAT" $arguments
		[ "$status" = 6 ]
		[[ $output = *"can be read by others"*"chmod 600"* ]]
	done
	[ "$(sha256sum <"$CREDENTIALS")" = "$before" ]
	[ "$(stat -c %a "$CREDENTIALS")" = 640 ]
}

@test "a link to the file stays a link" {
	mkdir -p "$(dirname "$CREDENTIALS")" "$BATS_TEST_TMPDIR/elsewhere"
	(umask 077 && : >"$BATS_TEST_TMPDIR/elsewhere/kept")
	ln -s "$BATS_TEST_TMPDIR/elsewhere/kept" "$CREDENTIALS"
	sign_in
	[ -L "$CREDENTIALS" ]
	grep -q '^token = ' "$BATS_TEST_TMPDIR/elsewhere/kept"
}

@test "API calls are signed, and counted with those of all runs; the sign-in itself is not" {
	sign_in
	run "$LIFEBOAT" flickr flickr.test.login
	[ "$status" = 0 ]
	[[ $output = *'user id="10000001@N01"'* ]]
	[ "$(find "$XDG_STATE_HOME/lifeboat" -type f -name 'calls-*' | wc -l)" = 1 ]
	asked | grep -c 'flickr.test.login' | grep -qx 2
	"$LIFEBOAT" auth --forget
	run "$LIFEBOAT" flickr flickr.test.login
	[[ $output != *'user id='* ]]
}

@test "Flickr away: exit 7, nothing stored" {
	control 'fault=503&match=oauth'
	run "$LIFEBOAT" auth </dev/null
	[ "$status" = 7 ]
	[ ! -e "$CREDENTIALS" ]
	stop_fake
	run "$LIFEBOAT" auth </dev/null
	[ "$status" = 7 ]
}

@test "a stop while the code is awaited: exit 130" {
	mkfifo "$BATS_TEST_TMPDIR/never"
	"$LIFEBOAT" auth <"$BATS_TEST_TMPDIR/never" >"$OUT" 2>&1 3>&- &
	pid=$!
	exec 9>"$BATS_TEST_TMPDIR/never"
	for _ in $(seq 100); do grep -q oauth_token "$OUT" && break; sleep 0.05; done
	kill -INT $pid || kill -TERM $pid
	sleep 0.3
	kill -TERM $pid 2>/dev/null || true
	wait $pid && rc=0 || rc=$?
	exec 9>&-
	[ "$rc" = 130 ] || { echo "exit $rc: $(cat "$OUT")"; false; }
	[ ! -e "$CREDENTIALS" ]
}

@test "the two options do not go together" {
	run "$LIFEBOAT" auth --status --forget
	[ "$status" = 2 ]
}
