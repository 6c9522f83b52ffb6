#pragma once
#include <git2.h>
#include <git2/sys/repository.h>
#include <stdbool.h>

// From 1.8 on, `git_error_clear` is declared here; 1.5 has no such header.
#if __has_include(<git2/sys/errors.h>)
#include <git2/sys/errors.h>
#endif

#if defined(__GLIBC__)
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#endif

/// libgit2's variadic setter, wherever it was loaded.
typedef int (*cgit2_opts_function)(int option, ...);
cgit2_opts_function cgit2_opts(void);
#define CGIT2_OPTS cgit2_opts()

/// Loads libgit2; 0, or -1 when it is not there (`cgit2_load_error` says why).
///
/// It is loaded when a repository is opened and not with the program: its libraries (TLS, Kerberos,
/// SSH) take longer to load than a hook that has nothing to decide takes to run.
int cgit2_load(void);

/// Why loading failed; never null.
const char *cgit2_load_error(void);

// `git_libgit2_opts` is variadic, which Swift cannot import: one wrapper per option in use.

/// Whether a repository must belong to the caller (`GIT_OPT_SET_OWNER_VALIDATION`).
static inline int cgit2_set_owner_validation(int enabled) {
  return CGIT2_OPTS(GIT_OPT_SET_OWNER_VALIDATION, enabled);
}

/// Whether objects are hashed again when read (`GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION`).
static inline int cgit2_set_strict_hash_verification(int enabled) {
  return CGIT2_OPTS(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, enabled);
}

/// Bytes that the object cache may hold (`GIT_OPT_SET_CACHE_MAX_SIZE`).
static inline int cgit2_set_cache_max_size(size_t bytes) {
  return CGIT2_OPTS(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)bytes);
}

/// Bytes of pack files that may be mapped at a time (`GIT_OPT_SET_MWINDOW_MAPPED_LIMIT`).
static inline int cgit2_set_mapped_limit(size_t bytes) {
  return CGIT2_OPTS(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, bytes);
}

/// Bytes of a pack file that are mapped at once (`GIT_OPT_SET_MWINDOW_SIZE`).
static inline int cgit2_set_window_size(size_t bytes) {
  return CGIT2_OPTS(GIT_OPT_SET_MWINDOW_SIZE, bytes);
}

/// Largest object of one type that is cached (`GIT_OPT_SET_CACHE_OBJECT_LIMIT`).
static inline int cgit2_set_cache_object_limit(git_object_t type, size_t bytes) {
  return CGIT2_OPTS(GIT_OPT_SET_CACHE_OBJECT_LIMIT, type, bytes);
}

/// Repository extensions that are safe for a reader (`GIT_OPT_SET_EXTENSIONS`).
static inline int cgit2_set_extensions(const char **names, size_t count) {
  return CGIT2_OPTS(GIT_OPT_SET_EXTENSIONS, names, count);
}

/// The first place where some bytes stand in others (`memmem`, which glibc and musl have and hide);
/// null where they do not.
void *memmem(const void *all, size_t length, const void *part, size_t part_length);

/// Makes `cgit2_limit_blocks` work, once libgit2 has started; negative on failure.
int cgit2_watch_blocks(void);

/// From now on libgit2 gets no block of more than so many bytes on this thread, as if there were none.
///
/// False where blocks are not watched, which is where libgit2 was not linked in.
bool cgit2_limit_blocks(size_t bytes);

/// Lets the heap keep blocks up to `bytes` instead of mapping and clearing fresh pages for each.
static inline void cgit2_keep_heap_blocks(int bytes) {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, bytes);
  mallopt(M_TRIM_THRESHOLD, 2 * bytes);
#endif
}

/// Makes room for `bytes` in the heap of the calling thread, which otherwise grows page by page.
///
/// Nothing is touched: what is never used costs no memory. What is used comes in large pages where
/// the system has some, since each small one costs more than what is written into it.
static inline void cgit2_grow_heap(size_t bytes) {
#if defined(__GLIBC__)
  // Larger blocks would be mapped beside the heap.
  char *volatile first = malloc(bytes / 2);
  char *volatile second = malloc(bytes / 2);
  const uintptr_t large = 2 << 20;
  uintptr_t start = ((uintptr_t)first + large - 1) & ~(large - 1);
  uintptr_t end = ((uintptr_t)second + bytes / 2) & ~(large - 1);
  if (first < second && start < end) madvise((void *)start, end - start, MADV_HUGEPAGE);
  free(second);
  free(first);
#endif
}
