import ReviewCore

/// Asks a person to confirm the approval of many lines at once.
struct ApprovePrompt {
  /// Where the person is.
  let terminal: ControllingTerminal

  /// Shows what is approved; true only when the number of changed lines was typed.
  func confirms(_ approval: BulkApproval) throws -> Bool {
    terminal.write(approval.summary.map { $0 + "\n" }.joined())
    // What was typed before the question was shown does not answer it.
    terminal.discardTypeAhead()
    let typed = try terminal.readLine(prompt: approval.question)
    return typed.map(approval.isConfirmed) ?? false
  }
}
