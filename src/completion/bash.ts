import { commandCases, type Described, flagCases, flagsEverywhere, type Grammar } from './grammar.ts';
import { operandTakesCases, quoted, takesCases } from './posix.ts';

const namesOf = (all: readonly Described[]): string => all.map(({ name }) => name).join(' ');

/**
 * For bash 3.2 (macOS) and later, with bash-completion and without. The words of the line are taken apart here: bash's own
 * are cut at `=` and `:`, and `compgen -W` would run what names of accounts say. Nothing is ever evaluated.
 */
export const bash = (grammar: Grammar): string => `# bash completion of rootctl

# _rootctl_takes COMMAND FLAG: what follows the flag.
_rootctl_takes() {
  takes=
  case "$1 $2" in
${takesCases(grammar)}
  esac
}

# _rootctl_operand COMMAND COUNT: what the next operand is, after so many.
_rootctl_operand() {
  takes=
  case "$1 $2" in
${operandTakesCases(grammar)}
  esac
}

_rootctl_commands() {
  commands=
  case $1 in
${commandCases(grammar)
  .map(({ path, commands }) => `  ${quoted(path)}) commands=${quoted(namesOf(commands))} ;;`)
  .join('\n')}
  esac
}

_rootctl_flags() {
  flags=
  case $1 in
${flagCases(grammar)
  .map(({ path, flags }) => `  ${quoted(path)}) flags=${quoted(namesOf(flags))} ;;`)
  .join('\n')}
  esac
  flags+=${quoted(` ${namesOf(flagsEverywhere(grammar))}`)}
}
${engine}`;

const engine = `
# Takes the line apart: whole words, the one that is being typed, the quote that it is in, and the start of it that
# readline leaves alone.
_rootctl_split() {
  local line=$1 length=\${#1} i=0 char next begun= redirects= outer=
  words=() word= quote= lead=
  while [[ $i -lt $length ]]; do
    char=\${line:i:1}
    i=$((i + 1))
    case $quote in
    \\')
      if [[ $char == \\' ]]; then quote= lead=$outer; else word+=$char; fi
      ;;
    \\")
      case $char in
      \\") quote= lead=$outer ;;
      \\\\)
        next=\${line:i:1}
        case $next in
        '$' | '\`' | \\" | \\\\)
          word+=$next
          i=$((i + 1))
          ;;
        *) word+=$char ;;
        esac
        ;;
      *) word+=$char ;;
      esac
      ;;
    *)
      case $char in
      ' ' | $'\\t' | $'\\n' | '<' | '>')
        if [[ -n $begun && $char != [\\<\\>] ]]; then
          if [[ -z $redirects ]]; then words+=("$word"); fi
          redirects=
        fi
        if [[ $char == [\\<\\>] ]]; then redirects=1; fi
        word= lead= begun=
        ;;
      \\' | \\") quote=$char outer=$lead lead=$word begun=1 ;;
      \\\\)
        word+=\${line:i:1} begun=1
        i=$((i + 1))
        ;;
      *)
        word+=$char begun=1
        if [[ \${COMP_WORDBREAKS-} == *"$char"* ]]; then lead=$word; fi
        ;;
      esac
      ;;
    esac
  done
  if [[ -n $redirects ]]; then words=(rootctl --) takes=files; fi
}

# _rootctl_quote TEXT: as it has to be typed where the cursor is. Inside a quote readline closes it, unless the last
# character looks as if it did.
_rootctl_quote() {
  local text=$1 length=\${#1} i=0 char last special=$' !"#$&\\'()*;<>?[\\\\]^\`{|}~'
  # Fast, but an old bash cuts Japanese into bytes.
  if [[ -z $quote && \${BASH_VERSINFO[0]} -ge 4 ]]; then
    printf -v typed %q "$text"
    if [[ $typed != *"$'"* ]]; then return; fi
  fi
  typed=
  while [[ $i -lt $length ]]; do
    char=\${text:i:1}
    i=$((i + 1))
    last=
    if [[ $i -eq $length ]]; then last=1; fi
    case $quote in
    \\')
      if [[ $char == \\' ]]; then
        char="'\\\\'"
        if [[ -z $last ]]; then char+=\\'; fi
      fi
      ;;
    \\")
      case $char in
      '$' | '\`' | \\\\) char=\\\\$char ;;
      \\")
        if [[ -n $last ]]; then char='"\\"'; else char='\\"'; fi
        ;;
      '!')
        char='"\\!"'
        if [[ -n $last ]]; then char+=\\"; fi
        ;;
      esac
      ;;
    *) if [[ $special == *"$char"* ]]; then char=\\\\$char; fi ;;
    esac
    typed+=$char
  done
  # It takes the place of the quote that was opened if it begins like it.
  if [[ -n $quote && $typed == "$quote"* ]]; then typed=$quote$typed; fi
}

# _rootctl_add TEXT [ABOUT]: offers it, if it is what is being typed.
_rootctl_add() {
  local whole=$before$1
  if [[ $whole != "$word"* ]]; then return; fi
  whole=\${whole:\${#lead}}
  if [[ $whole == *[!A-Za-z0-9_./,-]* ]]; then
    _rootctl_quote "$whole"
    whole=$typed
  fi
  COMPREPLY+=("$whole")
  about+=("\${2-}")
}

_rootctl_words() {
  local one
  for one in $1; do _rootctl_add "$one"; done
}

# _rootctl_listed KINDS: what was listed last; ids, names, units, organization. Of ten thousand lines grep finds those that
# matter sooner than bash would.
_rootctl_listed() {
  local file=\${XDG_STATE_HOME:-\${HOME-}/.local/state}/rootctl/completion/$listing.tsv line name
  local value=\${word:\${#before}} tab=$'\\t'
  if [[ ! -f $file || ! -r $file ]]; then return; fi
  while IFS= read -r line; do
    if [[ $line == [0-9]* ]]; then
      if [[ $1 == *ids* && $line == "$value"* ]]; then
        name=\${line#*$tab}
        _rootctl_add "\${line%%$tab*}" "\${name%%$tab*}"
      fi
      if [[ $1 == *names* && $line == *"$tab$value"*"$tab"* ]]; then
        name=\${line#*$tab}
        name=\${name%%$tab*}
        if [[ -n $name ]]; then _rootctl_add "$name"; fi
      fi
    elif [[ $line == ou-* ]]; then
      if [[ $1 == *units* ]]; then _rootctl_add "\${line##*$tab}"; fi
    elif [[ $1 == *organization* && $line == o-* ]]; then
      _rootctl_add "\${line%%$tab*}"
    fi
  done <<<"$(LC_ALL=C command grep -F -e "$value" -- "$file" 2>/dev/null)"
}

_rootctl_runs() {
  local folder=\${XDG_STATE_HOME:-\${HOME-}/.local/state}/rootctl/runs file
  while IFS= read -r file; do
    file=\${file##*/}
    if [[ $file == *.jsonl ]]; then _rootctl_add "\${file%.jsonl}"; fi
  done <<<"$(compgen -f -- "$folder/" 2>/dev/null)"
}

_rootctl_files() {
  local file start=\${word:\${#before}}
  # readline knows best, as long as all of the word is the file's.
  if [[ $before == "$lead" ]] && compopt -o default 2>/dev/null; then return; fi
  while IFS= read -r file; do
    if [[ -n $file ]]; then _rootctl_add "$file"; fi
  done <<<"$(compgen -f -- "$start" 2>/dev/null)"
}

# _rootctl_offer OFFER
_rootctl_offer() {
  case $1 in
  words\\ *) _rootctl_words "\${1#* }" ;;
  list\\ *)
    if [[ \${word:\${#before}} == *,* ]]; then before=\${word%,*},; fi
    _rootctl_words "\${1#* }"
    ;;
  files) _rootctl_files ;;
  written\\ *)
    if [[ \${word:\${#before}} == *=* ]]; then
      one=\${word:\${#before}}
      before=$before\${one%%=*}=
      _rootctl_files
    else
      for one in \${1#* }; do _rootctl_add "$one="; done
      compopt -o nospace 2>/dev/null
      if [[ \${#COMPREPLY[@]} -eq 0 ]]; then _rootctl_files; fi
    fi
    ;;
  accounts) _rootctl_listed ids ;;
  account-lists)
    if [[ \${word:\${#before}} == @* ]]; then
      before=$before@
      _rootctl_files
    else
      if [[ \${word:\${#before}} == *,* ]]; then before=\${word%,*},; fi
      _rootctl_listed ids
    fi
    ;;
  names) _rootctl_listed names ;;
  units) _rootctl_listed units ;;
  exclusions) _rootctl_listed ids,names,units ;;
  organization) _rootctl_listed organization ;;
  runs) _rootctl_runs ;;
  esac
}

_rootctl() {
  local IFS=$' \\t\\n' words word quote lead typed takes= commands flags node= before= listing=aws pending= ended=
  local i=0 count=0 one about
  about=()
  COMPREPLY=()
  _rootctl_split "\${COMP_LINE:0:COMP_POINT}"
  case \${ROOTCTL_SANDBOX-} in 1 | true) listing=sandbox ;; esac
  pending=$takes
  for one in "\${words[@]}"; do
    i=$((i + 1))
    if [[ $i -eq 1 ]]; then continue; fi
    if [[ $one == --sandbox ]]; then listing=sandbox; fi
    if [[ -n $pending ]]; then
      pending=
    elif [[ -n $ended ]]; then
      count=$((count + 1))
    else
      case $one in
      --) ended=1 ;;
      --*=*) ;;
      -?*)
        _rootctl_takes "$node" "$one"
        pending=$takes
        ;;
      *)
        _rootctl_commands "$node"
        if [[ $count -eq 0 && " $commands " == *" $one "* ]]; then
          node=\${node:+$node }$one
        else
          count=$((count + 1))
        fi
        ;;
      esac
    fi
  done
  if [[ -n $pending ]]; then
    _rootctl_offer "$pending"
  elif [[ -z $ended && $word == --*=* ]]; then
    before=\${word%%=*}=
    _rootctl_takes "$node" "\${word%%=*}"
    _rootctl_offer "$takes"
  elif [[ -z $ended && $word == -* ]]; then
    _rootctl_flags "$node"
    _rootctl_words "$flags"
  else
    _rootctl_operand "$node" "$count"
    _rootctl_commands "$node"
    if [[ $count -eq 0 && -z $ended ]]; then _rootctl_words "$commands"; fi
    _rootctl_offer "$takes"
    if [[ -z $word && -z $ended && -z $takes && -z $commands ]]; then
      _rootctl_flags "$node"
      _rootctl_words "$flags"
    fi
  fi
  # Several are shown with what they are. Their common start is one of the ids', so nothing of a name is ever inserted.
  if [[ \${#COMPREPLY[@]} -gt 1 && \${COMP_TYPE-} =~ ^(9|33|63|64)$ ]]; then
    for ((i = 0; i < \${#COMPREPLY[@]}; i++)); do
      if [[ -n \${about[i]} ]]; then COMPREPLY[i]+="  \${about[i]}"; fi
    done
  fi
}

complete -F _rootctl rootctl
`;
