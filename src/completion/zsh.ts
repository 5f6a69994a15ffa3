import { commandCases, type Described, flagCases, flagsEverywhere, type Grammar } from './grammar.ts';
import { operandTakesCases, quoted, takesCases } from './posix.ts';

/** `word:what it means`, as `_describe` reads it. */
const described = (all: readonly Described[]): string =>
  all.map(({ name, about }) => quoted(`${name.replaceAll(/[\\:]/gu, '\\$&')}:${about}`)).join(' ');

/** For zsh 5: sourced after `compinit`, or saved as `_rootctl` in a folder of `fpath`. What is offered is quoted by zsh. */
export const zsh = (grammar: Grammar): string => `#compdef rootctl
# zsh completion of rootctl

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
  commands=()
  case $1 in
${commandCases(grammar)
  .map(({ path, commands }) => `  ${quoted(path)}) commands=(${described(commands)}) ;;`)
  .join('\n')}
  esac
}

_rootctl_flags() {
  flags=()
  case $1 in
${flagCases(grammar)
  .map(({ path, flags }) => `  ${quoted(path)}) flags=(${described(flags)}) ;;`)
  .join('\n')}
  esac
  flags+=(${described(flagsEverywhere(grammar))})
}
${engine}`;

const engine = `
# _rootctl_listed KINDS: what was listed last; ids, names, units, organization.
_rootctl_listed() {
  local file=\${XDG_STATE_HOME:-$HOME/.local/state}/rootctl/completion/$listing.tsv
  local -a lines ids names shown units
  [[ -f $file && -r $file ]] || return 1
  lines=("\${(@f)$(<$file)}")
  local -a accounts=("\${(@M)lines:#[0-9]*}") rest
  rest=("\${(@)accounts#*$'\\t'}")
  if [[ $1 == *ids* ]]; then
    ids=("\${(@)accounts%%$'\\t'*}")
    shown=("\${(@)accounts//$'\\t'/  }")
    compadd -l -d shown -a ids
  fi
  if [[ $1 == *names* ]]; then
    names=("\${(@)rest%%$'\\t'*}")
    names=("\${(@)names:#}")
    compadd -a names
  fi
  if [[ $1 == *units* ]]; then
    units=("\${(@M)lines:#ou-*}")
    units=("\${(@)units##*$'\\t'}")
    compadd -a units
  fi
  if [[ $1 == *organization* ]]; then
    ids=("\${(@M)lines:#o-*}")
    ids=("\${(@)ids%%$'\\t'*}")
    compadd -a ids
  fi
}

_rootctl_runs() {
  local -a runs
  runs=("\${XDG_STATE_HOME:-$HOME/.local/state}"/rootctl/runs/*.jsonl(N:t:r))
  compadd -V runs -- "\${(@Oa)runs}"
}

# _rootctl_offer OFFER
_rootctl_offer() {
  local -a all=("\${(@s: :)1}")
  case $1 in
  words\\ *) compadd -- "\${(@)all[2,-1]}" ;;
  list\\ *)
    compset -P '*,'
    compadd -q -S , -- "\${(@)all[2,-1]}"
    ;;
  files) _files ;;
  written\\ *)
    compset -P 1 '*=' || compadd -S = -- "\${(@)all[2,-1]}"
    _files
    ;;
  accounts) _rootctl_listed ids ;;
  account-lists)
    if compset -P @; then
      _files
    else
      compset -P '*,'
      _rootctl_listed ids
    fi
    ;;
  names) _rootctl_listed names ;;
  units) _rootctl_listed units ;;
  exclusions) _rootctl_listed ids,names,units ;;
  organization) _rootctl_listed organization ;;
  runs) _rootctl_runs ;;
  *) return 1 ;;
  esac
}

_rootctl() {
  local takes= node= pending= ended= listing=aws one
  local -a commands flags
  local -i i count=0
  [[ $ROOTCTL_SANDBOX == (1|true) ]] && listing=sandbox
  for ((i = 2; i < CURRENT; i++)); do
    one=\${(Q)words[i]}
    [[ $one == --sandbox ]] && listing=sandbox
    if [[ -n $pending ]]; then
      pending=
    elif [[ -n $ended ]]; then
      count+=1
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
        if ((count == 0)) && [[ -n $one && -n "\${(@M)commands:#\${(b)one}:*}" ]]; then
          node=\${node:+$node }$one
        else
          count+=1
        fi
        ;;
      esac
    fi
  done
  if [[ -n $pending ]]; then
    _rootctl_offer "$pending"
  elif [[ -z $ended && $PREFIX == --*=* ]]; then
    _rootctl_takes "$node" "\${PREFIX%%=*}"
    compset -P 1 '*='
    _rootctl_offer "$takes"
  elif [[ -z $ended && $PREFIX == -* ]]; then
    _rootctl_flags "$node"
    _describe -o flag flags
  else
    _rootctl_operand "$node" "$count"
    _rootctl_commands "$node"
    ((count == 0)) && [[ -z $ended && -n $commands ]] && _describe command commands
    [[ -n $takes ]] && _rootctl_offer "$takes"
    if [[ -z $PREFIX && -z $ended && -z $takes && -z $commands ]]; then
      _rootctl_flags "$node"
      _describe -o flag flags
    fi
  fi
}

if [[ $funcstack[1] == _rootctl ]]; then
  _rootctl "$@"
else
  compdef _rootctl rootctl
fi
`;
