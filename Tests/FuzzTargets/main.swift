import ReviewCore

#if canImport(Glibc)
import Glibc
#endif

/// libFuzzer's own loop, which calls back with one input after the other.
@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

// `Tests/fuzz` names the reader; everything else is libFuzzer's.
guard let name = getenv("REVIEWGATE_FUZZ"), let found = FuzzTarget(String(cString: name)) else {
  let names = FuzzTarget.all.map(\.name).joined(separator: " ")
  fputs("REVIEWGATE_FUZZ has to be one of: \(names)\n", stderr)
  exit(64)
}
FuzzTarget.chosen = found
var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(
  runDriver(&count, &arguments) { start, count in
    FuzzTarget.chosen?.read(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
  }
)
