// What reads words of a stranger's case is linear in them, and reads them right. `node unit.mjs`
import assert from "node:assert/strict";
import vm from "node:vm";
import { build } from "esbuild";

/** Elements, as far as they are used. */
class Element {
    children = [];
    constructor(name) {
        this.name = name;
    }
    append(...children) {
        this.children.push(...children);
    }
    set textContent(text) {
        this.children = [text];
    }
    /** As HTML, in which no text is escaped. */
    toString() {
        return `<${this.name}>${this.children.join("")}</${this.name}>`;
    }
}

const document = { createElement: (name) => new Element(name) };
const context = vm.createContext({ document });
const contents = `export { markdown } from "./web/markdown.ts"; export { toOpen } from "./web/opened.ts";`;
const bundle = { bundle: true, write: false, format: "iife", globalName: "tested" };
const { outputFiles } = await build({ ...bundle, stdin: { contents, resolveDir: `${import.meta.dirname}/..` } });
vm.runInContext(outputFiles[0].text, context);

/** What a function gives. What is linear takes far less than a second; what is not would take many minutes. */
function call(name, ...args) {
    context.args = args;
    return vm.runInContext(`tested.${name}(...args)`, context, { timeout: 60_000 });
}

const LENGTH = 400_000;
const many = (text) => text.repeat(LENGTH / text.length);

const html = (text) => String(call("markdown", text)).replace(/^<div>(.*)<\/div>$/s, "$1");
for (const [text, expected] of [
    ["# A `b`\n\nc **d** e\nf\n\n---\n\n- g\n- h", "<h4>A <code>b</code></h4><p>c <strong>d</strong> e f</p><hr><ul><li>g</li><li>h</li></ul>".replace("<hr>", "<hr></hr>")],
    ["```console\n$ a\n\n# b\n```\nc", "<pre>$ a\n\n# b</pre><p>c</p>"],
    ["```\na", "<pre>a</pre>"],
    ["**\\`a\\` \\*\\*b\\[c\\](d) \\\\**", "<p><strong>`a` **b[c](d) \\</strong></p>"],
    ["**a [b](c) `d**`**", "<p><strong>a b <code>d**</code></strong></p>"],
    ["a ** b", "<p>a ** b</p>"],
    ["**a** ** b", "<p><strong>a</strong> ** b</p>"],
    ["a [b] (c) `d &lt;e&gt; &amp;lt;", "<p>a [b] (c) `d <e> &lt;</p>"],
]) {
    assert.equal(html(text), expected, text);
}
for (const part of ["[", "[a](", "`", "``a", "*", "**", "**a", "***a", "\\", "\\`", "\\**", "[a]", "]", "(", "# ", "-", "- ", "```\n", "```a\n", "```  ", "\n", " ", "&", "&lt;"]) {
    for (const text of [many(part), `# ${many(part)}\na`, `**${many(part)}`, `\`\`\`\n${many(part)}`]) call("markdown", text);
}

const opened = (...texts) => call("toOpen", texts);
assert.equal(opened(["b.ron", "Case()"], ["case.ron", ""]), "case.ron");
assert.equal(opened(["a.ron", "Case()"], ["case.json", "{}"]), "case.json");
assert.equal(opened(["a.txt", "a"], ["b.json", "{}"]), "b.json");
assert.equal(opened(["a.txt", "a"], ["b", "\uFEFF\n {}"]), "b");
assert.equal(opened(["a.ron", "(claims: {})"], ["b.ron", "\uFEFF#![enable(implicit_some)]\n// Case\n/* a /* b */ c */ Case ("]), "b.ron");
assert.equal(opened(["a.ron", "a"], ["b.ron", "// Case()"]), "a.ron");
assert.equal(opened(["a.ron", "a"], ["b.ron", "/* Case( */ (claims: {})"]), "a.ron");
assert.equal(opened(), undefined);
for (const part of ["/", "//", "// a\n", "/*", "/**/", "*/", "/*/", " ", "\n", "#![", "#![a]", "Case ", "// /*"]) {
    for (const text of [many(part), `Case${many(part)}`, `#![${many(part)}`, `/*${many(part)}`]) assert.equal(opened(["a", ""], ["b", text]), "a");
}
console.log("what reads words of a case is linear in them, and reads them right");
