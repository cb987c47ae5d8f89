// Which of some files is the case, as far as their names and first words tell. They may come from anybody: whatever is in
// them, this reads over each once.

/** The file to open, of some that were chosen together. */
export function toOpen(texts: (readonly [string, string])[]): string | undefined {
    const named = (wanted: string) => texts.find(([name]) => name === wanted);
    const found = named("case.ron") ?? named("case.json") ?? texts.find(([name, text]) => isCase(name, text)) ?? texts[0];
    return found?.[0];
}

function isCase(name: string, text: string): boolean {
    // As the engine tells the two notations apart: by the ending, and by the first bracket where there is none.
    if (/\.json$/i.test(name) || (!name.includes(".") && text.trimStart().startsWith("{"))) return true;
    const word = /Case\s*\(/y;
    word.lastIndex = behindComments(text);
    return word.test(text);
}

/** Where a text begins to say something: behind blanks (a byte-order mark is one), comments and `#![…]`. */
function behindComments(text: string): number {
    const skipped = /\s+|\/\/[^\n]*|#!\[[^\]]*\]/y;
    let at = 0;
    for (;;) {
        skipped.lastIndex = at;
        if (skipped.test(text)) at = skipped.lastIndex;
        else if (text.startsWith("/*", at)) at = behindComment(text, at);
        else return at;
    }
}

/** The end of a comment, which may have others in it. */
function behindComment(text: string, at: number): number {
    const bracket = /\/\*|\*\//g;
    bracket.lastIndex = at;
    let open = 0;
    do {
        const found = bracket.exec(text);
        if (found === null) return text.length;
        open += found[0] === "/*" ? 1 : -1;
    } while (open > 0);
    return bracket.lastIndex;
}
