# A module of its own: none may have a command of its own name, and this file is called as the program is.
module completions {
    # What can stand at the cursor, as the program says for fish: a value, a tab, what it means.
    def "complete evigraph" [spans: list<string>] {
        let offered = with-env { EVIGRAPH_COMPLETE: fish } { ^evigraph -- ...$spans }
        | lines
        | each {|line|
            let parts = $line | split row --number 2 "\t"
            { value: $parts.0, description: ($parts.1? | default "") }
        }
        # Where it has nothing to offer, Nushell offers files.
        if ($offered | is-empty) { null } else { $offered }
    }

    @complete "complete evigraph"
    export extern evigraph []
}

export use completions *
