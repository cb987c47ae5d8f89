// The Markdown of completions and hovers as elements: what comes of it is text, never markup of a case. Words of a case are
// in it, so that every text is read over a fixed number of times, however it is made.

/** Headings, lists, rules, code and paragraphs with bold words and code in them. */
export function markdown(text: string): HTMLElement {
    const root = make("div", "markdown");
    let [lines, isCode] = [[] as string[], false];
    const end = () => {
        if (isCode) root.append(make("pre", undefined, lines.join("\n")));
        else if (lines.length > 0) root.append(blockOf(lines));
        lines = [];
    };
    for (const line of text.split("\n")) {
        const isFence = line.startsWith("```") && (!isCode || line.trimEnd() === "```");
        if (isFence || (!isCode && line.trim() === "")) end();
        else lines.push(line);
        if (isFence) isCode = !isCode;
    }
    end();
    return root;
}

function blockOf(lines: string[]): HTMLElement {
    const [first = ""] = lines;
    if (lines.length === 1 && /^-{3,}$/.test(first.trimEnd())) return make("hr");
    if (lines.length === 1 && /^#+ /.test(first)) return inline(make("h4"), first.replace(/^#+ +/, ""));
    if (!lines.every((line) => line.startsWith("- "))) return inline(make("p"), lines.join(" "));
    const list = make("ul");
    for (const line of lines) list.append(inline(make("li"), line.slice(2)));
    return list;
}

/** What is escaped, code, the mark around bold words, links. No part of one reaches over the beginning of another. */
const MARKS = /\\[\s\S]|`([^`]+)`|(\*\*)|\[([^[\]]*)\]\([^()]*\)/g;

function inline(into: HTMLElement, text: string): HTMLElement {
    const marks = [...text.matchAll(MARKS)];
    // The last of an odd number of marks closes nothing and is closed by nothing.
    let pairs = Math.floor(marks.filter(([, , bold]) => bold !== undefined).length / 2);
    let [at, strong] = [0, undefined as HTMLElement | undefined];
    for (const { 0: whole, 1: code, 2: bold, 3: link, index } of marks) {
        if (code === undefined && link === undefined && (bold === undefined || (pairs === 0 && strong === undefined))) continue;
        const here = strong ?? into;
        here.append(plain(text.slice(at, index)));
        at = index + whole.length;
        if (code !== undefined) here.append(make("code", undefined, code));
        else if (link !== undefined) here.append(plain(link));
        else if (strong === undefined) into.append((strong = make("strong")));
        else [pairs, strong] = [pairs - 1, undefined];
    }
    into.append(plain(text.slice(at)));
    return into;
}

const plain = (words: string) => words.replace(/\\([!-/:-@[-`{-~])/g, "$1").replace(/&(?:lt|gt|amp);/g, entity);

const entity = (name: string) => ({ "&lt;": "<", "&gt;": ">", "&amp;": "&" })[name] ?? name;

function make(name: string, className?: string, text?: string): HTMLElement {
    const element = document.createElement(name);
    if (className !== undefined) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
}
