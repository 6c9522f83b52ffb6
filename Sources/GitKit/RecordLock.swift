import CGit2
import Glibc

/// Keeps the writers of record logs in one row, and clears what a killed one left behind.
///
/// The compare-and-swap on the reference decides; this only makes a crowd of writers fast and lets
/// the next one go on after a `kill -9` between libgit2's lock and its rename.
final class RecordLock {
  private let commonDirectory: String
  private let descriptor: Int32
  /// Seconds of the machine's clock after which waiting has no sense.
  private let end: Int

  /// Seconds after which a reference lock is not a living writer's: ours hold it for microseconds.
  private static let staleAfter = 5

  /// Waits for the turn of this process; given back when the object goes away.
  init(commonDirectory: String) {
    self.commonDirectory = commonDirectory
    let directory = commonDirectory + "/reviewgate"
    mkdir(directory, 0o777)
    descriptor = open(directory + "/records.lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o666)
    if descriptor >= 0 { while flock(descriptor, LOCK_EX) != 0, errno == EINTR {} }
    end = time(nil) + 2 * Self.staleAfter
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Whether a lock that is in the way may still go away, or become old enough to be removed.
  var isWorthTrying: Bool { time(nil) <= end }

  /// Removes the lock file of a reference when its writer is gone.
  ///
  /// Only while this process has its turn: then every other ReviewGate writer is waiting, and a lock
  /// that has stood for seconds belongs to nobody.
  func removeStale(reference: String) {
    guard descriptor >= 0 else { return }
    let path = commonDirectory + "/" + reference + ".lock"
    var status = stat()
    guard stat(path, &status) == 0, time(nil) - status.st_mtim.tv_sec > Self.staleAfter else {
      return
    }
    unlink(path)
  }

  /// Waits a moment, a different one in each process, before the next try.
  func pause() {
    usleep(UInt32.random(in: 1_000...20_000))
  }
}
