extension Finding {
  /// Why the unit has its outcome, in a few words that are safe to print.
  func reason(_ context: ReportContext) -> String {
    let requirement = context.policy.requirement(for: path)
    let reviewer = context.charset.show((review?.principal ?? "nobody").utf8, width: 60)
    switch outcome {
    case .notAI: return "nothing says that an agent wrote it"
    case .reviewed: return "reviewed by \(reviewer)\(reviewDay(context))"
    case .exempt: return "exempt by the policy" + exemption(context)
    case .overridden:
      guard review != nil else { return "let pass by an override" }
      let until = review?.until.map { " until " + context.charset.show(String($0.prefix(10))) }
      return "let pass by \(reviewer)\(until ?? "")" + excuse(context)
    case .vouched: return "written by people, says \(reviewer)\(reviewDay(context))"
    case .unreviewed:
      if let prototype = item.promotedFrom {
        return "promoted from \(context.charset.show(prototype.bytes, width: 80)), unread there"
      }
      guard review != nil else { return "not reviewed" }
      let people = requirement.approvals == 1 ? "1 person" : "\(requirement.approvals) people"
      return "read by \(reviewer); policy asks for \(people)"
    case .stale: return staleness(reviewer, requirement, context)
    case .tooWeak:
      let found = review?.strength.rawValue ?? "unknown"
      return "record too weak: \(found), \(requirement.require.rawValue) is required"
    case .selfReviewed: return "reviewed by a participant; policy asks for a second person"
    case .rejected: return "rejected by \(reviewer)" + rejection(context)
    case .opaque: return "\(opaqueName ?? "file") has no line view: approve as a whole"
    case .undecided: return "could not be judged"
    }
  }

  /// Which pattern exempts the path.
  private func exemption(_ context: ReportContext) -> String {
    func quoted(_ text: String) -> String { context.charset.show(text.utf8, width: 80) }
    return switch pathClass {
    case .exempt(let pattern): ": paths.exempt has \(quoted(pattern.text))"
    case .prototype(let pattern): ": paths.prototype has \(quoted(pattern.text))"
    case .generated(let source):
      ": \(context.charset.show(source.file.bytes, width: 80)) has "
        + "\(quoted(source.pattern)) linguist-generated"
    case .sensitive, .ordinary, nil: ""
    }
  }

  private func staleness(
    _ reviewer: String,
    _ requirement: Policy.Requirement,
    _ context: ReportContext
  ) -> String {
    if let spent = review?.spent {
      return "approved by \(reviewer)\(reviewDay(context)), \(spent.words)"
    }
    // Without a rule the record is about other content; with one, only its age is wrong.
    guard let review, review.rule != nil else {
      let differs = difference.map {
        ": \(Count.of($0.count, "line")) \($0.count == 1 ? "differs" : "differ")"
      }
      return "changed after review by \(reviewer)\(reviewDay(context))\(differs ?? "")"
    }
    guard RecordTime.seconds(review.createdAt) != nil, let days = requirement.maxAgeDays else {
      return "the record has no valid time"
    }
    return "the record is older than \(Count.of(days, "day"))"
  }

  private func reviewDay(_ context: ReportContext) -> String {
    review.map { ", " + context.charset.show($0.day) } ?? ""
  }

  private func excuse(_ context: ReportContext) -> String {
    let ticket = review?.ticket.map { " (" + context.charset.show($0.utf8, width: 60) + ")" }
    return review?.note.map { ": " + context.charset.show($0.utf8, width: 100) + (ticket ?? "") }
      ?? ""
  }

  private func rejection(_ context: ReportContext) -> String {
    guard let note = review?.note, !note.isEmpty else { return reviewDay(context) }
    return ": " + context.charset.show(note.utf8, width: 100)
  }

  /// What kind of file it is when it has no line view.
  var opaqueName: String? {
    guard case .opaque(let reason) = change.content else { return nil }
    switch reason {
    case .binary: return "binary"
    case .symlink: return "symlink"
    case .submodule: return "submodule"
    case .modeOnly: return "mode change"
    case .lfsPointer: return "LFS pointer"
    case .tooLarge: return "file over the size limit"
    }
  }

  /// `path:18-51`, safe to print and never endless.
  func heading(_ context: ReportContext) -> String {
    let shown = context.charset.show(path.bytes, width: 120)
    let name = commit.map { $0.short + ":" + shown } ?? shown
    return place.map { name + ":" + $0.description } ?? name
  }

  /// `34 lines`, or what is to be read instead.
  var size: String { item.hunk == nil ? "whole file" : Count.of(changedLines, "line") }
}

extension Origin {
  /// Who wrote it, in a few words that are safe to print.
  func label(_ charset: Charset) -> String {
    switch self {
    case .agent(let id): id.map { charset.show($0.utf8, width: 40) } ?? "some agent"
    case .mixed(let id):
      (id.map { charset.show($0.utf8, width: 40) } ?? "some agent") + ", changed by a person"
    case .human: "a person"
    case .bot: "a bot"
    case .unknown: "unknown"
    }
  }
}

extension ReviewStrength {
  /// What a record of this strength says, in one sentence.
  package var meaning: String {
    switch self {
    case .recorded: "a promise, not a proof"
    case .signed: "made with a key of the roster"
    case .touched: "made with a hardware key that somebody touched"
    case .verified: "made with a hardware key after its PIN or a biometric check"
    case .forge: "an approval of exactly this head, as the hosting service vouches"
    }
  }
}

extension ReviewReference.Rule {
  /// Why a record covers a unit, in one sentence.
  package var meaning: String {
    switch self {
    case .transition: "exactly this change of the file is approved"
    case .replay: "the change is a replay, without conflicts, of an approved one"
    case .hunk: "exactly this hunk with its context is approved"
    case .chain: "approved steps lead from the old content to the new one"
    case .line: "every line was approved in the commit that brought it in"
    case .head: "exactly this head is approved on the hosting service"
    }
  }
}

extension Landings.Reason {
  /// What happened since the approval, and what to do.
  package var words: String {
    switch self {
    case .landed: "and landed since: read it again"
    case .cutOff: "and the history since then is not here: fetch it, or read it again"
    case .tooMuch: "and too much has landed since to look through: read it again"
    }
  }
}
