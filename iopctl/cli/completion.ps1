# Completion of iopctl in PowerShell: the program itself tells what can stand where the cursor is.
Register-ArgumentCompleter -Native -CommandName iopctl -ScriptBlock {
    param($word, $ast, $position)
    $Env:_IOPCTL_COMPLETE = "powershell"
    $Env:_IOPCTL_LINE = $ast.ToString().PadRight($position).Substring(0, $position)
    iopctl 2>$null | ForEach-Object {
        $value, $help = $_ -split "`t", 2
        if (-not $help) { $help = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
    }
    Remove-Item Env:_IOPCTL_COMPLETE, Env:_IOPCTL_LINE
}
