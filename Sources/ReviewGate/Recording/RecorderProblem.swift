import ReviewCore

/// Why the record of edits cannot be had.
enum RecorderProblem: Error, Hashable {
  /// Another event keeps its turn.
  case busy
  /// The folder cannot be read or written.
  case closed(String)
}

extension Failure {
  /// What to do about a record that cannot be had.
  init(_ error: RecorderProblem) {
    switch error {
    case .busy:
      self.init(
        status: .undecided,
        problem: "Who wrote the staged lines is not known yet: an agent's event is being recorded.",
        remedy: ["try again in a moment"]
      )
    case .closed(let directory):
      self.init(
        status: .undecided,
        problem: "Who wrote the staged lines cannot be read: \(VisibleText.line(directory)).",
        remedy: [
          "give yourself that folder back (an agent run as another user may own it),"
            + " or remove it to forget the record"
        ]
      )
    }
  }
}
