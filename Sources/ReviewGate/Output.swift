import Glibc
import ReviewCore

/// Where the program prints: the answer to standard output, everything else to standard error.
enum Output {
  /// Prints the answer.
  static func answer(_ text: String) { ProgressLine.around { write(text, to: 1) } }

  /// Prints the answer as it is.
  static func answer(bytes: [UInt8]) { ProgressLine.around { write(bytes, to: 1) } }

  /// Prints what is not the answer; in a hook, everything.
  static func talk(_ text: String) { ProgressLine.around { write(text, to: 2) } }

  /// Prints a part of a line to standard error, whatever stands there.
  static func part(_ text: String) { write(Array(text.utf8), to: 2) }

  /// Writes all of it with a line feed at its end; a reader that has gone away is not an error.
  private static func write(_ text: String, to descriptor: Int32) {
    // By bytes: a carriage return and a line feed are one character.
    let text = text.utf8.last == UInt8(ascii: "\n") || text.isEmpty ? text : text + "\n"
    write(Array(text.utf8), to: descriptor)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        return
      }
    }
  }

  /// Whether a descriptor is a terminal that shows more than ASCII.
  static func isRich(_ descriptor: Int32, _ variables: [String: String]) -> Bool {
    let locale = variables["LC_ALL"] ?? variables["LC_CTYPE"] ?? variables["LANG"] ?? ""
    let isUTF8 = locale.lowercased().contains("utf-8") || locale.lowercased().contains("utf8")
    return isatty(descriptor) == 1 && isUTF8 && variables["TERM"] != "dumb"
  }

  /// The cells of a line where a descriptor is a terminal that says so; nil elsewhere.
  static func width(_ descriptor: Int32) -> Int? {
    var size = winsize()
    guard isatty(descriptor) == 1, unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }

  /// How to colour what goes to a descriptor: what a person says, then what the variables say.
  static func style(
    _ descriptor: Int32,
    _ variables: [String: String],
    _ choice: ColourOptions.Choice = .auto
  ) -> Style? {
    switch choice {
    case .always: Style(colour: true)
    case .never: nil
    case .auto where isForced(variables): Style(forcedIn: variables)
    case .auto: isatty(descriptor) == 1 ? Style(environment: variables) : nil
    }
  }

  /// Whether colour is wanted whatever reads it.
  private static func isForced(_ variables: [String: String]) -> Bool {
    ["CLICOLOR_FORCE", "FORCE_COLOR"].contains { name in
      let value = variables[name] ?? ""
      return !value.isEmpty && value != "0" && value != "false"
    }
  }
}
