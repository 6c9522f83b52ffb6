import CGit2
import Glibc

/// The one start of libgit2 in this process.
///
/// Starting parses the system's CA bundle on Debian, about 5 ms, so it happens when a repository is
/// first opened and never for `--help` or a hook that has nothing to decide. It is never shut down.
enum Library {
  /// What starting returned; a negative status is reported by `start()`.
  private static let status: Int32 = {
    guard cgit2_load() == 0 else { return -1 }
    let status = git_libgit2_init()
    // A bad CA bundle leaves an error behind that the next failure would report as its own.
    git_error_clear()
    return status < 0 ? status : configure()
  }()

  /// Starts libgit2 once.
  static func start() throws(GitError) {
    guard cgit2_load() == 0 else {
      let why = String(cString: cgit2_load_error())
      throw GitError(call: "dlopen", code: -1, message: "libgit2 cannot be loaded: \(why)")
    }
    try GitError.check("git_libgit2_init", status)
  }

  /// Starts libgit2 on a thread of its own, so that it is there when it is needed.
  ///
  /// Not a task: loading blocks, and a blocked worker of a small pool holds up everybody else's.
  /// Whoever comes too early waits for `status` like for any other constant.
  static func startInBackground() {
    var thread = pthread_t()
    let created = pthread_create(
      &thread,
      nil,
      { _ in
        _ = Library.status
        return nil
      },
      nil
    )
    if created == 0 { pthread_detach(thread) }
  }

  /// Extensions that change nothing for a reader of objects and refs.
  private static let extensions = ["worktreeconfig", "preciousobjects"]

  private static func configure() -> Int32 {
    // Blobs come and go by the thousand: mapping and clearing fresh pages for each large one costs
    // more than keeping them in the heap.
    cgit2_keep_heap_blocks(32 << 20)
    // git itself has accepted the repository before it is opened here (`safe.directory`); libgit2
    // 1.5 reports a missing setting as "not found", which would read as "no repository".
    var results = [cgit2_set_owner_validation(0)]
    // git does not hash objects again on read either; this saves a third of the time.
    results.append(cgit2_set_strict_hash_verification(0))
    results.append(cgit2_set_cache_max_size(32 << 20))
    // By default one window is the whole pack, and every page that was touched counts as memory. With
    // windows that are smaller, or fewer, packs of hundreds of megabytes are mapped again and again.
    results.append(cgit2_set_window_size(64 << 20))
    results.append(cgit2_set_mapped_limit(256 << 20))
    // Trees of large directories are asked for again and again; blobs have `RecentBlobs`.
    results.append(cgit2_set_cache_object_limit(GIT_OBJECT_TREE, 128 << 10))
    results.append(cgit2_set_cache_object_limit(GIT_OBJECT_BLOB, 0))
    // Each commit is read once.
    results.append(cgit2_set_cache_object_limit(GIT_OBJECT_COMMIT, 0))
    results.append(cgit2_watch_blocks())
    let names = extensions.map { strdup($0) }
    defer { names.forEach { free($0) } }
    var pointers = names.map { UnsafePointer<CChar>($0) }
    results.append(cgit2_set_extensions(&pointers, pointers.count))
    return results.first { $0 < 0 } ?? 0
  }
}
