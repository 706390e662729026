#compdef whylight

_whylight_commands() {
  local -a commands=(
      'toy:Say what was understood.'
      'single:Take one thing.'
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
  _arguments -C -s -S \
    '(-h --help)-h[Print this help.]' \
    '(-h --help)--help[Print this help.]' \
    '(-V --version)-V[Print the version.]' \
    '(-V --version)--version[Print the version.]' \
    '(--generate-man-page)--generate-man-page[Print the manual page (roff).]' \
    '(--generate-completion-script)--generate-completion-script=[Print a completion script.]:SHELL:(bash zsh fish)' \
    '1: :_whylight_commands' \
    '*:: :->operands' && return
  case $line[1] in
    toy)
      _arguments -s -S \
        '(-l --loud)-l[Say it loudly.]' \
        '(-l --loud)--loud[Say it loudly.]' \
        '(-a --all)-a[Say all of it.]' \
        '(-a --all)--all[Say all of it.]' \
        '(--report --no-report)--report[Write a report.]' \
        '(--report --no-report)--no-report[Write a report.]' \
        '(-n --count)-n+[How often.]:N: ' \
        '(-n --count)--count=[How often.]:N: ' \
        '(--seed)--seed=[Where chance begins.]:N: ' \
        '(--opacity)--opacity=[How much shows through.]:X: ' \
        '(-f --fruit)-f+[Which fruit.]:FRUIT:(apple pear quince)' \
        '(-f --fruit)--fruit=[Which fruit.]:FRUIT:(apple pear quince)' \
        '(-o --output)-o+[Where it goes.]:DIR:_files -/' \
        '(-o --output)--output=[Where it goes.]:DIR:_files -/' \
        '(--model)--model=[A file with '\''quotes'\''.]:FILE:_files -g "*.(#i)(onnx)(-.)"' \
        '*--method=[A method.]:SPEC:(lime occlusion)' \
        '(--size)--size=[How large.]:WxH: ' \
        '(--pixels)--pixels=[How many.]:N: ' \
        '(--time)--time=[How long.]:TIME: ' \
        '(--layers)--layers=[How wide each.]:N,N…: ' \
        '(--label)--label=[A name.]:TEXT: ' \
        '(-q --quiet)-q[Print nothing but errors.]' \
        '(-q --quiet)--quiet[Print nothing but errors.]' \
        '(-h --help)-h[Print this help.]' \
        '(-h --help)--help[Print this help.]' \
        '*:path:_files -g "*.(#i)(png)(-.)"'
      ;;
    single)
      _arguments -s -S \
        '(-q --quiet)-q[Print nothing but errors.]' \
        '(-q --quiet)--quiet[Print nothing but errors.]' \
        '(-h --help)-h[Print this help.]' \
        '(-h --help)--help[Print this help.]' \
        '*:path: '
      ;;
    help) _whylight_commands ;;
  esac
}

if [[ $funcstack[1] == _whylight ]]; then _whylight "$@"; else compdef _whylight whylight; fi
