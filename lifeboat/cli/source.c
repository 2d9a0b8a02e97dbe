/* Where answers come from: key, recording, limits. Secrets come from the environment or a file that only their owner can
 * read, never from the command line. */
#include "lifeboat/cli/source.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define CREDENTIALS_MAX 4096

static void credentials_path(struct lb_buf *b)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	if (config && *config)
		lb_buf_adds(b, config);
	else if (home && *home)
		lb_path_join(b, home, ".config");
	if (b->len)
		lb_buf_adds(b, "/lifeboat/credentials");
}

static int check_private(const char *path, struct lb_error *err)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return lb_fail_sys(err, "cannot read \"%s\"", path);
	if ((st.st_mode & 077) == 0)
		return 0;
	lb_fail(err, LB_AUTH, "\"%s\" can be read by others", path);
	lb_hint(err, "chmod 600 %s", path);
	return LB_AUTH;
}

/* Lines of "name = value"; # begins a comment. A name without a value says nothing. */
static const char *find_value(struct lb_span text, const char *name, struct lb_arena *arena)
{
	struct lb_span line, key;
	while (lb_span_cut(&text, '\n', &line)) {
		struct lb_span value = line;
		if (!lb_span_cut(&value, '=', &key) || !lb_span_is(lb_span_trim(key), name))
			continue;
		value = lb_span_trim(value);
		if (value.n)
			return lb_arena_strndup(arena, value.p, value.n);
	}
	return NULL;
}

static int no_key_in(const char *path, struct lb_error *err)
{
	lb_fail(err, LB_AUTH, "\"%s\" has no API key", path);
	return lb_hint(err, "it needs a line: api_key = YOUR-KEY");
}

/* `needed`: a file of credentials without a key is a mistake; no file at all is not, here. */
static int read_key(bool needed, struct lb_arena *arena, const char **key, struct lb_error *err)
{
	const char *set = getenv("LIFEBOAT_API_KEY");
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096), text = LB_BUF(CREDENTIALS_MAX);
	*key = NULL;
	if (set && *set) {
		*key = set;
		return 0;
	}
	credentials_path(&path);
	if (!path.len || !lb_file_exists(lb_buf_str(&path)))
		return 0;
	LB_TRY(check_private(lb_buf_str(&path), err));
	LB_TRY(lb_file_read(lb_buf_str(&path), CREDENTIALS_MAX, &text, err));
	*key = find_value(lb_buf_span(&text), "api_key", arena);
	return *key || !needed ? 0 : no_key_in(lb_buf_str(&path), err);
}

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
		/* For tests against a server on this machine: see tests/README.md. */
		.reroute = getenv("LIFEBOAT_TEST_SERVER"),
		.tries = (unsigned)env_number("LIFEBOAT_TEST_TRIES"),
		.timeout_s = (long)env_number("LIFEBOAT_TEST_TIMEOUT"),
		.retry_base_ms = env_number("LIFEBOAT_TEST_RETRY_MS"),
	};
	return read_key(!replay, arena, &out->api_key, err);
}
