#include "shim.h"

#if !defined(CGIT2_LINKED_IN)

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

// Every function of libgit2 that GitKit calls, by the name and signature of its header: the compiler
// refuses a difference. Each finds the real one on its first call, after `cgit2_load` succeeded.

static void *library;
static const char *problem = "libgit2 was not loaded";
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  // The version that the headers describe: another one may have other structures.
  library = dlopen("libgit2.so." LIBGIT2_SOVERSION, RTLD_LAZY | RTLD_LOCAL);
  if (library == NULL) {
    const char *said = dlerror();
    problem = said == NULL ? "dlopen failed" : said;
  }
}

int cgit2_load(void) {
  pthread_once(&once, load);
  return library == NULL ? -1 : 0;
}

const char *cgit2_load_error(void) { return problem; }

static void *find(const char *name) {
  void *function = cgit2_load() == 0 ? dlsym(library, name) : NULL;
  // Callers load first and stop on failure, and the library has the version of the headers.
  if (function == NULL) abort();
  return function;
}

// Workers may look a function up at the same time and find the same one.
#define SEEN(pointer) __atomic_load_n(&pointer, __ATOMIC_RELAXED)
#define KEEP(pointer, value) __atomic_store_n(&pointer, value, __ATOMIC_RELAXED)

cgit2_opts_function cgit2_opts(void) {
  static cgit2_opts_function real;
  if (!SEEN(real)) KEEP(real, (cgit2_opts_function)find("git_libgit2_opts"));
  return SEEN(real);
}

#define LAZY(result, name, parameters, arguments)                      \
  result name parameters {                                             \
    static __typeof__(&name) real;                                     \
    if (!SEEN(real)) KEEP(real, (__typeof__(&name))find(#name));       \
    return SEEN(real) arguments;                                             \
  }

#define LAZY_VOID(name, parameters, arguments)                         \
  void name parameters {                                               \
    static __typeof__(&name) real;                                     \
    if (!SEEN(real)) KEEP(real, (__typeof__(&name))find(#name));       \
    SEEN(real) arguments;                                                    \
  }

LAZY(
    int, git_blob_create_from_buffer,
    (git_oid *id, git_repository *repo, const void *buffer, size_t len),
    (id, repo, buffer, len))

LAZY_VOID(git_blob_free, (git_blob *blob), (blob))

LAZY(
    int, git_blob_lookup,
    (git_blob **blob, git_repository *repo, const git_oid *id),
    (blob, repo, id))

LAZY(const void *, git_blob_rawcontent, (const git_blob *blob), (blob))

LAZY(git_object_size_t, git_blob_rawsize, (const git_blob *blob), (blob))

LAZY(const git_signature *, git_commit_author, (const git_commit *commit), (commit))

LAZY(const git_signature *, git_commit_committer, (const git_commit *commit), (commit))

LAZY(
    int, git_commit_create,
    (git_oid *id, git_repository *repo, const char *update_ref, const git_signature *author, const git_signature *committer, const char *message_encoding, const char *message, const git_tree *tree, size_t parent_count, const git_commit *parents[]),
    (id, repo, update_ref, author, committer, message_encoding, message, tree, parent_count, parents))

LAZY_VOID(git_commit_free, (git_commit *commit), (commit))

LAZY(
    int, git_commit_lookup,
    (git_commit **commit, git_repository *repo, const git_oid *id),
    (commit, repo, id))

LAZY(const char *, git_commit_raw_header, (const git_commit *commit), (commit))
LAZY(const char *, git_commit_message_raw, (const git_commit *commit), (commit))

LAZY(const git_oid *, git_commit_parent_id, (const git_commit *commit, unsigned int n), (commit, n))

LAZY(unsigned int, git_commit_parentcount, (const git_commit *commit), (commit))

LAZY(const git_oid *, git_commit_tree_id, (const git_commit *commit), (commit))

LAZY(
    int, git_diff_blobs,
    (const git_blob *old_blob, const char *old_as_path, const git_blob *new_blob, const char *new_as_path, const git_diff_options *options, git_diff_file_cb file_cb, git_diff_binary_cb binary_cb, git_diff_hunk_cb hunk_cb, git_diff_line_cb line_cb, void *payload),
    (old_blob, old_as_path, new_blob, new_as_path, options, file_cb, binary_cb, hunk_cb, line_cb, payload))

LAZY_VOID(git_buf_dispose, (git_buf *buffer), (buffer))

LAZY_VOID(git_config_free, (git_config *cfg), (cfg))

LAZY(
    int, git_config_get_path,
    (git_buf *out, const git_config *cfg, const char *name),
    (out, cfg, name))

LAZY(int, git_repository_config_snapshot, (git_config **out, git_repository *repo), (out, repo))

LAZY(int, git_diff_options_init, (git_diff_options *opts, unsigned int version), (opts, version))

LAZY_VOID(git_error_clear, (void), ())

LAZY(const git_error *, git_error_last, (void), ())

LAZY(int, git_libgit2_init, (void), ())

LAZY(
    int, git_merge_bases,
    (git_oidarray *out, git_repository *repo, const git_oid *one, const git_oid *two),
    (out, repo, one, two))

LAZY(
    int, git_merge_file,
    (git_merge_file_result *out, const git_merge_file_input *ancestor, const git_merge_file_input *ours, const git_merge_file_input *theirs, const git_merge_file_options *opts),
    (out, ancestor, ours, theirs, opts))

LAZY(int, git_merge_file_input_init, (git_merge_file_input *opts, unsigned int version), (opts, version))

LAZY_VOID(git_merge_file_result_free, (git_merge_file_result *result), (result))

LAZY(int, git_odb_exists, (git_odb *db, const git_oid *id), (db, id))

LAZY_VOID(git_odb_free, (git_odb *db), (db))

LAZY(const void *, git_odb_object_data, (git_odb_object *object), (object))

LAZY_VOID(git_odb_object_free, (git_odb_object *object), (object))

LAZY(size_t, git_odb_object_size, (git_odb_object *object), (object))

LAZY(git_object_t, git_odb_object_type, (git_odb_object *object), (object))

LAZY(
    int, git_odb_read,
    (git_odb_object **out, git_odb *db, const git_oid *id),
    (out, db, id))

LAZY(
    int, git_odb_read_header,
    (size_t *len_out, git_object_t *type_out, git_odb *db, const git_oid *id),
    (len_out, type_out, db, id))

LAZY_VOID(git_oidarray_dispose, (git_oidarray *array), (array))

LAZY(int, git_oid_cmp, (const git_oid *a, const git_oid *b), (a, b))

LAZY(
    int, git_reference_create,
    (git_reference **out, git_repository *repo, const char *name, const git_oid *id, int force, const char *log_message),
    (out, repo, name, id, force, log_message))

LAZY(
    int, git_reference_create_matching,
    (git_reference **out, git_repository *repo, const char *name, const git_oid *id, int force, const git_oid *current_id, const char *log_message),
    (out, repo, name, id, force, current_id, log_message))

LAZY_VOID(git_reference_free, (git_reference *ref), (ref))

LAZY_VOID(git_reference_iterator_free, (git_reference_iterator *iter), (iter))

LAZY(
    int, git_reference_iterator_glob_new,
    (git_reference_iterator **out, git_repository *repo, const char *glob),
    (out, repo, glob))

LAZY(const char *, git_reference_name, (const git_reference *ref), (ref))

LAZY(
    int, git_reference_name_to_id,
    (git_oid *out, git_repository *repo, const char *name),
    (out, repo, name))

LAZY(int, git_reference_next, (git_reference **out, git_reference_iterator *iter), (out, iter))

LAZY(const git_oid *, git_reference_target, (const git_reference *ref), (ref))

LAZY(const char *, git_repository_commondir, (const git_repository *repo), (repo))

LAZY_VOID(git_repository_free, (git_repository *repo), (repo))

LAZY(int, git_repository_odb, (git_odb **out, git_repository *repo), (out, repo))

LAZY(
    int, git_repository_open_ext,
    (git_repository **out, const char *path, unsigned int flags, const char *ceiling_dirs),
    (out, path, flags, ceiling_dirs))

LAZY_VOID(git_signature_free, (git_signature *sig), (sig))

LAZY(
    int, git_signature_new,
    (git_signature **out, const char *name, const char *email, git_time_t time, int offset),
    (out, name, email, time, offset))

LAZY(
    const git_tree_entry *, git_tree_entry_byindex,
    (const git_tree *tree, size_t idx),
    (tree, idx))

LAZY(
    const git_tree_entry *, git_tree_entry_byname,
    (const git_tree *tree, const char *filename),
    (tree, filename))

LAZY(git_filemode_t, git_tree_entry_filemode_raw, (const git_tree_entry *entry), (entry))

LAZY(const git_oid *, git_tree_entry_id, (const git_tree_entry *entry), (entry))

LAZY(const char *, git_tree_entry_name, (const git_tree_entry *entry), (entry))

LAZY(size_t, git_tree_entrycount, (const git_tree *tree), (tree))

LAZY_VOID(git_tree_free, (git_tree *tree), (tree))

LAZY(
    int, git_tree_lookup,
    (git_tree **out, git_repository *repo, const git_oid *id),
    (out, repo, id))

LAZY_VOID(git_treebuilder_free, (git_treebuilder *bld), (bld))

LAZY(
    const git_tree_entry *, git_treebuilder_get, (git_treebuilder *bld, const char *filename),
    (bld, filename))

LAZY(
    int, git_treebuilder_insert,
    (const git_tree_entry **out, git_treebuilder *bld, const char *filename, const git_oid *id, git_filemode_t filemode),
    (out, bld, filename, id, filemode))

LAZY(
    int, git_treebuilder_new,
    (git_treebuilder **out, git_repository *repo, const git_tree *source),
    (out, repo, source))

LAZY(
    int, git_treebuilder_remove, (git_treebuilder *bld, const char *filename), (bld, filename))

LAZY(int, git_treebuilder_write, (git_oid *id, git_treebuilder *bld), (id, bld))

/// Stands before mbedTLS's own function for the libgit2 that is loaded here.
///
/// Debian's libgit2 reads the whole bundle of certificate authorities when it starts, about 5 ms
/// and half of what a small check takes. Nothing here connects anywhere through libgit2 (git
/// fetches and pushes); with no authorities known, a connection would be refused. A libgit2 with
/// another TLS library never asks.
int mbedtls_x509_crt_parse_file(void *chain, const char *path) {
  (void)chain;
  (void)path;
  return 0;
}

#endif
