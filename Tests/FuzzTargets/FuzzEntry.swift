import Glibc

/// What libFuzzer calls with one input after the other; `Tests/fuzz` names the reader.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  reader.read(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

private let reader: FuzzTarget = {
  if let name = getenv("REVIEWGATE_FUZZ"), let found = FuzzTarget(String(cString: name)) {
    return found
  }
  print("REVIEWGATE_FUZZ has to be one of: \(FuzzTarget.all.map(\.name).joined(separator: " "))")
  exit(64)
}()
