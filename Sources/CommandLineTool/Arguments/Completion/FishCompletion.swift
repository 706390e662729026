/// A completion script for fish.
enum FishCompletion {
  static func script(of commands: [CommandDeclaration]) -> String {
    // fish's own __fish_complete_suffix takes one ending and offers all other files as well.
    var lines = [
      "# fish completion for whylight",
      "function __whylight_files",
      "  __fish_complete_path (commandline -ct) | string match -eri \"(?:/|\\\\.(?:$argv[1]))(?:\\t|\\$)\"",
      "end",
      "function __whylight_list",
      "  set -l typed (commandline -ct | string replace -r '^--[^=]*=' '')",
      "  set -l before (string replace -r '[^,]*$' '' -- \"$typed\")",
      "  printf '%s\\n' $before$argv",
      "end",
      "complete -c whylight -f",
    ]
    let names = commands.map(\.name).joined(separator: " ")
    let outside = "not __fish_seen_subcommand_from \(names) help"
    for command in commands {
      lines.append(
        "complete -c whylight -n \(quoted(outside)) -a \(command.name)"
          + " -d \(quoted(command.summary))")
    }
    lines.append(
      "complete -c whylight -n \(quoted(outside)) -a help -d 'Show the options of a command.'")
    lines += ToolOptions.declarations.flatMap { self.lines(of: $0, condition: outside) }
    lines.append(
      "complete -c whylight -n '__fish_seen_subcommand_from help' -a \(quoted(names))")
    for command in commands {
      let inside = "__fish_seen_subcommand_from \(command.name)"
      lines += operandLines(command.operands.completion, condition: inside)
      lines += command.allOptions.flatMap { self.lines(of: $0, condition: inside) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(of option: OptionDeclaration, condition: String) -> [String] {
    option.longNames.map { name in
      var line = "complete -c whylight -n \(quoted(condition)) -l \(name)"
      if let short = option.short, name == option.name { line += " -s \(short)" }
      if let value = option.value { line += takesAllFiles(value.completion) ? " -r" : " -x" }
      line += option.value.map { argument($0.completion) } ?? ""
      return line + " -d " + quoted(option.summary)
    }
  }

  private static func operandLines(_ completion: Completion, condition: String) -> [String] {
    let arguments = argument(completion)
    return arguments.isEmpty ? [] : ["complete -c whylight -n \(quoted(condition))\(arguments)"]
  }

  private static func argument(_ completion: Completion) -> String {
    var words = completion.words
    if completion.isList { words = ["(__whylight_list \(words.joined(separator: " ")))"] }
    switch completion.files {
    case nil: break
    case .files(let extensions):
      if !extensions.isEmpty {
        words.append("(__whylight_files '\(extensions.joined(separator: "|"))')")
      }
    case .folders: words.append("(__fish_complete_directories)")
    }
    return (takesAllFiles(completion) ? " -F" : "")
      + (words.isEmpty ? "" : " -a " + quoted(words.joined(separator: " ")))
  }

  /// Whether fish's own list of files is wanted, which otherwise it adds to all that takes a value.
  private static func takesAllFiles(_ completion: Completion) -> Bool {
    completion.files == .files(extensions: [])
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.map { $0 == "'" || $0 == "\\" ? "\\" + String($0) : String($0) }.joined() + "'"
  }
}
