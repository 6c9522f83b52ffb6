#include "shim.h"

#if defined(CGIT2_LINKED_IN)

#include <git2/sys/transport.h>
#include <stdbool.h>

// Stands in for the parts of libgit2 1.5 that reach other machines. A linker takes a member of an
// archive only for a name that is still missing: with these defined, the members with TLS, SSH,
// HTTP and Kerberos stay out, and so do the libraries they need. git fetches and pushes here, and
// libgit2 could not even if it were asked to.

int cgit2_load(void) { return 0; }

const char *cgit2_load_error(void) { return ""; }

cgit2_opts_function cgit2_opts(void) { return git_libgit2_opts; }

// src/libgit2/streams/mbedtls.c

int git_mbedtls_stream_global_init(void) { return 0; }

int git_mbedtls__set_cert_location(const char *file, const char *path) {
  (void)file;
  (void)path;
  return GIT_ERROR;
}

int git_mbedtls_stream_new(void **out, const char *host, const char *port) {
  (void)out;
  (void)host;
  (void)port;
  return GIT_ERROR;
}

int git_mbedtls_stream_wrap(void **out, void *in, const char *host) {
  (void)out;
  (void)in;
  (void)host;
  return GIT_ERROR;
}

// src/libgit2/transports/ssh.c

int git_transport_ssh_global_init(void) { return 0; }

int git_transport_ssh_with_paths(git_transport **out, git_remote *owner, void *payload) {
  (void)out;
  (void)owner;
  (void)payload;
  return GIT_ERROR;
}

int git_smart_subtransport_ssh(git_smart_subtransport **out, git_transport *owner, void *param) {
  (void)out;
  (void)owner;
  (void)param;
  return GIT_ERROR;
}

// src/libgit2/transports/http.c

bool git_http__expect_continue = false;

int git_smart_subtransport_http(git_smart_subtransport **out, git_transport *owner, void *param) {
  (void)out;
  (void)owner;
  (void)param;
  return GIT_ERROR;
}

#endif
