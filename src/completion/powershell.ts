import {
  commandCases,
  type Described,
  flagCases,
  flagsEverywhere,
  type Grammar,
  operandCases,
  valueCases,
} from './grammar.ts';

/** A word of PowerShell, whatever is in it: five characters end a text between single quotes, and doubled they do not. */
const quoted = (text: string): string => `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/gu, '$&$&')}'`;

const described = (all: readonly Described[], indent: string): string =>
  all.map(({ name, about }) => `${indent}${quoted(name)} = ${quoted(about)}`).join('\n');

/** For Windows PowerShell 5.1 and PowerShell 7: to be run by the profile. */
export const powershell = (grammar: Grammar): string => `# PowerShell completion of rootctl

Register-ArgumentCompleter -Native -CommandName rootctl -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # What follows a flag, by 'COMMAND FLAG'; '*' is any command.
    $takesOf = @{
${valueCases(grammar)
  .flatMap(({ keys, offer }) => keys.map(({ path, flag }) => `        ${quoted(`${path} ${flag}`)} = ${quoted(offer)}`))
  .join('\n')}
    }

    # What the operands of a command are; 'one' is the first only.
    $operandOf = @{
${operandCases(grammar)
  .map(({ path, isRepeated, offer }) => `        ${quoted(path)} = ${quoted(`${isRepeated ? 'all' : 'one'} ${offer}`)}`)
  .join('\n')}
    }

    $commandsOf = @{
${commandCases(grammar)
  .map(
    ({ path, commands }) => `        ${quoted(path)} = [ordered]@{\n${described(commands, ' '.repeat(12))}\n        }`,
  )
  .join('\n')}
    }

    $flagsOf = @{
${flagCases(grammar)
  .map(({ path, flags }) => `        ${quoted(path)} = [ordered]@{\n${described(flags, ' '.repeat(12))}\n        }`)
  .join('\n')}
    }

    $flagsEverywhere = [ordered]@{
${described(flagsEverywhere(grammar), ' '.repeat(8))}
    }
${engine}`;

const engine = `
    $typed = $wordToComplete -replace '["'']', ''
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
    })
    $base = if ($env:XDG_STATE_HOME) { $env:XDG_STATE_HOME } else { Join-Path (Join-Path $HOME '.local') 'state' }
    $state = Join-Path $base 'rootctl'
    $listing = if (@('1', 'true') -ccontains $env:ROOTCTL_SANDBOX -or $words -ccontains '--sandbox') { 'sandbox' } else { 'aws' }

    # Where the command line has got to.
    $node = ''
    $pending = ''
    $ended = $false
    $count = 0
    foreach ($word in $words) {
        if ($pending) { $pending = '' }
        elseif ($ended) { $count++ }
        elseif ($word -ceq '--') { $ended = $true }
        elseif ($word -like '--*=*') { }
        elseif ($word -like '-?*') {
            $pending = $takesOf["$node $word"]
            if (-not $pending) { $pending = $takesOf["* $word"] }
        }
        elseif ($count -eq 0 -and $commandsOf[$node] -and $commandsOf[$node].Contains($word)) { $node = "$node $word".Trim() }
        else { $count++ }
    }

    # What was listed last, and nothing of it is ever run: pairs of a text and what it is.
    $listed = {
        param($kind)
        $file = Join-Path (Join-Path $state 'completion') "$listing.tsv"
        if (-not (Test-Path -LiteralPath $file -PathType Leaf)) { return }
        foreach ($line in [System.IO.File]::ReadAllLines($file, [System.Text.Encoding]::UTF8)) {
            $id, $name, $path = $line.Split([char]9)
            if ($kind -eq 'ids' -and $id -match '^\\d{12}$') { , @($id, "$name  $path".Trim()) }
            elseif ($kind -eq 'names' -and $id -match '^\\d{12}$' -and $name) { , @($name, $id) }
            elseif ($kind -eq 'units' -and $id -match '^ou-') { , @($path, $id) }
            elseif ($kind -eq 'organization' -and $id -match '^o-') { , @($id, $id) }
        }
    }
    $inTable = {
        param($table)
        if ($table) { foreach ($key in $table.Keys) { , @($key, $table[$key]) } }
    }
    $offer = {
        param($takes)
        $kind, $all = $takes -split ' '
        switch ($kind) {
            { $_ -in 'words', 'list' } { foreach ($one in $all) { , @($one, $one) } }
            'written' { foreach ($one in $all) { , @("$one=", $one) } }
            { $_ -in 'accounts', 'account-lists' } { & $listed 'ids' }
            'exclusions' { & $listed 'ids'; & $listed 'names'; & $listed 'units' }
            { $_ -in 'names', 'units', 'organization' } { & $listed $kind }
            'runs' {
                Get-ChildItem -LiteralPath (Join-Path $state 'runs') -Filter '*.jsonl' -ErrorAction SilentlyContinue |
                    Sort-Object -Property Name -Descending | ForEach-Object { , @($_.BaseName, $_.BaseName) }
            }
        }
    }

    $before = ''
    $takes = ''
    if ($pending) {
        $takes = $pending
        $found = @(& $offer $pending)
    }
    elseif (-not $ended -and $typed -match '^--[^=]+=') {
        $before = $Matches[0]
        $flag = $before.TrimEnd('=')
        $takes = $takesOf["$node $flag"]
        if (-not $takes) { $takes = $takesOf["* $flag"] }
        $found = @(if ($takes) { & $offer $takes })
    }
    elseif (-not $ended -and $typed -like '-*') { $found = @(& $inTable $flagsOf[$node]; & $inTable $flagsEverywhere) }
    else {
        $range, $rest = "$($operandOf[$node])" -split ' ', 2
        $found = @(
            if ($count -eq 0 -and -not $ended) { & $inTable $commandsOf[$node] }
            if ($rest -and ($range -eq 'all' -or $count -eq 0)) {
                $takes = $rest
                & $offer $rest
            }
        )
        if (-not $typed -and -not $ended -and -not $rest -and -not $commandsOf[$node]) { $found = @(& $inTable $flagsOf[$node]; & $inTable $flagsEverywhere) }
    }
    if ($takes -match '^(list|account-lists)\\b' -and $typed.Substring($before.Length) -match '^.*,') { $before += $Matches[0] }

    foreach ($pair in $found) {
        $text = $before + $pair[0]
        if (-not $text.StartsWith($typed, [System.StringComparison]::OrdinalIgnoreCase)) { continue }
        $shown = if ($pair[0]) { $pair[0] } else { $text }
        $about = if ($pair[1]) { $pair[1] } else { $shown }
        if ($text -notmatch '^[A-Za-z0-9_./=-]+$') {
            $text = "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($text) + "'"
        }
        [System.Management.Automation.CompletionResult]::new($text, $shown, 'ParameterValue', $about)
    }
}
`;
