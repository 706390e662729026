/// What `--help` prints: examples first, then how to call it, then every option.
struct HelpPage {
  let width: Int
  let style: TextStyle

  /// The page of one command.
  func page(of command: CommandDeclaration) -> String {
    var lines = TextWrapping.lines(of: command.summary, width: width)
    lines += section(
      "Examples", command.examples.flatMap { ["  # " + $0.purpose, "  " + $0.line] })
    lines += section("Usage", command.synopses.map { "  whylight \(command.name) \($0)" })
    for paragraph in command.discussion {
      lines += [""] + TextWrapping.lines(of: paragraph, width: width)
    }
    for (category, options) in command.optionsByCategory {
      lines += section(category, table(options))
    }
    return text(lines)
  }

  /// The page of the tool.
  func overview(of commands: [CommandDeclaration]) -> String {
    let names = commands.map(\.name)
    var lines = TextWrapping.lines(of: Tool.summary, width: width)
    let examples = commands.compactMap(\.examples.first)
    lines += section("Examples", examples.flatMap { ["  # " + $0.purpose, "  " + $0.line] })
    lines += section("Usage", ["  whylight COMMAND [options] [paths]"])
    lines += section(
      "Commands",
      TextWrapping.table(
        commands.map { ($0.name, $0.summary) }, termWidth: names.map(\.count).max() ?? 0,
        width: width))
    lines += section("Options", table(ToolOptions.declarations))
    lines += [""]
    lines += TextWrapping.lines(
      of: "`whylight help COMMAND` shows the options of a command.", width: width)
    return text(lines)
  }

  private func section(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["", style.bold(title + ":")] + lines
  }

  /// Options with a short name begin with it, the others leave its place free.
  private func table(_ options: [OptionDeclaration]) -> [String] {
    TextWrapping.table(
      options.map { option in
        (
          (option.short == nil ? "    " : "") + option.signature,
          option.summary + option.note
        )
      }, termWidth: 26, width: width)
  }

  private func text(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }
}

extension OptionDeclaration {
  /// The allowed names and the default, as an addition to the summary.
  var note: String {
    var notes: [String] = []
    switch value?.expectation {
    case .oneOf(let names)?, .colorMap(let names)?, .specification(let names)?:
      notes.append("one of " + names.joined(separator: ", "))
    case .wholeNumber?, .number?, .pixelSize?, .pixelCount?, .byteCount?, .duration?,
      .wholeNumbers?, .text?, .form?, nil:
      break
    }
    if isRepeatable { notes.append("may be repeated") }
    if let shownDefault { notes.append("default: " + shownDefault) }
    return notes.isEmpty ? "" : " (" + notes.joined(separator: "; ") + ")"
  }
}
