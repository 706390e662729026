/// The manual page of the tool with all its commands, in the man(7) macros of roff.
enum ManualPage {
  static func text(of commands: [CommandDeclaration]) -> String {
    var lines = [
      ".TH WHYLIGHT 1 \(Tool.releaseDate) \"whylight \(Tool.version)\" \"User Commands\""
    ]
    lines += [".SH NAME", "whylight \\- " + escaped(Tool.headline)]
    lines += [".SH SYNOPSIS"]
    let calls = commands.flatMap { command in
      command.synopses.map { [".B whylight " + escaped(command.name), escaped($0)] }
    }
    lines += calls.joined(separator: [".br"])
    lines += [".SH DESCRIPTION"] + paragraph(Tool.summary)
    lines += [".SH OPTIONS"] + ToolOptions.declarations.flatMap(entry)
    for command in commands { lines += section(of: command) }
    lines += [".SH EXIT STATUS"]
    for (code, meaning) in ExitCode.meanings {
      lines += [".TP", ".B " + code] + paragraph(meaning)
    }
    lines += [".SH ENVIRONMENT"]
    for (name, meaning) in Tool.environment {
      lines += [".TP", ".B " + escaped(name)] + paragraph(meaning)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(of command: CommandDeclaration) -> [String] {
    var lines = [".SH WHYLIGHT " + escaped(command.name.uppercased())]
    lines += paragraph(command.summary)
    for text in command.discussion { lines += [".PP"] + paragraph(text) }
    for (category, options) in command.optionsByCategory {
      lines += [".SS " + escaped(category)] + options.flatMap(entry)
    }
    if !command.examples.isEmpty { lines.append(".SS Examples") }
    for example in command.examples {
      lines += [".TP", escaped(example.purpose), ".B " + escaped(example.line)]
    }
    return lines
  }

  private static func entry(_ option: OptionDeclaration) -> [String] {
    [".TP", ".B " + escaped(option.signature)] + paragraph(option.summary + option.note)
  }

  /// Running text; roff fills the lines anew.
  private static func paragraph(_ text: String) -> [String] {
    TextWrapping.lines(of: text, width: 72).map(escaped)
  }

  /// Dashes as typed, backslashes kept, and no line that roff would take for a command.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "…": result += "..."
      default: result.append(character)
      }
    }
    return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
  }
}
