import Glibc
import ReviewCore

/// Says on standard error how far a long job is, once it takes more than a second.
struct Progress {
  private let what: String
  private let total: Int
  private let isLive: Bool
  private let start = ContinuousClock.now
  private var last: ContinuousClock.Instant?
  private var done = 0

  /// How long a job may take without a word.
  private static let patience = Duration.seconds(1)

  /// Starts a job of `total` steps, called `what` in the plural.
  init(_ what: String, total: Int, _ variables: [String: String]) {
    self.what = what
    self.total = total
    isLive = isatty(2) == 1 && Style.canMoveCursor(variables)
  }

  /// Counts one step.
  mutating func step() {
    done += 1
    let now = ContinuousClock.now
    // A line that cannot be drawn over would fill a log.
    let pause = isLive ? Duration.milliseconds(200) : Duration.seconds(10)
    guard now - start > Self.patience, last.map({ now - $0 > pause }) ?? true else { return }
    last = now
    let text = "reviewgate: \(done) of \(total) \(what)"
    if isLive { Output.part("\r" + text + "\u{1b}[K") } else { Output.talk(text) }
  }

  /// Takes the line away.
  func end() { if isLive, last != nil { Output.part("\r\u{1b}[K") } }
}
