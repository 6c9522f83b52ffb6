/// Approved transitions of one path, as steps between contents.
struct ContentChain {
  private let steps: [ReviewLedger.Entry]

  init(_ steps: [ReviewLedger.Entry]) { self.steps = steps }

  /// The step that reaches the new side of `change` on a way that starts at its old side.
  ///
  /// Breadth first, so the shortest way is found and a circle ends.
  func lastStep(to change: FileChange) -> ReviewLedger.Entry? {
    let transition = change.transition
    let start = State(
      mode: transition.oldMode,
      content: transition.isAddition
        ? nil : ContentID(gitBlob: transition.oldID, sha256: change.oldSHA256)
    )
    let goal = State(
      mode: transition.newMode,
      content: transition.isDeletion
        ? nil : ContentID(gitBlob: transition.newID, sha256: change.newSHA256)
    )
    var open = [start]
    var remaining = steps
    while !open.isEmpty {
      let state = open.removeFirst()
      let next = remaining.filter {
        state.agrees(with: State(mode: $0.file.oldMode, content: $0.file.old))
      }
      if let last = next.first(where: {
        goal.agrees(with: State(mode: $0.file.newMode, content: $0.file.new))
      }) {
        return last
      }
      remaining.removeAll { entry in next.contains(entry) }
      open += next.map { State(mode: $0.file.newMode, content: $0.file.new) }
    }
    return nil
  }

  private struct State {
    let mode: FileMode
    let content: ContentID?

    func agrees(with other: State) -> Bool {
      guard mode == other.mode else { return false }
      guard let content, let theirs = other.content else {
        return content == nil && other.content == nil
      }
      return content.agrees(with: theirs)
    }
  }
}
