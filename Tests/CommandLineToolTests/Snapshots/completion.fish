# fish completion for whylight
function __whylight_files
  __fish_complete_path (commandline -ct) | string match -eri "(?:/|\\.(?:$argv[1]))(?:\t|\$)"
end
function __whylight_list
  set -l typed (commandline -ct | string replace -r '^--[^=]*=' '')
  set -l before (string replace -r '[^,]*$' '' -- "$typed")
  printf '%s\n' $before$argv
end
complete -c whylight -f
complete -c whylight -n 'not __fish_seen_subcommand_from toy single help' -a toy -d 'Say what was understood.'
complete -c whylight -n 'not __fish_seen_subcommand_from toy single help' -a single -d 'Take one thing.'
complete -c whylight -n 'not __fish_seen_subcommand_from toy single help' -a help -d 'Show the options of a command.'
complete -c whylight -n 'not __fish_seen_subcommand_from toy single help' -l help -s h -d 'Print this help.'
complete -c whylight -n 'not __fish_seen_subcommand_from toy single help' -l version -s V -d 'Print the version.'
complete -c whylight -n 'not __fish_seen_subcommand_from toy single help' -l generate-man-page -d 'Print the manual page (roff).'
complete -c whylight -n 'not __fish_seen_subcommand_from toy single help' -l generate-completion-script -x -a 'bash zsh fish' -d 'Print a completion script.'
complete -c whylight -n '__fish_seen_subcommand_from help' -a 'toy single'
complete -c whylight -n '__fish_seen_subcommand_from toy' -a '(__whylight_files \'png\')'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l loud -s l -d 'Say it loudly.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l all -s a -d 'Say all of it.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l report -d 'Write a report.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l no-report -d 'Write a report.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l count -s n -x -d 'How often.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l seed -x -d 'Where chance begins.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l opacity -x -d 'How much shows through.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l fruit -s f -x -a 'apple pear quince' -d 'Which fruit.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l output -s o -x -a '(__fish_complete_directories)' -d 'Where it goes.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l model -x -a '(__whylight_files \'onnx\')' -d 'A file with \'quotes\'.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l method -x -a 'lime occlusion' -d 'A method.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l size -x -d 'How large.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l pixels -x -d 'How many.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l time -x -d 'How long.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l layers -x -d 'How wide each.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l label -x -d 'A name.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l quiet -s q -d 'Print nothing but errors.'
complete -c whylight -n '__fish_seen_subcommand_from toy' -l help -s h -d 'Print this help.'
complete -c whylight -n '__fish_seen_subcommand_from single' -l quiet -s q -d 'Print nothing but errors.'
complete -c whylight -n '__fish_seen_subcommand_from single' -l help -s h -d 'Print this help.'
