/* Where answers come from: key, sign-in, recording, limits. Secrets come from the environment or a file that only their owner
 * can read, never from the command line. */
#include "lifeboat/cli/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define CREDENTIALS_MAX 65536

/* A folder of ours below what the environment names, or below the home folder; NULL: neither is there. */
static const char *folder_of(const char *variable, const char *below_home, struct lb_arena *arena)
{
	const char *set = getenv(variable), *home = getenv("HOME");
	if (set && *set)
		return lb_arena_printf(arena, "%s/lifeboat", set);
	return home && *home ? lb_arena_printf(arena, "%s/%s/lifeboat", home, below_home) : NULL;
}

const char *lb_credentials_path(struct lb_arena *arena)
{
	const char *folder = folder_of("XDG_CONFIG_HOME", ".config", arena);
	return folder ? lb_arena_printf(arena, "%s/credentials", folder) : NULL;
}

/* ---- reading ------------------------------------------------------------------------------------------------------- */

static int check_private(const char *path, struct lb_error *err)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return lb_fail_sys(err, "cannot read \"%s\"", path);
	if (!S_ISREG(st.st_mode))
		return lb_fail(err, LB_IO, "\"%s\" is not a file", path);
	if ((st.st_mode & 077) == 0)
		return 0;
	lb_fail(err, LB_AUTH, "\"%s\" can be read by others", path);
	lb_hint(err, "chmod 600 %s", path);
	return LB_AUTH;
}

/* No file is an empty one; a link that leads nowhere is a mistake. */
static int read_file(const char *path, struct lb_buf *text, struct lb_error *err)
{
	struct stat st;
	if (!path || (lstat(path, &st) && errno == ENOENT))
		return 0;
	LB_TRY(check_private(path, err));
	return lb_file_read(path, CREDENTIALS_MAX, text, err);
}

static bool is_line_of(struct lb_span line, const char *name)
{
	struct lb_span key;
	return memchr(line.p, '=', line.n) && lb_span_cut(&line, '=', &key) && lb_span_is(lb_span_trim(key), name);
}

/* A name without a value says nothing. */
static const char *find_value(struct lb_span text, const char *name, struct lb_arena *arena)
{
	struct lb_span line, key;
	while (lb_span_cut(&text, '\n', &line)) {
		if (!line.n || !is_line_of(line, name))
			continue;
		lb_span_cut(&line, '=', &key);
		struct lb_span value = lb_span_trim(line);
		if (value.n)
			return lb_arena_strndup(arena, value.p, value.n);
	}
	return NULL;
}

static const char *env_or_file(const char *variable, struct lb_span text, const char *name, struct lb_arena *arena)
{
	const char *set = getenv(variable);
	return set && *set ? set : find_value(text, name, arena);
}

static int no_key_in(const char *path, struct lb_error *err)
{
	lb_fail(err, LB_AUTH, "\"%s\" has no API key", path);
	return lb_hint(err, "it needs a line: api_key = YOUR-KEY");
}

/* A token without its secret, or without the secret of the key, signs nothing. */
static void read_account(struct lb_span text, struct lb_arena *arena, struct lb_source *out)
{
	const char *token = find_value(text, "token", arena), *secret = find_value(text, "token_secret", arena);
	if (!token || !secret || !out->api_secret)
		return;
	out->token = token;
	out->token_secret = secret;
	out->account_id = find_value(text, "account_id", arena);
	out->account_name = find_value(text, "account_name", arena);
}

/* A file of credentials without a key is a mistake; no file at all is not, here. */
static int read_credentials(bool replay, struct lb_arena *arena, struct lb_source *out, struct lb_error *err)
{
	const char *path = lb_credentials_path(arena);
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(CREDENTIALS_MAX);
	const char *set = getenv("LIFEBOAT_API_KEY");
	if (!replay || !set || !*set)
		LB_TRY(read_file(path, &text, err));
	out->api_key = env_or_file("LIFEBOAT_API_KEY", lb_buf_span(&text), "api_key", arena);
	if (replay)
		return 0;
	out->api_secret = env_or_file("LIFEBOAT_API_SECRET", lb_buf_span(&text), "api_secret", arena);
	read_account(lb_buf_span(&text), arena, out);
	return out->api_key || !text.p ? 0 : no_key_in(path, err);
}

/* ---- writing ------------------------------------------------------------------------------------------------------- */

static bool is_set(struct lb_span line, const struct lb_credential *set, size_t count)
{
	for (size_t i = 0; line.n && i < count; i++)
		if (is_line_of(line, set[i].name))
			return true;
	return false;
}

static void renew(struct lb_span text, const struct lb_credential *set, size_t count, struct lb_buf *out)
{
	for (struct lb_span line; lb_span_cut(&text, '\n', &line);) {
		if (is_set(line, set, count))
			continue;
		lb_buf_add(out, line.p, line.n);
		lb_buf_addc(out, '\n');
	}
	for (size_t i = 0; i < count; i++)
		if (set[i].value)
			lb_buf_addf(out, "%s = %s\n", set[i].name, set[i].value);
}

static int make_parent(const char *path, struct lb_arena *arena, struct lb_error *err)
{
	return lb_dir_make(lb_arena_strndup(arena, path, (size_t)(lb_path_base(path) - path) - 1), err);
}

int lb_credentials_set(const struct lb_credential *set, size_t count, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf before = LB_BUF(CREDENTIALS_MAX), after = LB_BUF(CREDENTIALS_MAX);
	const char *path = lb_credentials_path(&arena);
	if (!path)
		return lb_fail(err, LB_USAGE, "there is no place for credentials: neither HOME nor XDG_CONFIG_HOME is set");
	LB_AUTO(lb_freep) char *real = realpath(path, NULL); /* a link to where it is kept stays one */
	path = real ? real : path;
	LB_TRY(read_file(path, &before, err));
	renew(lb_buf_span(&before), set, count, &after);
	LB_TRY(lb_buf_check(&after, "the file of credentials", err));
	LB_TRY(make_parent(path, &arena, err));
	return lb_file_write_private(path, after.p, after.len, err);
}

/* ---- the source ------------------------------------------------------------------------------------------------------ */

static int64_t env_number(const char *name)
{
	int64_t n = 0;
	const char *text = getenv(name);
	return text && lb_parse_i64(lb_span(text), &n) && n > 0 ? n : 0;
}

int lb_cli_source(const char *replay, size_t rate, unsigned parallel, struct lb_arena *arena, struct lb_source *out, struct lb_error *err)
{
	*out = (struct lb_source){
		.replay = replay, .api_per_hour = rate, .files_parallel = parallel,
		.budget_dir = replay ? NULL : folder_of("XDG_STATE_HOME", ".local/state", arena),
		/* For tests against a server on this machine: see tests/README.md. */
		.reroute = getenv("LIFEBOAT_TEST_SERVER"),
		.tries = (unsigned)env_number("LIFEBOAT_TEST_TRIES"),
		.timeout_s = (long)env_number("LIFEBOAT_TEST_TIMEOUT"),
		.retry_base_ms = env_number("LIFEBOAT_TEST_RETRY_MS"),
	};
	return read_credentials(replay != NULL, arena, out, err);
}
