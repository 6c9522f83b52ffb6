import Glibc
import ReviewCore

/// Says on a terminal that an answer takes long, and takes that away when it is there.
///
/// Off a terminal it does nothing at all. The line is written beside the work, which waits for
/// git and libgit2 without coming back in between.
enum Ticker {
  /// How long an answer may take without a word, and how often the word is renewed.
  private static let pause = Duration.seconds(1)

  /// Does the work; after a second, says what it is.
  static func during<Answer>(
    _ what: String,
    _ variables: [String: String],
    _ work: () async throws -> Answer
  ) async rethrows -> Answer {
    guard isatty(2) == 1, Style.canMoveCursor(variables) else { return try await work() }
    let ticking = Task.detached { await tick(what) }
    do {
      let answer = try await work()
      await end(ticking)
      return answer
    } catch {
      await end(ticking)
      throw error
    }
  }

  /// Ends with the line taken away, before anything else is printed.
  private static func end(_ ticking: Task<Void, Never>) async {
    ticking.cancel()
    await ticking.value
  }

  private static func tick(_ what: String) async {
    let start = ContinuousClock.now
    while (try? await Task.sleep(for: pause)) != nil {
      let seconds = (ContinuousClock.now - start).components.seconds
      Output.part("\rreviewgate: \(what), \(seconds) s\u{1b}[K")
    }
    if ContinuousClock.now - start > pause { Output.part("\r\u{1b}[K") }
  }
}
