// The colours of a case file. What a word means is for the engine to say; this tells texts, names, words and numbers apart.
import { HighlightStyle, StreamLanguage, syntaxHighlighting, type StringStream } from "@codemirror/language";
import { tags } from "@lezer/highlight";

interface State {
    /** How many comments within comments are open. */
    comments: number;
    /** What ends the text that is open. */
    text: string | undefined;
}

function inComment(stream: StringStream, state: State): string {
    while (!stream.eol() && state.comments > 0) {
        if (stream.match("*/")) state.comments -= 1;
        else if (stream.match("/*")) state.comments += 1;
        else stream.next();
    }
    return "comment";
}

function inText(stream: StringStream, state: State, end: string): string {
    while (!stream.eol()) {
        if (stream.match(end)) {
            state.text = undefined;
            break;
        }
        if (stream.next() === "\\" && end === '"') stream.next();
    }
    return "string";
}

function token(stream: StringStream, state: State): string | null {
    if (state.comments > 0) return inComment(stream, state);
    if (state.text !== undefined) return inText(stream, state, state.text);
    if (stream.eatSpace()) return null;
    if (stream.match("//")) {
        stream.skipToEnd();
        return "comment";
    }
    if (stream.match("/*")) {
        state.comments = 1;
        return inComment(stream, state);
    }
    if (stream.match(/^"[^"\\]*"(?=\s*:)/)) return "definition";
    const raw = stream.match(/^r(#*)"/) as RegExpMatchArray | null;
    if (raw ?? stream.match('"')) {
        state.text = `"${raw?.[1] ?? ""}`;
        return inText(stream, state, state.text);
    }
    if (stream.match(/^[+-]?[0-9][0-9_]*(?:\.[0-9]+)?/)) return "number";
    if (stream.match(/^(?:Supports|Opposes)\b/)) return "keyword";
    if (stream.match(/^\p{Lu}[\p{L}\p{N}_]*/u)) return "typeName";
    if (stream.match(/^[\p{L}_][\p{L}\p{N}_]*(?=\s*:)/u)) return "propertyName";
    if (stream.match(/^[\p{L}_][\p{L}\p{N}_]*/u)) return "variableName";
    stream.next();
    return null;
}

const language = StreamLanguage.define<State>({
    name: "evigraph",
    startState: () => ({ comments: 0, text: undefined }),
    token,
    languageData: { commentTokens: { line: "//" }, closeBrackets: { brackets: ["(", "[", "{", '"'] } },
    tokenTable: { definition: tags.definition(tags.variableName) },
});

const colours = HighlightStyle.define([
    { tag: tags.comment, color: "var(--comment)", fontStyle: "italic" },
    { tag: tags.string, color: "var(--text)" },
    { tag: tags.definition(tags.variableName), color: "var(--id)", fontWeight: "bold" },
    { tag: tags.number, color: "var(--number)" },
    { tag: tags.keyword, color: "var(--keyword)", fontWeight: "bold" },
    { tag: tags.typeName, color: "var(--keyword)" },
    { tag: tags.propertyName, color: "var(--field)" },
]);

export const caseLanguage = [language, syntaxHighlighting(colours)];
