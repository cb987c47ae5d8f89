(struct_name (identifier) @type)
(struct_entry (identifier) @property)
(enum_variant) @variant
(unit_struct) @constant
(string) @string
(escape_sequence) @string.escape
(char) @string
(integer) @number
(float) @number
(boolean) @boolean
[(line_comment) (block_comment)] @comment
["," ":"] @punctuation.delimiter
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
; Behind the rule for texts, which it overrides.
(map_entry . (string) @function)
