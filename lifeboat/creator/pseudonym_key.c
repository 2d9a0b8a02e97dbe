/* The key that makes pseudonyms stable: whoever has it can tell who is who, so it stays with the maker. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lifeboat/creator/redact_private.h"

enum { BLOCK = 64, HEX = 2 * LB_PSEUDONYM_KEY };

static void to_hex(const unsigned char *bytes, size_t n, char *out)
{
	for (size_t i = 0; i < n; i++) {
		out[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
		out[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
	}
	out[2 * n] = '\0';
}

static bool from_hex(struct lb_span hex, unsigned char *out)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < hex.n; i++) {
		const char *digit = hex.p[i] ? strchr(digits, hex.p[i]) : NULL;
		if (!digit)
			return false;
		out[i / 2] = (unsigned char)(out[i / 2] << 4 | (digit - digits));
	}
	return hex.n == HEX;
}

static int write_whole(int fd, const char *data, size_t n)
{
	while (n) {
		ssize_t done = write(fd, data, n);
		if (done < 0 && errno != EINTR)
			return -1;
		data += done > 0 ? done : 0;
		n -= done > 0 ? (size_t)done : 0;
	}
	return fsync(fd);
}

/* Nobody else may ever have been able to read it, not even under its temporary name. */
static int save_key(const char *path, const unsigned char key[LB_PSEUDONYM_KEY], struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf temp = LB_BUF(8192);
	char text[HEX + 2];
	to_hex(key, LB_PSEUDONYM_KEY, text);
	memcpy(text + HEX, "\n", 2);
	lb_buf_addf(&temp, "%s.new", path);
	unlink(lb_buf_str(&temp)); /* left by a run that was stopped */
	int fd = open(lb_buf_str(&temp), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return lb_fail_sys(err, "cannot write \"%s\"", path);
	int failed = write_whole(fd, text, HEX + 1), sys = errno;
	if (close(fd) != 0 && !failed) {
		failed = -1;
		sys = errno;
	}
	if (!failed && rename(lb_buf_str(&temp), path) != 0) {
		failed = -1;
		sys = errno;
	}
	if (!failed)
		return 0;
	unlink(lb_buf_str(&temp));
	errno = sys;
	return lb_fail_sys(err, "cannot write \"%s\"", path);
}

static int make_key(const char *dir, const char *path, unsigned char key[LB_PSEUDONYM_KEY], struct lb_error *err)
{
	if (getrandom(key, LB_PSEUDONYM_KEY, 0) != LB_PSEUDONYM_KEY)
		return lb_fail_sys(err, "cannot get random bytes");
	LB_TRY(save_key(path, key, err));
	return lb_dir_sync(dir, err);
}

int lb_pseudonym_key(const char *dir, unsigned char key[LB_PSEUDONYM_KEY], const struct lb_ctx *ctx, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096), text = LB_BUF(1024);
	struct lb_error why = { 0 };
	struct stat st;
	lb_path_join(&path, dir, "pseudonyms.key");
	int rc = lb_file_read(lb_buf_str(&path), 1024, &text, &why);
	if (rc == LB_NOTFOUND)
		return make_key(dir, lb_buf_str(&path), key, err);
	if (rc)
		return lb_fail(err, why.status, "%s", why.what);
	memset(key, 0, LB_PSEUDONYM_KEY);
	if (!from_hex(lb_span_trim(lb_buf_span(&text)), key))
		return lb_fail(err, LB_FORMAT, "\"%s\" is not a key: expected %d hexadecimal digits", lb_buf_str(&path), HEX);
	if (stat(lb_buf_str(&path), &st) == 0 && st.st_mode & 077)
		lb_ctx_note(ctx, LB_EVENT_WARN, "others can read \"%s\": with it they can tell who is behind a pseudonym (chmod 600)", lb_buf_str(&path));
	return 0;
}

/* RFC 2104 over SHA-256. */
static void hmac(const unsigned char key[LB_PSEUDONYM_KEY], struct lb_span message, unsigned char out[32])
{
	LB_AUTO(lb_buf_clear) struct lb_buf inner = LB_BUF(message.n + BLOCK);
	unsigned char outer[BLOCK + 32];
	for (size_t i = 0; i < BLOCK; i++) {
		unsigned char k = i < LB_PSEUDONYM_KEY ? key[i] : 0;
		lb_buf_addc(&inner, (char)(k ^ 0x36));
		outer[i] = k ^ 0x5c;
	}
	lb_buf_add(&inner, message.p, message.n);
	lb_sha256_raw(inner.p, inner.len, outer + BLOCK);
	lb_sha256_raw(outer, sizeof outer, out);
}

void lb_pseudonym_of(const unsigned char key[LB_PSEUDONYM_KEY], const char *nsid, struct lb_pseudonym *out)
{
	unsigned char digest[32];
	hmac(key, lb_span(nsid), digest);
	memcpy(out->id, "pseudonym-", 10);
	to_hex(digest, 6, out->id + 10);
	memcpy(out->name, "Member ", 7);
	to_hex(digest, 3, out->name + 7);
}
