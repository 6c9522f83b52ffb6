import Glibc

/// Runs each job on a thread of its own, for who waits for git while others use the pool's threads.
///
/// The pool has one for each core. Where all are busy reading, a question to git would wait for them.
package final class WaitingThreads: TaskExecutor {
  /// The one that all share: it keeps nothing.
  package static let shared = WaitingThreads()

  private init() {}

  /// Starts a thread for a job; without one to be had, the pool runs it.
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let start = unsafe Unmanaged.passRetained(
      Start { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    )
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread,
      nil,
      { start in
        if let start = unsafe start {
          unsafe Unmanaged<Start>.fromOpaque(start).takeRetainedValue().body()
        }
        return nil
      },
      start.toOpaque()
    )
    if status == 0 {
      pthread_detach(thread)
    } else {
      unsafe start.release()
      globalConcurrentExecutor.enqueue(job)
    }
  }

  /// What a thread is started with.
  private final class Start {
    let body: () -> Void

    init(_ body: @escaping () -> Void) { self.body = body }
  }
}
