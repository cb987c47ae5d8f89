// What axe-core finds wrong with the pages that the program writes, for those who do not see them or have no mouse: nothing.
// `node access.mjs PROGRAM CHROMIUM`
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { Chromium } from "./chromium.mjs";

const [program, chromium] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const graphs = path.resolve(import.meta.dirname, "../../../graphs");
const folder = mkdtempSync(path.join(tmpdir(), "evigraph-access-"));
const browser = new Chromium(chromium);
await browser.page(1280, 800);

/** Everything of the guidelines up to level AA (WCAG 2.2), and what is good practice besides. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What is wrong with the page as it stands: each rule, with the elements that break it. */
async function found() {
    const run = `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) =>
        violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ": " + node.html.slice(0, 160))))`;
    return browser.evaluate(run);
}

async function examine(name, file, states) {
    for (const [width, height] of [[1280, 800], [390, 844]]) {
        await browser.resize(width, height);
        for (const state of ["", ...states]) {
            await browser.send("Page.navigate", { url: "about:blank" });
            await browser.until(`location.href === "about:blank"`);
            await browser.send("Page.navigate", { url: `file://${file}${state}` });
            await browser.until(`document.readyState === "complete" && (!document.getElementById("case") || document.body.dataset.ready === "yes")`);
            await browser.evaluate(`${axe}; true`);
            assert.deepEqual(await found(), [], `${name}${state} at ${width} points`);
        }
        console.log(`${name} at ${width} points: nothing`);
    }
}

/** The page that is to be found wrong, or the examination would be worth nothing. */
async function assertItFinds() {
    const file = path.join(folder, "wrong.html");
    writeFileSync(file, `<!doctype html><html lang="en"><title>x</title><main><h1>x</h1><button></button></main></html>`);
    await browser.send("Page.navigate", { url: `file://${file}` });
    await browser.until(`document.readyState === "complete" && document.querySelector("button")`);
    await browser.evaluate(`${axe}; true`);
    assert.ok((await found()).some((one) => one.startsWith("button-name")));
}

try {
    await assertItFinds();
    const write = (command, name, ...args) => {
        const file = path.join(folder, `${name}-${command}.html`);
        execFileSync(program, [command, path.join(graphs, name), ...args, "-o", file], { stdio: ["ignore", "ignore", "pipe"] });
        return file;
    };
    const states = ["#view=argument&choose=owner-set-it", "#view=sources&without=foreman&choose=foreman", "#view=all&verdict=supported&kind=claim&search=the", "#view=section-2"];
    await examine("the explorer", write("diagram", "law.ron"), states);
    await examine("the explorer of a large case", write("diagram", "contra-record"), ["#view=argument", "#view=actors"]);
    await examine("the report", write("report", "law.ron"), []);
    await examine("the report of a large case", write("report", "declassified"), []);
    await examine("the report on one page", write("report", "history.ron", "--short"), []);
} finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
}
