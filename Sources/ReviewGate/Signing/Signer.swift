import FoundationEssentials
import Glibc
import ReviewCore

/// Signs envelopes with a person's key through `ssh-keygen`, and checks what came back.
struct Signer {
  /// The key.
  let signing: SigningKey
  private let program: String
  private let environment: [String: String]
  private let directory: String

  /// Prepares to sign; work files go below the repository's own state.
  init(_ signing: SigningKey, _ project: Project) throws {
    guard let program = SSHProgram.path("ssh-keygen") else { throw SigningProblem.noProgram }
    self.signing = signing
    self.program = program
    environment = SSHProgram.environment(project.surroundings.variables)
    directory = project.stateDirectory + "/signing"
  }

  /// Whether the key signs without asking anything of the person.
  ///
  /// A hardware key always wants a touch. Of a key in software it is tried, with a word that is
  /// signed for nothing.
  func isSilent() -> Bool {
    guard !signing.key.kind.isHardware else { return false }
    return (try? run(Array("probe".utf8), for: "reviewgate-probe@v1", on: nil)) != nil
  }

  /// Signs an envelope; asks at the terminal where one is given, and else fails when it must ask.
  func sign(_ envelope: Envelope, at terminal: ControllingTerminal?) throws -> Envelope {
    let message = envelope.preAuthenticationEncoding()
    let armoured = try run(message, for: SSHSignature.namespace, on: terminal)
    do throws(SignatureProblem) {
      let blob = try SSHSignature.blob(armoured: armoured)
      _ = try SSHSignature(blob: blob).presence(over: message, by: signing.key)
      var signed = envelope
      signed.signatures = [Envelope.Signature(keyID: signing.key.fingerprint, bytes: blob)]
      return signed
    } catch {
      throw SigningProblem.wrongSignature(error)
    }
  }

  // MARK: - Running

  /// The text `ssh-keygen` leaves beside the message.
  private func run(
    _ message: [UInt8],
    for namespace: String,
    on terminal: ControllingTerminal?
  ) throws -> [UInt8] {
    let stem = "\(directory)/\(getpid())"
    let files = [stem, stem + ".sig", stem + ".pub"]
    defer { files.forEach(FileBytes.remove) }
    files.forEach(FileBytes.remove)
    try FileBytes.write(message, to: stem)
    var key = signing.file ?? ""
    if signing.file == nil {
      try FileBytes.write(Array((signing.key.line + "\n").utf8), to: stem + ".pub")
      key = stem + ".pub"
    }
    let status = try start(
      ["-q", "-Y", "sign", "-n", namespace, "-f", key, stem],
      on: terminal
    )
    guard status == 0, let signature = FileBytes.read(stem + ".sig") else {
      throw SigningProblem.notSigned(signing.file ?? signing.key.fingerprint)
    }
    return signature
  }

  /// Runs it with the terminal, or with nothing to ask at.
  private func start(_ arguments: [String], on terminal: ControllingTerminal?) throws -> Int32 {
    let command = ["sh", "-c", "exec \"$0\" \"$@\"", program] + arguments
    if let terminal { return try terminal.run(arguments: command, environment: environment) }
    var silent = environment
    // There is a terminal all the same: without this it would be asked.
    silent["SSH_ASKPASS_REQUIRE"] = "force"
    silent["SSH_ASKPASS"] = "/bin/false"
    let nothing = unsafe open("/dev/null", O_RDWR | O_CLOEXEC)
    guard nothing >= 0 else { throw TerminalError.failed(call: "open", code: errno) }
    defer { close(nothing) }
    return try ForegroundProgram(arguments: command, environment: silent).run(on: nothing)
  }
}
