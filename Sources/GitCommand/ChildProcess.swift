import CProcess
import Glibc

/// One program, run from start to end on the calling thread.
///
/// A hook waits for git and for nothing else: threads and event loops to do that with cost more
/// than the git that is waited for.
struct ChildProcess {
  /// The file to run.
  let program: String
  /// Its arguments, without its own name.
  let arguments: [String]
  /// What is different in its environment; nil leaves a variable out.
  let changes: [String: String?]
  /// Where it runs; here when nil.
  let directory: String?

  /// What it left behind.
  struct Answer {
    /// The exit status; 128 and the number for a signal.
    let status: Int
    let output: [UInt8]
    let complaint: [UInt8]
  }

  /// The system said no, in its own words.
  struct Problem: Error {
    let code: Int32

    var words: String { unsafe String(cString: strerror(code)) }
  }

  /// Runs it; more output than the limit is a problem, more complaint is dropped.
  func run(
    input: [UInt8],
    outputLimit: Int,
    complaintLimit: Int
  ) throws(Problem) -> Answer {
    let settings = changes.map { name, value in value.map { "\(name)=\($0)" } ?? name }
    let vectors = unsafe [[program] + arguments, settings].map { unsafe Self.copies(of: $0) }
    defer { unsafe Self.release(vectors) }
    var answer = unsafe cprocess_answer()
    let error = unsafe input.withUnsafeBytes { bytes in
      unsafe program.withCString { program in
        unsafe Self.withOptional(directory) { directory in
          var call = unsafe cprocess_call(
            program: program,
            arguments: vectors[0],
            changes: vectors[1],
            directory: directory,
            input: bytes.baseAddress,
            input_count: bytes.count,
            output_limit: outputLimit,
            complaint_limit: complaintLimit
          )
          return unsafe cprocess_run(&call, &answer)
        }
      }
    }
    guard error == 0 else { throw Problem(code: error) }
    defer { unsafe cprocess_free(&answer) }
    return unsafe Answer(
      status: Int(answer.status),
      output: Self.bytes(answer.output),
      complaint: Self.bytes(answer.complaint)
    )
  }

  private static func bytes(_ kept: cprocess_bytes) -> [UInt8] {
    unsafe Array(UnsafeBufferPointer(start: kept.start, count: kept.count))
  }

  private static func withOptional<Value>(
    _ text: String?,
    _ body: (UnsafePointer<CChar>?) -> Value
  ) -> Value {
    guard let text else { return body(nil) }
    return unsafe text.withCString { unsafe body($0) }
  }

  /// A null-terminated array of C strings; the caller releases it.
  private static func copies(
    of texts: [String]
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
    let vector = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
      .allocate(capacity: texts.count + 1)
    for (index, text) in texts.enumerated() { unsafe (vector + index).initialize(to: strdup(text)) }
    unsafe (vector + texts.count).initialize(to: nil)
    return unsafe vector
  }

  private static func release(_ vectors: [UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>]) {
    for index in unsafe vectors.indices {
      var next = unsafe vectors[index]
      while let text = unsafe next.pointee {
        unsafe free(text)
        unsafe next += 1
      }
      unsafe vectors[index].deallocate()
    }
  }
}
