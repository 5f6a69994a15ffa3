import {
  commandCases,
  type Described,
  flagCases,
  flagsEverywhere,
  type Grammar,
  operandCases,
  valueCases,
} from './grammar.ts';

/** A word of fish, whatever is in it: only these two mean something between single quotes. */
const quoted = (text: string): string => `'${text.replaceAll(/['\\]/gu, '\\$&')}'`;

/** `word TAB what it means`, a line each, as fish reads it. */
const described = (all: readonly Described[]): string =>
  all.map(({ name, about }) => quoted(`${name}\t${about}`)).join(' ');

/** For fish 3.2 and later: sourced, or saved as `completions/rootctl.fish`. What is offered is quoted by fish. */
export const fish = (grammar: Grammar): string => `# fish completion of rootctl

# __rootctl_takes COMMAND FLAG: what follows the flag.
function __rootctl_takes
    switch "$argv[1] $argv[2]"
${valueCases(grammar)
  .map(({ keys, offer }) => {
    const patterns = keys.map(({ path, flag }) => quoted(`${path} ${flag}`));
    return `        case ${patterns.join(' ')}\n            echo ${quoted(offer)}`;
  })
  .join('\n')}
    end
end

# __rootctl_operand COMMAND COUNT: what the next operand is, after so many.
function __rootctl_operand
    switch "$argv[1] $argv[2]"
${operandCases(grammar)
  .map(({ path, isRepeated, offer }) => {
    const pattern = quoted(`${path} ${isRepeated ? '*' : '0'}`);
    return `        case ${pattern}\n            echo ${quoted(offer)}`;
  })
  .join('\n')}
    end
end

function __rootctl_commands
    switch "$argv[1]"
${commandCases(grammar)
  .map(({ path, commands }) => `        case ${quoted(path)}\n            printf '%s\\n' ${described(commands)}`)
  .join('\n')}
    end
end

function __rootctl_flags
    switch "$argv[1]"
${flagCases(grammar)
  .map(({ path, flags }) => `        case ${quoted(path)}\n            printf '%s\\n' ${described(flags)}`)
  .join('\n')}
    end
    printf '%s\\n' ${described(flagsEverywhere(grammar))}
end
${engine}`;

const engine = `
function __rootctl_state
    set -l home $XDG_STATE_HOME
    test -n "$home"; or set home $HOME/.local/state
    echo $home/rootctl
end

# __rootctl_listed LISTING KIND: what was listed last.
function __rootctl_listed
    set -l file (__rootctl_state)/completion/$argv[1].tsv
    test -f "$file" -a -r "$file"; or return
    switch $argv[2]
        case ids
            string replace -rf '^(\\d{12})\\t([^\\t]*)\\t(.*)$' '$1\\t$2  $3' <$file
        case names
            string replace -rf '^(\\d{12})\\t([^\\t]+)\\t.*$' '$2\\t$1' <$file
        case units
            string replace -rf '^(ou-[^\\t]*)\\t[^\\t]*\\t(.*)$' '$2\\t$1' <$file
        case organization
            string replace -rf '^(o-[^\\t]*)\\t.*$' '$1' <$file
    end
end

# __rootctl_offer OFFER LISTING TYPED: a line each; TYPED is what stands before the cursor of the value.
function __rootctl_offer
    set -l all (string split ' ' -- $argv[1])
    set -l before (string match -r '^[\\w,-]*,' -- $argv[3])
    switch $all[1]
        case words
            string join \\n -- $all[2..]
        case list
            string join \\n -- "$before"$all[2..]
        case written
            string join \\n -- $all[2..]=
        case accounts
            __rootctl_listed $argv[2] ids
        case account-lists
            if string match -q '@*' -- $argv[3]
                set -l files (string sub -s 2 -- $argv[3])*
                string join \\n -- @$files
            else
                set -l ids (__rootctl_listed $argv[2] ids)
                string join \\n -- "$before"$ids
            end
        case exclusions
            for kind in ids names units
                __rootctl_listed $argv[2] $kind
            end
        case names units organization
            __rootctl_listed $argv[2] $all[1]
        case runs
            set -l runs (__rootctl_state)/runs/*.jsonl
            string replace -rf '^.*/([^/]*)\\.jsonl$' '$1' -- $runs[-1..1]
    end
end

# __rootctl_is_file OFFER TYPED: whether fish completes it by itself.
function __rootctl_is_file
    test "$argv[1]" = files; or string match -q 'written *=*' -- "$argv[1] $argv[2]"
end

# What is offered for the token that is being typed, or \`files\`, which fish completes by itself.
function __rootctl_complete
    set -l typed (commandline -ct)
    set -l node ''
    set -l listing aws
    set -l pending
    set -l ended
    set -l count 0
    contains -- "$ROOTCTL_SANDBOX" 1 true; and set listing sandbox
    set -l tokens (commandline -opc)
    for one in $tokens[2..]
        test "$one" = --sandbox; and set listing sandbox
        if test -n "$pending"
            set pending
        else if test -n "$ended"
            set count (math $count + 1)
        else
            switch "$one"
                case --
                    set ended 1
                case '--*=*'
                case '-?*'
                    set pending (__rootctl_takes "$node" "$one")
                case '*'
                    if test $count -eq 0; and contains -- "$one" (__rootctl_commands "$node" | string replace -r '\\t.*' '')
                        set node (string trim -- "$node $one")
                    else
                        set count (math $count + 1)
                    end
            end
        end
    end
    if test -n "$pending"
        if test "$argv[1]" = files
            __rootctl_is_file "$pending" "$typed"
            return
        end
        __rootctl_offer "$pending" $listing "$typed"
    else if test -z "$ended"; and set -l flag (string match -r '^--[a-z0-9-]+=' -- "$typed")
        set -l takes (__rootctl_takes "$node" (string trim -r -c = -- $flag))
        set -l value (string replace -- $flag '' "$typed")
        if test "$argv[1]" = files
            __rootctl_is_file "$takes" "$value"
            return
        end
        set -l offered (__rootctl_offer "$takes" $listing "$value")
        string join \\n -- $flag$offered
    else if test "$argv[1]" = files
        return 1
    else if test -z "$ended"; and string match -q -- '-*' "$typed"
        __rootctl_flags "$node"
    else
        set -l takes (__rootctl_operand "$node" $count)
        set -l commands (__rootctl_commands "$node")
        if test $count -eq 0; and test -z "$ended"
            string join \\n -- $commands
        end
        if test -n "$takes"
            __rootctl_offer "$takes" $listing "$typed"
        else if test -z "$commands$ended$typed"
            __rootctl_flags "$node"
        end
    end
end

complete -c rootctl -e
complete -c rootctl -n 'not __rootctl_complete files' -f -a '(__rootctl_complete)'
complete -c rootctl -n '__rootctl_complete files' -F
`;
