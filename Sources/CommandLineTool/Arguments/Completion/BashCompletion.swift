/// A completion script for bash; it needs nothing but bash itself.
enum BashCompletion {
  static func script(of commands: [CommandDeclaration]) -> String {
    let names = commands.map(\.name) + ["help"]
    let cases = commands.map { commandCase($0) }.joined(separator: "\n")
    return """
      # bash completion for whylight
      _whylight_files() {
        local pattern="$1" entry
        while IFS= read -r entry; do
          if [[ -d $entry || ( -n $pattern && ${entry,,} =~ $pattern ) ]]; then
            COMPREPLY+=("$entry")
          fi
        done < <(compgen -f -- "$cur")
        compopt -o filenames 2>/dev/null
      }

      _whylight_list() {
        local before=""
        [[ $cur == *,* ]] && before="${cur%,*},"
        COMPREPLY=($(compgen -P "$before" -W "$1" -- "${cur##*,}"))
      }

      _whylight() {
        local cur="${COMP_WORDS[COMP_CWORD]}" previous="" command="" options="" word
        ((COMP_CWORD > 0)) && previous="${COMP_WORDS[COMP_CWORD-1]}"
        # Bash parts --name=value at the sign.
        if [[ $cur == "=" ]]; then cur=""
        elif [[ $previous == "=" ]]; then previous="${COMP_WORDS[COMP_CWORD-2]}"
        fi
        COMPREPLY=()
        for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
          if [[ $word != -* ]]; then command="$word"; break; fi
        done
        case "$command" in
      \(cases)
          help)
            COMPREPLY=($(compgen -W "\(commands.map(\.name).joined(separator: " "))" -- "$cur"))
            ;;
          *)
      \(valueCases(ToolOptions.declarations))
            COMPREPLY=($(compgen -W "\(names.joined(separator: " ")) \
      \(words(ToolOptions.declarations))" -- "$cur"))
            ;;
        esac
      }
      complete -F _whylight whylight

      """
  }

  private static func commandCase(_ command: CommandDeclaration) -> String {
    """
        \(command.name))
    \(valueCases(command.allOptions))
          if [[ $cur == -* ]]; then
            options="\(words(command.allOptions))"
            COMPREPLY=($(compgen -W "$options" -- "$cur"))
          else
            \(reply(command.operands.completion))
          fi
          ;;
    """
  }

  /// What completes the value of each option that takes one: its own completions, and no others.
  private static func valueCases(_ options: [OptionDeclaration]) -> String {
    let cases = options.compactMap { option -> String? in
      guard let value = option.value else { return nil }
      let typed = (option.short.map { "-\($0)|" } ?? "") + "--" + option.name
      return "        \(typed)) \(reply(value.completion)); return ;;"
    }
    let lines = cases.isEmpty ? [] : ["      case \"$previous\" in"] + cases + ["      esac"]
    return lines.joined(separator: "\n")
  }

  private static func reply(_ completion: Completion) -> String {
    var commands: [String] = []
    let words = completion.words.joined(separator: " ")
    if completion.isList {
      commands.append("_whylight_list \"\(words)\"")
    } else if !words.isEmpty {
      commands.append("COMPREPLY=($(compgen -W \"\(words)\" -- \"$cur\"))")
    }
    switch completion.files {
    case nil: break
    case .files(let extensions): commands.append("_whylight_files '\(pattern(extensions))'")
    case .folders: commands.append("_whylight_files ''")
    }
    return commands.isEmpty ? ":" : commands.joined(separator: "; ")
  }

  private static func pattern(_ extensions: [String]) -> String {
    extensions.isEmpty ? "." : "\\.(\(extensions.joined(separator: "|")))$"
  }

  private static func words(_ options: [OptionDeclaration]) -> String {
    options.flatMap { option in
      (option.short.map { ["-\($0)"] } ?? []) + option.longNames.map { "--" + $0 }
    }.joined(separator: " ")
  }
}
