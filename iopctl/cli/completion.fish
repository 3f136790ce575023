# Completion of iopctl in fish: the program itself tells what can stand where the cursor is.
function __iopctl_complete
    set -l line (commandline -cp | string collect)
    set -l answer (env _IOPCTL_COMPLETE=fish _IOPCTL_LINE="$line" iopctl 2>/dev/null)
    if test $status -ne 0 # a file is wanted
        __fish_complete_path (commandline -ct)
        return
    end
    for each in $answer
        echo $each
    end
end
complete --command iopctl --no-files --arguments '(__iopctl_complete)'
