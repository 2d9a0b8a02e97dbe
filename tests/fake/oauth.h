/* Signing in: OAuth 1.0a as Flickr speaks it. Signatures are checked by an implementation of its own (OpenSSL), not the program's. */
#ifndef FAKE_OAUTH_H
#define FAKE_OAUTH_H

#include "tests/fake/answer.h"

struct grant { char token[64], secret[24], verifier[16]; const struct member *member; bool access, revoked; };
struct auth {
	struct lb_map nonces;                    /* "TIMESTAMP NONCE" that were used */
	size_t nnonces;
	int64_t newest;                          /* timestamp */
	struct grant *grants; size_t ngrants, grants_cap;
	bool key_revoked;
};
void auth_init(struct auth *auth, const struct world *w);         /* with the world's tokens */
void auth_clear(struct auth *auth);

/* What comes of a signed request: 0, or an HTTP status with a form-encoded body that says why. */
struct signed_request { const char *path; const struct query *query; };
int auth_check(struct auth *auth, const struct world *w, const struct signed_request *r, const struct grant **grant, struct lb_buf *problem);
/* /services/oauth/STEP: fills the body, returns the HTTP status. */
int auth_step(struct auth *auth, const struct world *w, const char *step, const struct signed_request *r, struct lb_buf *body);
/* The verifier of the newest request token, or NULL. */
const char *auth_verifier(const struct auth *auth);
void auth_revoke(struct auth *auth, const char *what);            /* "token", "key"; anything else restores both */
bool query_signed(const struct query *q);

#endif
