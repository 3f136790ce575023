# Completion of iopctl in bash: the program itself tells what can stand where the cursor is.
_iopctl_completion() {
    local IFS=$'\n' answer
    COMPREPLY=()
    if answer=$(_IOPCTL_COMPLETE=bash _IOPCTL_LINE=${COMP_LINE:0:COMP_POINT} _IOPCTL_BREAKS=$COMP_WORDBREAKS \
        "$1" 2>/dev/null); then
        COMPREPLY=($answer)
        case $answer in *[=:]) compopt -o nospace 2>/dev/null ;; esac
    else # a file is wanted
        compopt -o default 2>/dev/null
    fi
    return 0
}
complete -F _iopctl_completion iopctl
