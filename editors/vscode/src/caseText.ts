/**
 * The little of a case's text that the editor has to understand by itself, before a server runs or where the protocol
 * has no question for it: whether a text is a case, what it includes, and which id a cursor means. All else is left to the server.
 */

type Kind = "text" | "word" | "open" | "close" | "other";

interface Token {
    readonly kind: Kind;
    readonly start: number;
    readonly end: number;
    readonly written: string;
}

/** What may stand before `Case(`: a comment as long as a foreword, but not a whole log file. */
const LONGEST_FOREWORD = 64 * 1024;

const TOKEN = /(?<text>r(?<marks>#*)"[^]*?(?:"\k<marks>|$)|"[^"\\]*(?:\\[^][^"\\]*)*(?:"|$))|(?<word>[\p{L}_][\p{L}\p{M}\p{N}_]*)|(?<open>[([{])|(?<close>[)\]}])|(?<other>\S)/uy;
const SPACE_OR_LINE_COMMENT = /(?:[\s\uFEFF]|\/\/[^\n]*)+/y;
const HEADER = /#!\[\s*enable\b[^\]\n]*\]/y;
const ID = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u;

/**
 * Whether a text is a case: `Case(` is the first thing in it, comments, a byte-order mark and `#![enable(…)]` aside.
 * No other RON file begins so by chance, and a file of a case that does not is named in the settings.
 */
export function opensCase(text: string): boolean {
    const start = text.slice(0, LONGEST_FOREWORD);
    let at = skipSpace(start, 0);
    for (let end = match(HEADER, start, at); end > at; end = match(HEADER, start, at)) {
        at = skipSpace(start, end);
    }
    if (!/^Case\b/.test(start.slice(at, at + 5))) {
        return false;
    }
    return start[skipSpace(start, at + "Case".length)] === "(";
}

/** The id that a cursor means: the one it is on, or that of the entry around it. */
export function idAt(text: string, offset: number): string | undefined {
    const owners: (string | undefined)[] = [];
    let previous: Token | undefined;
    let key: string | undefined;
    for (const token of tokens(text)) {
        const id = token.kind === "text" ? idIn(token.written) : undefined;
        if (id !== undefined && token.start <= offset && offset <= token.end) {
            return id;
        }
        if (token.start >= offset) {
            break;
        }
        if (token.written === ":") {
            key = previous?.kind === "text" ? idIn(previous.written) : undefined;
        } else if (token.kind === "open") {
            owners.push(key);
            key = undefined;
        } else if (token.kind === "close") {
            owners.pop();
        }
        previous = token;
    }
    return owners.findLast((owner) => owner !== undefined);
}

/** The paths that a file of a case includes, as they are written. */
export function includesOf(text: string): string[] {
    const opening = ["includes", ":", "["];
    const paths: string[] = [];
    let seen = 0;
    for (const { kind, written } of tokens(text)) {
        if (seen < opening.length) {
            seen = written === opening[seen] ? seen + 1 : Number(written === opening[0]);
        } else if (kind === "text") {
            paths.push(insideOf(written));
        } else if (kind === "close") {
            seen = 0;
        }
    }
    return paths;
}

function* tokens(text: string): Generator<Token> {
    for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
        TOKEN.lastIndex = at;
        const found = TOKEN.exec(text);
        if (found?.groups === undefined) {
            return;
        }
        const { groups } = found;
        const kind = (["text", "word", "open", "close"] as const).find((name) => groups[name] !== undefined) ?? "other";
        const end = at + found[0].length;
        yield { kind, start: at, end, written: found[0] };
        at = end;
    }
}

/** The id in a text with its quotation marks, if it is one. */
function idIn(written: string): string | undefined {
    const inside = insideOf(written);
    return /"#*$/.test(written) && ID.test(inside) ? inside.normalize("NFC") : undefined;
}

/** What stands between quotation marks; an id or a path has no escapes. */
function insideOf(written: string): string {
    return written.replace(/^(?:r#*)?"/, "").replace(/"#*$/, "");
}

function skipSpace(text: string, from: number): number {
    let at = from;
    for (;;) {
        const after = text.startsWith("/*", at) ? endOfComment(text, at) : match(SPACE_OR_LINE_COMMENT, text, at);
        if (after === at) {
            return at;
        }
        at = after;
    }
}

/** Behind a comment between `/*` and its answer; such comments nest. */
function endOfComment(text: string, start: number): number {
    const mark = /\/\*|\*\//g;
    mark.lastIndex = start;
    let depth = 0;
    for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
        depth += found[0] === "/*" ? 1 : -1;
        if (depth === 0) {
            return mark.lastIndex;
        }
    }
    return text.length;
}

/** Behind what a sticky pattern finds at a place, or the place itself. */
function match(pattern: RegExp, text: string, at: number): number {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : at;
}
