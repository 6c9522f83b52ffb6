import Glibc
import ReviewCore
import Synchronization

/// Says on standard error that a job takes longer than a second, and how far it is.
///
/// On a terminal that is one line, renewed every second and taken away at the end. Elsewhere a job
/// with steps gets a line every ten seconds, and one without says nothing. It is said beside the
/// work, which waits for git and libgit2 without coming back in between.
final class Progress: Sendable {
  /// A job without a number of steps, or the plural of its steps.
  private let what: String
  private let total: Int?
  private let done = Atomic(0)
  private let isLive: Bool
  private let start = ContinuousClock.now

  private init(_ what: String, of total: Int?, _ variables: [String: String]) {
    self.what = what
    self.total = total
    isLive = isatty(2) == 1 && Style.canMoveCursor(variables)
  }

  /// Does the work, which counts its steps where there are `total` of them.
  static func during<Answer>(
    _ what: String,
    of total: Int? = nil,
    _ variables: [String: String],
    _ work: (Progress) async throws -> Answer
  ) async rethrows -> Answer {
    let progress = Progress(what, of: total, variables)
    guard progress.isLive || total != nil else { return try await work(progress) }
    let saying = Task.detached { await progress.say() }
    do {
      let answer = try await work(progress)
      await end(saying)
      return answer
    } catch {
      await end(saying)
      throw error
    }
  }

  /// Counts one step.
  func step() { done.add(1, ordering: .relaxed) }

  /// Ends with the line taken away, before anything else is printed.
  private static func end(_ saying: Task<Void, Never>) async {
    saying.cancel()
    await saying.value
    ProgressLine.clear()
  }

  private func say() async {
    // A line that cannot be drawn over would fill a log.
    let pause = isLive ? Duration.seconds(1) : Duration.seconds(10)
    while (try? await Task.sleep(for: pause)) != nil {
      if isLive { ProgressLine.draw(text) } else { Output.talk(text) }
    }
  }

  private var text: String {
    let seconds = (ContinuousClock.now - start).components.seconds
    let job = total.map { "\(done.load(ordering: .relaxed)) of \($0) \(what)" } ?? what
    return "reviewgate: \(job), \(seconds) s"
  }
}

/// The line of a terminal that says how far a job is, in the way of nothing else that is printed.
enum ProgressLine {
  private static let isShown = Mutex(false)
  private static let erase = "\r\u{1b}[K"

  /// Shows a line in place of the last one.
  static func draw(_ text: String) {
    isShown.withLock { isShown in
      Output.part(erase + text)
      isShown = true
    }
  }

  /// Takes the line away.
  static func clear() { around {} }

  /// Prints with the line taken away; it comes back when it is renewed.
  static func around(_ print: () -> Void) {
    isShown.withLock { isShown in
      if isShown { Output.part(erase) }
      isShown = false
      print()
    }
  }
}
