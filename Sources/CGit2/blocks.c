#include "shim.h"

#if defined(CGIT2_LINKED_IN)

#include <git2/sys/alloc.h>

// libgit2 says how large an object is only by unpacking the beginning of it, which takes as long as
// to unpack a small one. It unpacks into blocks that it asks for in one piece: where those are limited
// an object can be read without being measured first.

/// libgit2's own allocator.
static git_allocator standard;

static _Thread_local size_t largest = SIZE_MAX;

static bool is_refused(size_t count, size_t size) {
  if (size == 0 || count <= largest / size) return false;
  git_error_set_oom();
  return true;
}

static void *limited_malloc(size_t size, const char *file, int line) {
  return is_refused(1, size) ? NULL : standard.gmalloc(size, file, line);
}

static void *limited_calloc(size_t count, size_t size, const char *file, int line) {
  return is_refused(count, size) ? NULL : standard.gcalloc(count, size, file, line);
}

static void *limited_realloc(void *block, size_t size, const char *file, int line) {
  return is_refused(1, size) ? NULL : standard.grealloc(block, size, file, line);
}

static void *limited_reallocarray(
    void *block, size_t count, size_t size, const char *file, int line) {
  return is_refused(count, size) ? NULL : standard.greallocarray(block, count, size, file, line);
}

static void *limited_mallocarray(size_t count, size_t size, const char *file, int line) {
  return is_refused(count, size) ? NULL : standard.gmallocarray(count, size, file, line);
}

int cgit2_watch_blocks(void) {
  int status = git_stdalloc_init_allocator(&standard);
  if (status < 0) return status;
  git_allocator limited = standard;
  limited.gmalloc = limited_malloc;
  limited.gcalloc = limited_calloc;
  limited.grealloc = limited_realloc;
  limited.greallocarray = limited_reallocarray;
  limited.gmallocarray = limited_mallocarray;
  return CGIT2_OPTS(GIT_OPT_SET_ALLOCATOR, &limited);
}

bool cgit2_limit_blocks(size_t bytes) {
  largest = bytes;
  return true;
}

#else

// Another version of libgit2 may have another allocator.

int cgit2_watch_blocks(void) { return 0; }

bool cgit2_limit_blocks(size_t bytes) {
  (void)bytes;
  return false;
}

#endif
