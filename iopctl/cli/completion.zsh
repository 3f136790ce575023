#compdef iopctl
# Completion of iopctl in zsh: the program itself tells what can stand where the cursor is.
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
_iopctl() {
    local answer line value
    local -a values shown open openshown
    if ! answer=$(_IOPCTL_COMPLETE=zsh _IOPCTL_LINE="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX" \
        $words[1] 2>/dev/null); then
        _files # a file is wanted
        return
    fi
    for line in ${(f)answer}; do
        value=${line%%$'\t'*}
        line=${line/$'\t'/ -- }
        if [[ $value == *[=:] ]]; then open+=($value) openshown+=($line); else values+=($value) shown+=($line); fi
    done
    (( $#values )) && compadd -l -d shown -a values
    (( $#open )) && compadd -l -S '' -d openshown -a open
    return 0
}
compdef _iopctl iopctl
