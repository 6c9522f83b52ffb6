/// Where the program keeps what belongs to a person and to no repository (XDG Base Directory).
enum PersonalState {
  /// The folder, by what variables say.
  static func folder(_ variable: (String) -> String?) -> String {
    let state = variable("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    return (state ?? (variable("HOME") ?? "/") + "/.local/state") + "/reviewgate"
  }
}
