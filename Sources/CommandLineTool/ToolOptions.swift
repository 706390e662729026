/// What the tool understands without a command.
enum ToolOptions {
  static let help = Option.flag("help", short: "h", in: "Options", "Print this help.")
  static let version = Option.flag("version", short: "V", in: "Options", "Print the version.")
  static let manualPage = Option.flag(
    "generate-man-page", in: "Options", "Print the manual page (roff).")
  static let completionScript = Option.optional(
    "generate-completion-script", .choice(of: Shell.self, placeholder: "SHELL"), in: "Options",
    "Print a completion script.")

  static let declarations = [
    help.declaration, version.declaration, manualPage.declaration, completionScript.declaration,
  ]
}

/// A shell that the tool can teach its completions.
enum Shell: String, CaseIterable, Sendable {
  case bash
  case zsh
  case fish

  func script(of commands: [CommandDeclaration]) -> String {
    switch self {
    case .bash: BashCompletion.script(of: commands)
    case .zsh: ZshCompletion.script(of: commands)
    case .fish: FishCompletion.script(of: commands)
    }
  }
}
