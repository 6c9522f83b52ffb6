import GitKit
import GitCommand
import ReviewCore
import Glibc

func say(_ s: String) {
  var b = Array((s + "\n").utf8)
  unsafe write(2, &b, b.count)
}
let git = Git(directory: CommandLine.arguments[1])
let layout = try await RepositoryLayout(git)
let range = try await git.range(of: git.commit(named: "HEAD"), excluding: [git.commit(named: CommandLine.arguments[2])], limit: 100000)
say("\(range.commits.count)")
let clock = ContinuousClock()
var t = clock.now
let repository = try Repository(gitDirectory: layout.gitDirectory)
let infos = try range.commits.map { try repository.commit($0) }
say("infos \(clock.now - t)"); t = clock.now
let scanner = RangeScanner(gitDirectory: layout.gitDirectory, fromEnvironment: false, sizeCap: 8 << 20)
let scanned = try await scanner.changes(of: infos)
say("trees \(clock.now - t) \(scanned.joined().count)"); t = clock.now
let work = scanned.map { $0.filter { $0.takenFrom == nil }.flatMap { $0.transitions } }
let spans = try await scanner.spans(of: work)
say("spans \(clock.now - t) \(spans.joined().count)"); t = clock.now
var index: [ObjectID: Int] = [:]
for (i, c) in infos.enumerated() { index[c.id] = i }
var flow = RangeFlow(parents: infos.map { $0.parents.map { index[$0] } }, head: infos.count - 1)
for (i, c) in infos.enumerated() {
  var k = 0
  var changes: [RepositoryPath: PathChange] = [:]
  for path in scanned[i] {
    if let other = path.takenFrom { changes[path.path] = .taken(parent: other); continue }
    var steps: [PathStep] = []
    for x in path.transitions { steps.append(PathStep(transition: x, spans: spans[i][k])); k += 1 }
    changes[path.path] = steps.count == 1 ? .changed(steps[0]) : .merged(steps)
  }
  flow.add(CommitStep(parents: c.parents.map { index[$0] }, changes: changes), at: i)
}
say("flow \(clock.now - t)"); t = clock.now
