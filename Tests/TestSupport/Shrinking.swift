/// Makes failing input shorter.
package enum Shrinking {
  /// The fewest of some steps, in their order, that still fail: none of them can be left out.
  ///
  /// `steps` fail as they are. `fails` says whether others do; an error of it counts as no.
  package static func fewest<Step>(
    _ steps: [Step],
    fails: ([Step]) throws -> Bool
  ) -> [Step] {
    var steps = steps
    // Halves, quarters and so on first: most of a long list has nothing to do with it.
    var size = max(1, steps.count / 2)
    while true {
      var start = 0
      var isShorter = false
      while start < steps.count {
        var fewer = steps
        fewer.removeSubrange(start..<min(start + size, steps.count))
        if (try? fails(fewer)) == true {
          steps = fewer
          isShorter = true
        } else {
          start += size
        }
      }
      if size > 1 { size /= 2 } else if !isShorter { return steps }
    }
  }
}
