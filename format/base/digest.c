#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/base/internal.h"

/* name: of BagIt's files; other: of Python's hashlib; fetched: as OpenSSL calls it. */
static const struct { const char *name, *other, *fetched; size_t bytes; } hashes[LB_HASH_COUNT] = {
	[LB_MD5] = {"md5", NULL, "MD5", 16},
	[LB_SHA1] = {"sha1", NULL, "SHA1", 20},
	[LB_SHA224] = {"sha224", NULL, "SHA2-224", 28},
	[LB_SHA256] = {"sha256", NULL, "SHA2-256", 32},
	[LB_SHA384] = {"sha384", NULL, "SHA2-384", 48},
	[LB_SHA512] = {"sha512", NULL, "SHA2-512", 64},
	[LB_SHA512_224] = {"sha512224", "sha512_224", "SHA2-512/224", 28},
	[LB_SHA512_256] = {"sha512256", "sha512_256", "SHA2-512/256", 32},
	[LB_SHA3_224] = {"sha3224", "sha3_224", "SHA3-224", 28},
	[LB_SHA3_256] = {"sha3256", "sha3_256", "SHA3-256", 32},
	[LB_SHA3_384] = {"sha3384", "sha3_384", "SHA3-384", 48},
	[LB_SHA3_512] = {"sha3512", "sha3_512", "SHA3-512", 64},
	[LB_BLAKE2B] = {"blake2b512", "blake2b", "BLAKE2B-512", 64},
	[LB_BLAKE2S] = {"blake2s256", "blake2s", "BLAKE2S-256", 32},
};
_Static_assert(LB_HASH_COUNT <= sizeof(unsigned) * 8, "a set of them fits into an unsigned");

/* Looked up once: for many small files, looking up is much of the work. NULL: this machine has it not. */
static EVP_MD *fetched[LB_HASH_COUNT];
static pthread_once_t fetched_once = PTHREAD_ONCE_INIT;

static void fetch_all(void)
{
	for (size_t i = 0; i < LB_HASH_COUNT; i++)
		fetched[i] = EVP_MD_fetch(NULL, hashes[i].fetched, NULL);
}

static const EVP_MD *md_of(enum lb_hash h)
{
	pthread_once(&fetched_once, fetch_all);
	return fetched[h];
}

struct lb_digest { EVP_MD_CTX *ctx; enum lb_hash hash; };

const char *lb_hash_name(enum lb_hash h)
{
	return hashes[h].name;
}

bool lb_hash_by_name(struct lb_span name, enum lb_hash *out)
{
	for (size_t i = 0; i < LB_HASH_COUNT; i++) {
		if (!lb_span_is(name, hashes[i].name) && !(hashes[i].other && lb_span_is(name, hashes[i].other)))
			continue;
		if (!md_of((enum lb_hash)i))
			return false;
		*out = (enum lb_hash)i;
		return true;
	}
	return false;
}

bool lb_hash_is_weak(enum lb_hash h)
{
	return h <= LB_SHA1;
}

size_t lb_hash_hex_len(enum lb_hash h)
{
	return hashes[h].bytes * 2;
}

/* What fails here is the cryptographic library itself: there is nobody who could go on. */
static void must(int ok)
{
	if (ok != 1)
		lb_die("the cryptographic library refuses to compute a digest");
}

struct lb_digest *lb_digest_new(enum lb_hash h)
{
	struct lb_digest *d = lb_alloc(sizeof *d);
	d->hash = h;
	d->ctx = EVP_MD_CTX_new();
	if (!d->ctx)
		lb_die("out of memory");
	must(md_of(h) && EVP_DigestInit_ex2(d->ctx, md_of(h), NULL));
	return d;
}

void lb_digest_add(struct lb_digest *d, const void *data, size_t n)
{
	must(EVP_DigestUpdate(d->ctx, data, n));
}

void lb_hex(const unsigned char *data, size_t n, char *hex)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < n; i++) {
		hex[2 * i] = digits[data[i] >> 4];
		hex[2 * i + 1] = digits[data[i] & 15];
	}
	hex[2 * n] = '\0';
}

void lb_digest_hex(struct lb_digest *d, char *hex)
{
	unsigned char raw[LB_HASH_BYTES_MAX];
	lb_digest_raw(d, raw);
	lb_hex(raw, hashes[d->hash].bytes, hex);
}

void lb_digest_raw(struct lb_digest *d, unsigned char *raw)
{
	must(EVP_DigestFinal_ex(d->ctx, raw, NULL));
}

void lb_digest_restart(struct lb_digest *d)
{
	must(EVP_DigestInit_ex2(d->ctx, NULL, NULL)); /* the same algorithm again */
}

void lb_digest_free(struct lb_digest *d)
{
	if (!d)
		return;
	EVP_MD_CTX_free(d->ctx);
	free(d);
}

void lb_digest_freep(struct lb_digest **d)
{
	lb_digest_free(*d);
	*d = NULL;
}

void lb_digests_begin(struct lb_digests *d, unsigned wanted)
{
	d->wanted = wanted;
	for (size_t i = 0; i < LB_HASH_COUNT; i++) {
		if (!(wanted >> i & 1))
			continue;
		if (d->each[i])
			lb_digest_restart(d->each[i]);
		else
			d->each[i] = lb_digest_new((enum lb_hash)i);
	}
}

void lb_digests_add(struct lb_digests *d, const void *data, size_t n)
{
	for (size_t i = 0; i < LB_HASH_COUNT; i++)
		if (d->wanted >> i & 1)
			lb_digest_add(d->each[i], data, n);
}

void lb_digests_end(struct lb_digests *d, unsigned char raw[LB_HASH_COUNT][LB_HASH_BYTES_MAX])
{
	for (size_t i = 0; i < LB_HASH_COUNT; i++)
		if (d->wanted >> i & 1)
			lb_digest_raw(d->each[i], raw[i]);
}

void lb_digests_clear(struct lb_digests *d)
{
	for (size_t i = 0; i < LB_HASH_COUNT; i++)
		lb_digest_free(d->each[i]);
	*d = (struct lb_digests){0};
}

void lb_sha256_raw(const void *data, size_t n, unsigned char out[32])
{
	must(EVP_Digest(n ? data : "", n, out, NULL, EVP_sha256(), NULL));
}

void lb_sha256(const void *data, size_t n, char hex[LB_SHA256_HEX])
{
	unsigned char raw[32];
	lb_sha256_raw(data, n, raw);
	lb_hex(raw, sizeof raw, hex);
}

void lb_hmac_sha1(struct lb_span key, struct lb_span data, unsigned char out[20])
{
	unsigned n = 20;
	if (key.n > INT32_MAX)
		lb_die("the key of a signature is too long");
	must(HMAC(EVP_sha1(), key.n ? key.p : "", (int)key.n, (const unsigned char *)(data.n ? data.p : ""), data.n, out, &n) != NULL);
}

void lb_base32(struct lb_buf *b, const unsigned char *data, size_t n)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	unsigned bits = 0, have = 0;
	for (size_t i = 0; i < n; i++) {
		bits = (bits << 8 | data[i]) & 0xFFFF;
		for (have += 8; have >= 5; have -= 5)
			lb_buf_addc(b, alphabet[bits >> (have - 5) & 31]);
	}
	if (have)
		lb_buf_addc(b, alphabet[bits << (5 - have) & 31]);
}

void lb_base64(struct lb_buf *b, const unsigned char *data, size_t n)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < n; i += 3) {
		size_t have = n - i < 3 ? n - i : 3;
		unsigned bits = (unsigned)data[i] << 16;
		bits |= (have > 1 ? (unsigned)data[i + 1] << 8 : 0) | (have > 2 ? data[i + 2] : 0U);
		for (size_t d = 0; d < 4; d++)
			lb_buf_addc(b, d <= have ? alphabet[bits >> (18 - 6 * d) & 63] : '=');
	}
}

void lb_uuid_of(struct lb_span input, char out[37])
{
	unsigned char u[32];
	char hex[33];
	lb_sha256_raw(input.p, input.n, u);
	u[6] = (unsigned char)(0x80 | (u[6] & 0x0F)); /* version 8 */
	u[8] = (unsigned char)(0x80 | (u[8] & 0x3F)); /* variant of RFC 9562 */
	lb_hex(u, 16, hex);
	snprintf(out, 37, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}
