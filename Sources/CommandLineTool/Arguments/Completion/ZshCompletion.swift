/// A completion script for zsh, on its `_arguments`.
enum ZshCompletion {
  static func script(of commands: [CommandDeclaration]) -> String {
    let list = commands.map { "      \(quoted($0.name + ":" + $0.summary))" }
    let cases = commands.map { command in
      """
          \(command.name))
            _arguments -s -S \\
      \(specifications(command.allOptions, indentation: 8)) \\
              \(quoted("*:" + "path:" + action(command.operands.completion)))
            ;;
      """
    }
    return """
      #compdef whylight

      _whylight_commands() {
        local -a commands=(
      \(list.joined(separator: "\n"))
            'help:Show the options of a command.'
        )
        _describe -t commands command commands
      }

      _whylight_words_or() {
        local words="$1"
        shift
        _alternative "words:word:($words)" "files:file:${(j: :)${(q)@}}"
      }

      _whylight() {
        local curcontext="$curcontext" state line
        _arguments -C -s -S \\
      \(specifications(ToolOptions.declarations, indentation: 4)) \\
          '1: :_whylight_commands' \\
          '*:: :->operands' && return
        case $line[1] in
      \(cases.joined(separator: "\n"))
          help) _whylight_commands ;;
        esac
      }

      if [[ $funcstack[1] == _whylight ]]; then _whylight "$@"; else compdef _whylight whylight; fi

      """
  }

  private static func specifications(_ options: [OptionDeclaration], indentation: Int) -> String {
    let margin = String(repeating: " ", count: indentation)
    return options.flatMap { option -> [String] in
      let long = option.longNames.map { "--" + $0 }
      let typed = (option.short.map { ["-\($0)"] } ?? []) + long
      return typed.map { specification(of: option, typed: $0, all: typed) }
    }.map { margin + $0 }.joined(separator: " \\\n")
  }

  /// `'(-q --quiet)--quiet[Print nothing.]'`, with `=:VALUE:action` if it takes a value.
  private static func specification(
    of option: OptionDeclaration, typed: String, all: [String]
  ) -> String {
    let exclusion = option.isRepeatable ? "*" : "(" + all.joined(separator: " ") + ")"
    let description = "[" + escaped(option.summary) + "]"
    guard let value = option.value else { return quoted(exclusion + typed + description) }
    let sign = typed.hasPrefix("--") ? "=" : "+"
    return quoted(
      exclusion + typed + sign + description + ":" + escaped(value.placeholder) + ":"
        + action(value.completion))
  }

  private static func action(_ completion: Completion) -> String {
    let words = completion.words.joined(separator: " ")
    if completion.isList { return " _values -s , word " + words }
    guard let files = completion.files else { return words.isEmpty ? " " : "(\(words))" }
    return words.isEmpty ? action(files) : " _whylight_words_or \"\(words)\" " + action(files)
  }

  private static func action(_ files: Completion.Files) -> String {
    switch files {
    case .files(let extensions):
      extensions.isEmpty
        ? "_files" : "_files -g \"*.(#i)(" + extensions.joined(separator: "|") + ")(-.)\""
    case .folders: "_files -/"
    }
  }

  private static func escaped(_ text: String) -> String {
    text.map { "[]:\\".contains($0) ? "\\" + String($0) : String($0) }.joined()
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
