import ReviewCore
import Testing

@Suite struct ShellGuardTests {
  struct Sample: CustomTestStringConvertible, Sendable {
    let rule: GuardRule
    let script: String
    var testDescription: String { script }
  }

  static func samples(_ rule: GuardRule, _ scripts: String...) -> [Sample] {
    scripts.map { Sample(rule: rule, script: $0) }
  }

  static let denied: [Sample] =
    samples(
      .skipsHooks,
      "git commit --no-verify -m x",
      "git commit -n -m x",
      "git commit -nm x",
      "git commit -anm 'all of it'",
      "git commit -m x -n",
      "git commit -m -x -n",
      "git commit --no-verif",
      "git commit --message x --no-verify",
      "git commit -m \"a; b\" --no-verify",
      "git -C ../other commit -n",
      "git -c user.name=x commit -n -m x",
      "/usr/bin/git commit --no-verify",
      "cd repo && git add -A && git commit -nm x",
      "git add .; git commit --no-verify; git push",
      "true | git commit -n -F -",
      "git commit --no-\"verify\"",
      "git commit --no-'ver'ify",
      "git commit \\\n  --no-verify \\\n  -m x",
      "echo start\ngit commit -n -m x\necho end",
      "if true; then git commit -n -m x; fi",
      "for f in a b; do git commit -n -m $f; done",
      "(git commit -n -m x)",
      "{ git commit -n -m x; }",
      "x=$(git commit -n -m x)",
      "echo `git commit -n -m x`",
      "echo \"made $(git commit -n -m x)\"",
      "bash -c 'git commit -n -m x'",
      "bash -lc \"git commit --no-verify\"",
      "sh -c 'sh -c \"git commit -n\"'",
      "sudo -u bob git commit -n",
      "env A=b git commit -n",
      "env -i PATH=/bin git commit -n",
      "nohup timeout 5 git commit -n",
      "xargs -n 1 git commit -n",
      "eval 'git commit -n'",
      "F=--no-verify; git commit $F -m x",
      "F='-n -m x'; git commit $F",
      "git commit -m x ${F}--no-verify",
      "echo 'git commit -n' | sh",
      "bash <<'EOF'\ngit commit --no-verify\nEOF",
      "bash <<< 'git commit -n'",
      "git -c alias.ci='commit --no-verify' ci",
      "git config alias.ci '!git commit --no-verify'",
      "git push --no-verify",
      "git push origin main --no-verify",
      "git merge --no-verify topic",
      "git am -n < patch",
      "git rebase --no-verify main",
      "python3 -c 'import os; os.system(\"git commit --no-verify\")'",
      "git commit $'--no-verify'",
      "git commit -m \"$(cat <<'EOF'\nIt's (done\nEOF\n)\" --no-verify",
      "<in git commit -n",
      "! git commit -n",
      "time git commit -n",
      "git commit -Sn; git commit -n"
    )
    + samples(
      .hooksPath,
      "git -c core.hooksPath=/dev/null commit -m x",
      "git -c CORE.HOOKSPATH= commit -m x",
      "git --config-env=core.hooksPath=NONE commit",
      "git config core.hooksPath /dev/null",
      "git config --global core.hookspath ''",
      "git config set core.hooksPath x",
      "git config --unset core.hooksPath",
      "git config --remove-section core",
      "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0=/x git commit -m x",
      "export GIT_CONFIG_KEY_0=core.hooksPath",
      "GIT_CONFIG_PARAMETERS=\"'core.hooksPath'='/dev/null'\" git commit"
    )
    + samples(
      .variable,
      "REVIEWGATE_SKIP=why git commit -m x",
      "export REVIEWGATE_SKIP='ci'; git push",
      "HUSKY=0 git commit -m x",
      "export HUSKY=0 && git commit -m x",
      "LEFTHOOK=0 git push",
      "SKIP=reviewgate-commit-msg git commit -m x",
      "env HUSKY=0 git commit",
      "REVIEWGATE_BIN=/bin/true git commit"
    )
    + samples(
      .approves,
      "reviewgate approve --staged",
      "reviewgate review",
      "/home/x/.local/bin/reviewgate -C . approve",
      "script -qec 'reviewgate approve --staged' /dev/null",
      "expect -c 'spawn reviewgate review'",
      "expect <<EOF\nspawn reviewgate review --staged\nsend \"y\"\nEOF",
      "tmux send-keys -t 0 'reviewgate approve' Enter",
      "unbuffer reviewgate approve",
      "python3 -c 'import pty; pty.spawn([\"reviewgate\", \"approve\"])'",
      "env -u CLAUDECODE reviewgate review",
      "setsid reviewgate approve",
      "yes | reviewgate approve",
      "swift run reviewgate approve",
      "reviewgate override --reason x",
      "reviewgate vouch"
    )
    + samples(.uninstalls, "reviewgate uninstall", "reviewgate agents uninstall --yes")
    + samples(
      .records,
      "reviewgate records import x.jsonl",
      "git update-ref refs/reviewgate/v1/log/x abc",
      "git update-ref -d refs/reviewgate/v1/log/x",
      "git push origin abc:refs/reviewgate/v1/log/x",
      "git push origin :refs/notes/reviewgate-ai",
      "git notes --ref reviewgate-ai remove HEAD",
      "git notes --ref=refs/notes/reviewgate-ai add -m x",
      "GIT_NOTES_REF=refs/notes/reviewgate-ai git notes add -m x",
      "git for-each-ref --format='delete %(refname)' refs/reviewgate/ | git update-ref --stdin",
      "printf 'delete refs/reviewgate/x' | git update-ref --stdin"
    )
    + samples(
      .plumbing,
      "git update-ref refs/heads/main $(git commit-tree -m x HEAD^{tree})",
      "c=$(git commit-tree -m x $t); git reset --hard $c",
      "git update-ref HEAD abc",
      "git send-pack origin main"
    )
    + samples(
      .files,
      "rm .git/hooks/pre-commit",
      "reviewgate reviewers add me@example.com key.pub",
      "chmod -x .git/hooks/commit-msg",
      "chmod 644 .git/hooks/*",
      "rm -rf .git/reviewgate",
      "mv .git/hooks/pre-push /tmp",
      "echo '#!/bin/sh' > .git/hooks/pre-commit",
      "cat > .reviewgate/policy.yml <<EOF\nversion: 1\nEOF",
      "tee .reviewgate/policy.yml < x",
      "sed -i 's/block/off/' .reviewgate/policy.yml",
      "perl -pi -e 's/block/off/' .reviewgate/policy.yml",
      "cp /tmp/p.yml .reviewgate/policy.yml",
      "cp /tmp/pre-commit .git/hooks",
      "ln -sf /bin/true .git/hooks/pre-commit",
      "cd .git/hooks && rm pre-commit",
      "rm -rf .git",
      "rm -r .claude",
      "rm .claude/settings.json",
      "echo '{}' > .claude/settings.local.json",
      "jq '.x' a > ~/.codex/hooks.json",
      "echo x >> \"$HOME/.cursor/hooks.json\"",
      "rm .pi/extensions/reviewgate.ts",
      "find .git/hooks -delete",
      "find .git/hooks -type f -exec chmod a-x {} \\;",
      "ls .git/hooks/pre-commit | xargs rm",
      "for f in .git/hooks/*; do rm \"$f\"; done",
      "git rm .reviewgate/policy.yml",
      "rm .husky/pre-commit",
      "truncate -s0 .git/config",
      "dd if=/dev/null of=.git/hooks/pre-commit",
      "apply_patch <<'EOF'\n*** Begin Patch\n*** Update File: .reviewgate/policy.yml\n*** End Patch\nEOF"
    )

  @Test(arguments: denied)
  func `what goes past the gate is denied`(sample: Sample) {
    let scan = ShellGuard.scan(sample.script, in: "/home/ada/repo")
    #expect(scan.findings.contains { $0.rule == sample.rule }, "\(scan)")
  }

  static let allowed = [
    "git commit -m 'talks about --no-verify'",
    "git commit -m \"docs: why git commit --no-verify is not enough\"",
    "git commit -m --no-verify-is-a-word",
    "git commit -m -n",
    "git commit -am 'no'",
    "git commit -mn",
    "git commit -F notes.txt",
    "git commit --amend --no-edit",
    "git commit --message '-n'",
    "git commit -C HEAD -- -n",
    "git commit -S -m x",
    "git commit --no-verbose -m x",
    "git commit -m \"$(cat <<'EOF'\nFix it (finally)\n\nDon't use `git commit --no-verify` or\nrm .git/hooks/pre-commit\nEOF\n)\"",
    "cat <<'EOF' > notes.md\ngit commit --no-verify\nEOF",
    "cat <<EOF > notes.md\nrun git commit -n\nEOF",
    "echo 'git commit --no-verify'",
    "echo git commit -n",
    "# git commit --no-verify",
    "git status # then git commit -n",
    "grep -n foo src/a.swift",
    "grep -rn -- --no-verify docs",
    "git log -n 5",
    "git log --grep=--no-verify",
    "git push",
    "git push -n origin main",
    "git push --dry-run",
    "git merge -n topic",
    "git cherry-pick -n abc",
    "git revert -n abc",
    "git rebase -n main",
    "git fetch origin 'refs/reviewgate/*:refs/reviewgate/*'",
    "git config --get core.hooksPath",
    "git config core.hooksPath",
    "git config get core.hooksPath",
    "git config --list | grep core.hooksPath",
    "git config user.name 'Ada'",
    "git config --unset user.name",
    "git rev-parse --git-path hooks",
    "git notes --ref reviewgate-ai show HEAD",
    "git log --notes=reviewgate-ai",
    "git for-each-ref refs/reviewgate/",
    "git update-ref -d refs/heads/old",
    "git update-ref refs/tags/x abc",
    "git commit-tree -m x HEAD^{tree}",
    "reviewgate check",
    "reviewgate status",
    "reviewgate explain a.swift:3",
    "reviewgate sync",
    "reviewgate review --help",
    "reviewgate records list",
    "reviewgate agents list",
    "reviewgate agents doctor",
    "reviewgate reviewers list",
    "echo 'ask a person to run reviewgate review'",
    "git commit -m 'reviewgate review is for people'",
    "tmux send-keys 'reviewgate check' Enter",
    "HUSKY=0 npm ci",
    "export HUSKY=0; npm ci",
    "SKIP=lint git commit -m x",
    "LC_ALL=C git commit -m x",
    "cat .git/hooks/pre-commit",
    "ls -l .git/hooks > /tmp/list",
    "cp .claude/settings.json /tmp/backup.json",
    "cat .reviewgate/policy.yml",
    "git add .reviewgate/policy.yml",
    "git checkout -- .reviewgate/policy.yml",
    "sed -n 1,5p .reviewgate/policy.yml",
    "jq .hooks .claude/settings.json",
    "rm -f .git/index.lock",
    "rm -rf sub/.git",
    "rm hooks/pre-commit",
    "chmod +x hooks/pre-commit",
    "chmod +x .git/hooks/pre-commit",
    "chmod 755 .husky/pre-commit",
    "find . -name '*.swift' -exec sed -i s/a/b/ {} +",
    "find .git -name '*.lock' -delete",
    "python3 -c 'print(1)'",
    "python3 tool.py --no-verify",
    "npm publish --no-verify",
    "curl -n https://example.com",
    "ssh -n host true",
    "echo $((1 + 2)) ${x:-y} \"${a[@]}\"",
    "case $x in a) echo 1;; b) echo 2;; esac",
    "[[ a < b ]] && echo yes",
    "diff <(git log -n 1) <(git log -n 2)",
    "echo 'commit -n' | grep git",
    "command -v reviewgate && command -v git",
    "swift build && swift test --filter review",
    "mkdir -p .claude/commands && touch .claude/commands/x.md",
    "",
  ]

  @Test(arguments: allowed)
  func `ordinary work is allowed`(script: String) {
    let scan = ShellGuard.scan(script, in: "/home/ada/repo")
    #expect(scan.findings.isEmpty, "\(scan)")
    #expect(scan.isComplete)
  }

  static let hostile: [String] = [
    "'", "\"", "`", "$(", "${", "$((", "<<", "<<EOF", "<<EOF\n", "((((", "))))", "\\", "$'\\x",
    "git commit \"", "a<<b<<c\nb\nc", "\u{0}\u{1}\u{7f}", "&&||;;|&", ">", ">&", "<(", "$'\\777'",
    String(repeating: "$(", count: 50_000),
    String(repeating: "(", count: 100_000),
    String(repeating: "\"$(", count: 30_000),
    String(repeating: "bash -c '", count: 5_000),
    String(repeating: "bash -c \"", count: 5_000),
    String(repeating: "a=$a$a;", count: 40),
    String(repeating: "x ", count: 200_000),
    String(repeating: "<<E ", count: 20_000) + "\nE\n",
    String(repeating: "`", count: 100_001),
  ]

  @Test(.timeLimit(.minutes(1)), arguments: hostile)
  func `hostile scripts end, and what cannot be followed is said`(script: String) {
    _ = ShellGuard.scan(script, in: "/")
    _ = ShellGuard.scan("git commit -n; " + script, in: "/")
  }

  @Test(arguments: ["git commit -m 'x", "echo \"x", "x=$(ls", "cat <<EOF\nx"])
  func `an unfinished script is not complete`(script: String) {
    #expect(!ShellGuard.scan(script, in: "/").isComplete)
  }

  @Test func `the message names the words, the reason and what a person can do`() throws {
    let scan = ShellGuard.scan("git commit -n -m \u{1b}[2Jx", in: "/")
    let message = try #require(scan.findings.first).message
    #expect(message.contains("`git commit -n -m ^[[2Jx` skips the hooks"))
    #expect(message.contains("ask a person to run `reviewgate review`"))
  }
}
