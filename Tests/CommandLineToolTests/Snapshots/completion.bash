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
    toy)
      case "$previous" in
        -n|--count) :; return ;;
        --seed) :; return ;;
        --opacity) :; return ;;
        -f|--fruit) COMPREPLY=($(compgen -W "apple pear quince" -- "$cur")); return ;;
        -o|--output) _whylight_files ''; return ;;
        --model) _whylight_files '\.(onnx)$'; return ;;
        --method) COMPREPLY=($(compgen -W "lime occlusion" -- "$cur")); return ;;
        --size) :; return ;;
        --pixels) :; return ;;
        --time) :; return ;;
        --layers) :; return ;;
        --label) :; return ;;
      esac
      if [[ $cur == -* ]]; then
        options="-l --loud -a --all --report --no-report -n --count --seed --opacity -f --fruit -o --output --model --method --size --pixels --time --layers --label -q --quiet -h --help"
        COMPREPLY=($(compgen -W "$options" -- "$cur"))
      else
        _whylight_files '\.(png)$'
      fi
      ;;
    single)

      if [[ $cur == -* ]]; then
        options="-q --quiet -h --help"
        COMPREPLY=($(compgen -W "$options" -- "$cur"))
      else
        :
      fi
      ;;
    help)
      COMPREPLY=($(compgen -W "toy single" -- "$cur"))
      ;;
    *)
      case "$previous" in
        --generate-completion-script) COMPREPLY=($(compgen -W "bash zsh fish" -- "$cur")); return ;;
      esac
      COMPREPLY=($(compgen -W "toy single help -h --help -V --version --generate-man-page --generate-completion-script" -- "$cur"))
      ;;
  esac
}
complete -F _whylight whylight
