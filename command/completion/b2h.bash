# Completion of b2h(1) for bash.

_b2h_operands() {
    case $1 in
    register | mint) [[ $2 == --profile ]] && COMPREPLY=($(compgen -W 'eudat-v1 rda-kernel-information' -- "$3")) ;;
    loc) COMPREPLY=($(compgen -W 'list has add exchange remove' -- "$3")) ;;
    key) COMPREPLY=($(compgen -W 'show convert public value certificate fingerprint fetch' -- "$3")) ;;
    esac
}

_b2h_options() {
    local own=
    case $1 in
    get | loc) own='--authenticated --authoritative' ;;
    register) own='--overwrite --values --profile' ;;
    modify) own='--values --existing --add --force-admin' ;;
    unset) own='--force-admin' ;;
    delete) own='--yes' ;;
    search) own='--prefix --limit --records' ;;
    list) own='--limit' ;;
    mint) own='--values --profile --prefix --by-server' ;;
    key) own='--output --handle --encrypt --passphrase-file --new-passphrase-file --index --server --resolver' ;;
    esac
    COMPREPLY=($(compgen -W "--credentials --json --quiet --timeout --log --help --version $own" -- "$2"))
}

_b2h() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} subcommand= at
    local subcommands='check get register modify unset delete loc search list mint key'

    COMPREPLY=()
    for ((at = 1; at < COMP_CWORD; at++)); do
        case ${COMP_WORDS[at]} in
        -c | --credentials | -t | --timeout | --log) ((at++)) ;;
        -*) ;;
        *)
            subcommand=${COMP_WORDS[at]}
            break
            ;;
        esac
    done
    case $previous in
    --log) COMPREPLY=($(compgen -W 'error warning info debug' -- "$current")) ;;
    -c | --credentials | --values | -o | --output | --passphrase-file | --new-passphrase-file | --resolver)
        COMPREPLY=($(compgen -f -- "$current"))
        ;;
    -t | --timeout | -n | --limit | --prefix | --index | --server) ;;
    --profile) _b2h_operands "$subcommand" "$previous" "$current" ;;
    *)
        if [[ $current == -* ]]; then
            _b2h_options "$subcommand" "$current"
        elif [[ -z $subcommand ]]; then
            COMPREPLY=($(compgen -W "$subcommands" -- "$current"))
        elif [[ $previous == "$subcommand" ]]; then
            _b2h_operands "$subcommand" "$previous" "$current"
        fi
        ;;
    esac
}

complete -o default -F _b2h b2h
