// The Markdown of completions and hovers as elements: what comes of it is text, never markup of a case.

/** Headings, lists, rules, code and paragraphs with bold words and code in them. */
export function markdown(text: string): HTMLElement {
    const root = make("div", "markdown");
    const blocks: (string | undefined)[] = text.split(/(^```[\s\S]*?^```\s*$)|\n{2,}/m);
    root.append(...blocks.flatMap((block = "") => (block.trim() === "" ? [] : [blockOf(block)])));
    return root;
}

function blockOf(block: string): HTMLElement {
    const fenced = /^```[^\n]*\n([\s\S]*?)\n?```\s*$/.exec(block);
    if (fenced) return make("pre", undefined, fenced[1] ?? "");
    if (/^-{3,}\s*$/.test(block)) return make("hr");
    const heading = /^#+ +(.*)$/.exec(block);
    if (heading) return inline(make("h4"), heading[1] ?? "");
    const lines = block.trim().split("\n");
    if (!lines.every((line) => line.startsWith("- "))) return inline(make("p"), lines.join(" "));
    const list = make("ul");
    list.append(...lines.map((line) => inline(make("li"), line.slice(2))));
    return list;
}

function inline(into: HTMLElement, text: string): HTMLElement {
    const plain = (words: string) => words.replace(/\\([!-/:-@[-`{-~])/g, "$1").replace(/&(?:lt|gt|amp);/g, entity);
    let from = 0;
    for (const found of text.matchAll(/`([^`]+)`|\*\*(.+?)\*\*|\[([^\]]*)\]\([^)]*\)/g)) {
        into.append(plain(text.slice(from, found.index)));
        const [whole, code, bold, link] = found;
        if (code !== undefined) into.append(make("code", undefined, code));
        else if (bold !== undefined) into.append(inline(make("strong"), bold));
        else into.append(plain(link ?? ""));
        from = found.index + whole.length;
    }
    into.append(plain(text.slice(from)));
    return into;
}

const entity = (name: string) => ({ "&lt;": "<", "&gt;": ">", "&amp;": "&" })[name] ?? name;

function make(name: string, className?: string, text?: string): HTMLElement {
    const element = document.createElement(name);
    if (className !== undefined) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
}
