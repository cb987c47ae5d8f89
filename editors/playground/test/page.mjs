// The playground in Chromium, as somebody uses it. `node page.mjs FOLDER CHROMIUM [PICTURES]`
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { deflateRawSync } from "node:zlib";
import { Chromium } from "./chromium.mjs";

const [folder, program, pictures] = process.argv.slice(2);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };
/** An engine that does what a test wants instead of the one that was built. */
let otherEngine;
const asked = [];

const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const name = new URL(request.url, "http://localhost").pathname.replace(/^\/sub\/playground\//, "") || "index.html";
    try {
        const body = name === "engine.wasm" && otherEngine !== undefined ? otherEngine : readFileSync(path.join(folder, path.basename(name)));
        response.writeHead(200, { "content-type": TYPES[path.extname(name)] ?? "text/plain" });
        response.end(body);
    } catch {
        response.writeHead(404).end();
    }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const home = `http://127.0.0.1:${server.address().port}/sub/playground/`;
const browser = new Chromium(program);
await browser.page(1280, 800);

const text = () => browser.evaluate(`[...document.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\\n")`);
const words = (selector) => browser.evaluate(`document.querySelector(${JSON.stringify(selector)})?.textContent ?? ""`);
const press = (selector) => browser.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`);
/** Waits until everything is there that is made of the text as it stands. */
const settled = () => browser.until(`document.body.dataset.shown !== undefined && document.body.dataset.shown === document.body.dataset.working`);

async function open(address) {
    await browser.send("Page.navigate", { url: "about:blank" });
    await browser.until(`location.href === "about:blank"`);
    await browser.send("Page.navigate", { url: home + address });
    await browser.until(`document.body?.dataset.ready === "true"`);
    await settled();
}

/** Where a word of the text is on the screen. */
async function place(word) {
    const found = await browser.evaluate(`(() => {
        for (const line of document.querySelectorAll(".cm-line")) {
            const start = line.textContent.indexOf(${JSON.stringify(word)});
            if (start === -1) continue;
            const nodes = [], walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) nodes.push(walk.currentNode);
            const set = (method, at) => {
                for (const node of nodes) {
                    if (at <= node.length) return range[method](node, at);
                    at -= node.length;
                }
            };
            const range = document.createRange();
            set("setStart", start);
            set("setEnd", start + ${word.length});
            const all = [...range.getClientRects()], last = all[all.length - 1];
            return { right: last.right - 0.5, x: (last.left + last.right) / 2, y: (last.top + last.bottom) / 2 };
        }
    })()`);
    assert.ok(found, `${word} is on the screen`);
    return found;
}

/** Puts the cursor behind a word of the text. */
async function behind(word) {
    // What is told of the words where the pointer rests may lie over others.
    await browser.point(5, 5);
    await browser.until(`!document.querySelector(".cm-tooltip-hover")`);
    const { right, y } = await place(word);
    await browser.click(right, y);
}

/** Keeps every question from the engines until `release()`; meanwhile no time passes, so that none is stopped as too long. */
const hold = () => browser.evaluate(`(() => {
    const { postMessage } = Worker.prototype, now = performance.now();
    window.held = [];
    performance.now = () => now;
    Worker.prototype.postMessage = function (message) { held.push({ worker: this, message }); };
    window.release = () => {
        delete performance.now;
        Worker.prototype.postMessage = postMessage;
        for (const { worker, message } of held) worker.postMessage(message);
    };
})()`);

/** Chooses files for *Open…*. */
const choose = (files) => browser.evaluate(`(() => {
    const [chooser, chosen] = [document.getElementById("chooser"), new DataTransfer()];
    for (const [name, text] of ${JSON.stringify(files)}) chosen.items.add(new File([text], name));
    chooser.files = chosen.files;
    chooser.dispatchEvent(new Event("change"));
})()`);

const complete = () => browser.send("Input.dispatchKeyEvent", { type: "keyDown", key: " ", code: "Space", windowsVirtualKeyCode: 32, modifiers: 2 });

async function picture(name) {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await new Promise((resolve) => setTimeout(resolve, 500));
    writeFileSync(path.join(pictures, `${name}.png`), await browser.picture());
}

const steps = {
    async "a first case is there, with its verdict and its picture"() {
        await open("");
        assert.match(await text(), /"newspaper"/);
        await browser.until(`document.querySelector('.evigraph-page [data-part="title"]').textContent.startsWith("Was the bridge")`);
        const explorer = await browser.frame(`document.querySelectorAll("g.node").length > 2`);
        assert.match(await browser.evaluate(`document.querySelector('g.node[data-id="closed"]').querySelector("title").textContent`, explorer), /supported: established/);
        await picture("wide");
    },

    async "a click on a box shows where it is written, and a source can be switched off"() {
        // Until its frame is the one that is shown, nobody listens to it.
        await browser.until(`document.querySelector(".evigraph-page").dataset.explorer !== undefined`);
        const explorer = await browser.frame(`document.querySelectorAll("g.node").length > 2`);
        await browser.evaluate(`document.querySelector('g.node[data-id="closed"]').dispatchEvent(new MouseEvent("click", { bubbles: true }))`, explorer);
        await browser.until(`document.querySelector(".cm-activeLine")?.textContent.includes('"closed"')`);
        await browser.evaluate(`(() => { const off = document.getElementById("source-off"); off.value = "minutes"; off.dispatchEvent(new Event("change")); })()`, explorer);
        await browser.frame(`document.querySelector('g.node[data-id="closed"] g.change')?.textContent.includes("not enough")`);
        await picture("what-if");
    },

    async "a slip is marked, explained and mended, and what was switched off stays off"() {
        await behind('from: "newspaper');
        await browser.type("s");
        await browser.until(`document.querySelector(".cm-lintRange-error")`);
        await browser.until(`document.querySelector('.evigraph-page [data-part="banner"]').textContent.includes("1 error")`);
        const { x, y } = await place("newspapers");
        await browser.point(x, y);
        await browser.until(`document.querySelector(".cm-tooltip .cm-diagnosticAction")`);
        assert.match(await words(".cm-tooltip .cm-diagnosticText"), /did you mean `newspaper`\?/);
        await picture("slip");
        await press(".cm-tooltip .cm-diagnosticAction");
        await browser.until(`!document.querySelector(".cm-lintRange-error")`);
        assert.doesNotMatch(await text(), /newspapers/);
        await settled();
        await browser.frame(`document.querySelector('g.node[data-id="closed"] g.change')?.textContent.includes("not enough")`);
    },

    async "an edit changes a verdict, and the page says which"() {
        await behind('"minutes", as: Finding');
        for (let letter = 0; letter < "Finding".length; letter += 1) await browser.press("Backspace");
        await browser.type("Allegation");
        await browser.until(`document.querySelector('.evigraph-page [data-part="changes"]').textContent.includes("closed")`);
        await settled();
        assert.equal(await words('.evigraph-page [data-part="count"]') !== "", await browser.evaluate(`document.querySelectorAll(".evigraph-page .remarks > .warning, .evigraph-page .remarks > .error").length > 0`));
    },

    async "ids are proposed where an id stands"() {
        await behind('Supports(from: "minutes');
        for (let letter = 0; letter < "es".length; letter += 1) await browser.press("Backspace");
        await complete();
        await browser.until(`[...document.querySelectorAll(".cm-tooltip-autocomplete li")].some((choice) => choice.textContent.includes("minutes"))`);
        await picture("completion");
        // A list that has just come takes no key, lest somebody who types takes what has not been seen.
        await new Promise((resolve) => setTimeout(resolve, 300));
        await browser.press("Enter");
        assert.match(await text(), /Supports\(from: "minutes", as: Allegation/);
        await settled();
    },

    async "an id tells its verdict where the pointer rests"() {
        const { x, y } = await place('"closed"');
        await browser.point(5, 5);
        await browser.point(x, y);
        await browser.until(`document.querySelector(".cm-tooltip .hover")?.textContent.includes("case for")`);
        await picture("hover");
    },

    async "the text is laid out anew"() {
        await behind("Case(");
        await browser.type("      ");
        await press("#format");
        await browser.until(`document.getElementById("status").textContent === "Laid out anew."`);
        assert.match(await text(), /^Case\($/m);
        await settled();
    },

    async "the case is in the link, and comes out of it"() {
        const shared = await text();
        await press("#share");
        await browser.until(`location.hash.startsWith("#case=")`);
        const link = await browser.evaluate(`location.hash`);
        await open(link);
        assert.equal(await text(), shared);
        await browser.until(`document.getElementById("status").textContent.includes("of the link")`);
    },

    async "a link that holds no case, or one without end, is refused"() {
        for (const packed of ["", "A", "AAAA", "%41", deflateRawSync(Buffer.alloc(40_000_000)).toString("base64url"), deflateRawSync(`{"files":{"a":1},"opened":"a"}`).toString("base64url")]) {
            await open(`#case=${packed}`);
            await browser.until(`document.getElementById("status").textContent.includes("no case that can be read")`);
            assert.match(await text(), /"newspaper"/);
        }
    },

    async "words of a stranger's case stay words"() {
        const bad = `<img src=x onerror=alert(1)><script>alert(1)</script>`;
        const written = JSON.stringify(bad);
        const hostile = { files: { "case.ron": `Case(title: ${written}, documents: {"d": (title: ${written})}, claims: {"c": (text: ${written}, evidence: [Supports(from: "x<img src=x>")])})` }, opened: "case.ron" };
        await open(`#case=${deflateRawSync(JSON.stringify(hostile)).toString("base64url")}`);
        await browser.until(`document.querySelector(".evigraph-page .remarks .error")`);
        assert.equal(await browser.evaluate(`document.querySelectorAll("img, .evigraph-page script").length`), 0);
    },

    async "a case of several files has a tab for each"() {
        await browser.evaluate(`(() => { const menu = document.getElementById("cases"); menu.value = [...menu.options].find((one) => one.text.includes("declassified") || one.text.includes("CIA")).value; menu.dispatchEvent(new Event("change")); })()`);
        await settled();
        assert.equal(await browser.evaluate(`document.querySelectorAll("#files button").length`), 7);
        await browser.frame(`document.querySelectorAll("g.node").length > 10`);
        assert.equal(await words('.evigraph-page [aria-selected="true"]'), "Picture", "a broken case was shown before");
        await picture("files");
        await browser.evaluate(`[...document.querySelectorAll("#files button")].find((one) => one.textContent === "sources.ron").click()`);
        await browser.until(`document.querySelector('#files [aria-pressed="true"]').textContent === "sources.ron"`);
        await browser.press("Home", 2);
        await browser.type("x");
        await browser.until(`document.querySelector("#files .broken")?.textContent === "sources.ron"`);
        await browser.press("z", 2);
        await browser.until(`!document.querySelector("#files .broken")`);
        await settled();
    },

    async "what an edit has changed is said, though another comes while it is worked out"() {
        await open("");
        await behind('"minutes", as: Finding');
        for (let letter = 0; letter < "Finding".length; letter += 1) await browser.press("Backspace");
        await settled();
        await hold();
        await browser.type("Allegation");
        await browser.until(`held.some(({ message: { question } }) => question.ask === "show" && Object.values(question.files)[0].includes("as: Allegation"))`);
        const working = await browser.evaluate(`document.body.dataset.working`);
        await browser.type(" ");
        await browser.until(`document.body.dataset.working !== ${JSON.stringify(working)}`);
        await browser.evaluate(`(() => {
            const changes = document.querySelector('.evigraph-page [data-part="changes"]');
            window.said = [];
            new MutationObserver(() => said.push(changes.textContent)).observe(changes, { childList: true });
            release();
        })()`);
        await settled();
        await browser.until(`said.at(-1)?.includes("left every verdict")`);
        assert.match((await browser.evaluate(`said`)).at(-2) ?? "", /closed: /);
    },

    async "what mends one text does nothing to another"() {
        await open("");
        await behind('from: "newspaper');
        await browser.type("s");
        await browser.until(`document.querySelector(".cm-lintRange-error")`);
        await settled();
        const fix = async () => {
            const { x, y } = await place("newspapers");
            await browser.point(5, 5);
            await browser.point(x, y);
            await browser.until(`window.fix = document.querySelector(".cm-tooltip .cm-diagnosticAction")`);
        };
        await fix();
        const working = await browser.evaluate(`document.body.dataset.working`);
        await hold();
        await browser.press("Home");
        await browser.type("  ");
        const edited = await text();
        await browser.evaluate(`fix.click()`);
        assert.equal(await text(), edited);
        await browser.evaluate(`release()`);
        await browser.until(`document.body.dataset.working !== ${JSON.stringify(working)}`);
        await settled();
        await fix();
        await browser.evaluate(`fix.click()`);
        assert.equal(await text(), edited.replace("newspapers", "newspaper"));
        await settled();
    },

    async "files of the device are opened, in JSON as well"() {
        const part = `// Part of it.\nCase(title: "Part", documents: {"d": (title: "D")})`;
        const whole = JSON.stringify({ title: "Of the device", includes: ["part.ron"], claims: { c: { text: "C", evidence: [{ supports: { from: "d" } }] } } }, null, 2);
        await choose([["part.ron", part], ["case.json", whole]]);
        await browser.until(`document.querySelector('#files [aria-pressed="true"]')?.textContent === "case.json"`);
        await settled();
        assert.equal(await words('.evigraph-page [data-part="title"]'), "Of the device");
        assert.equal(await browser.evaluate(`document.querySelectorAll("#files .broken").length`), 0);
        await behind('"from": "d');
        await complete();
        await browser.type("d");
        await browser.until(`document.querySelector("#files .broken")?.textContent === "case.json"`);
        assert.equal(await browser.evaluate(`document.querySelectorAll(".cm-tooltip-autocomplete li").length`), 0, "RON is proposed in JSON");
        await browser.press("Backspace");
        await settled();
    },

    async "what cannot be opened is said, and the text stays"() {
        const before = await text();
        const refused = async (files, why) => {
            await choose(files);
            await browser.until(`document.getElementById("status").textContent.startsWith("Nothing was opened: ")`);
            assert.match(await words("#status"), why);
            assert.equal(await text(), before);
            assert.equal(await browser.evaluate(`document.getElementById("chooser").value`), "");
            await browser.evaluate(`document.getElementById("status").textContent = ""`);
        };
        await refused(Array.from({ length: 201 }, (_, at) => [`${at}.ron`, ""]), /200 files at most/);
        await refused([["a.ron", " ".repeat(4_000_001)]], /too large for the playground/);
        await browser.evaluate(`File.prototype.text = () => Promise.reject(new DOMException("it is gone", "NotFoundError"))`);
        await refused([["a.ron", "Case()"]], /it is gone/);
    },

    async "on a phone the text and the result take turns"() {
        await browser.resize(390, 844);
        await open("");
        // The case before was changed, so that leaving it was asked about.
        assert.ok(browser.events.some(({ method, params }) => method === "Page.javascriptDialogOpening" && params.type === "beforeunload"));
        const fits = () => browser.evaluate(`document.documentElement.scrollWidth <= 390`);
        assert.ok(await fits(), "the text fits");
        await picture("phone-text");
        await press("#show-result");
        await browser.until(`document.getElementById("result").offsetWidth > 300 && document.getElementById("text").offsetWidth === 0`);
        assert.ok(await fits(), "the result fits");
        const explorer = await browser.frame(`document.querySelectorAll("g.node").length > 2`);
        assert.ok(await browser.evaluate(`document.documentElement.scrollWidth <= innerWidth`, explorer), "the picture fits");
        await picture("phone-result");
        await press("#show-text");
        await browser.until(`document.getElementById("text").offsetWidth > 300`);
        await browser.resize(1280, 800);
    },

    async "everything can be reached by keyboard"() {
        await open("");
        await browser.evaluate(`document.getElementById("cases").focus()`);
        const reached = [];
        for (let steps = 0; steps < 8; steps += 1) {
            reached.push(await browser.evaluate(`document.activeElement.id || document.activeElement.className`));
            await browser.press("Tab");
        }
        for (const one of ["cases", "load", "format", "share", "download", "cm-content", "tab-picture"]) {
            assert.ok(reached.some((name) => name.includes(one)), `${one} is among ${reached.join(", ")}`);
        }
    },

    async "nothing was asked of any other place, and nothing but the page's own files"() {
        const requests = browser.events.filter(({ method }) => method === "Network.requestWillBeSent").map(({ params }) => params.request);
        const others = requests.filter(({ url }) => !url.startsWith(home) && !/^(?:data|blob|about):/.test(url));
        assert.deepEqual(others.map(({ url }) => url), []);
        const own = new Set(["", "page.css", "playground.css", "page.js", "playground.js", "engine.wasm"].map((name) => `GET /sub/playground/${name}`));
        assert.deepEqual(asked.filter((one) => !own.has(one)), []);
        const sent = await browser.evaluate(`fetch("http://127.0.0.1:9/", { method: "POST", body: "case" }).then(() => "sent", () => "refused")`);
        assert.equal(sent, "refused");
        const complaints = browser.events.filter(({ method, params }) =>
            method === "Runtime.exceptionThrown" || (method === "Log.entryAdded" && params.entry.level === "error" && !params.entry.text.includes("127.0.0.1:9")));
        assert.deepEqual(complaints.map(({ params }) => params.entry?.text ?? params.exceptionDetails.exception?.description), []);
    },

    async "an engine that ends is started again, and the text stays"() {
        otherEngine = engineThat([0x00]);
        await open("");
        assert.match(await words("#status"), /The engine ended, and starts again with the next change/);
        assert.match(await text(), /"newspaper"/);
    },

    async "an engine that cannot be started is not started again and again"() {
        otherEngine = engineThat([0x00], true);
        const source = `window.started = 0; window.Worker = class extends Worker { constructor(...given) { super(...given); started += 1; } }`;
        const { identifier } = await browser.send("Page.addScriptToEvaluateOnNewDocument", { source });
        await open("");
        await browser.send("Page.removeScriptToEvaluateOnNewDocument", { identifier });
        assert.match(await words("#status"), /The engine ended, and starts again with the next change/);
        await new Promise((resolve) => setTimeout(resolve, 1000));
        // One for each engine, and at most one more for each of the two questions.
        assert.ok(await browser.evaluate(`started >= 2 && started <= 4`));
    },

    async "an engine that takes too long is stopped"() {
        otherEngine = engineThat([0x03, 0x40, 0x0c, 0x00, 0x0b]);
        await open("");
        assert.match(await words("#status"), /it took more than 20 seconds/);
        assert.match(await words('.evigraph-page [data-part="banner"]'), /it took more than 20 seconds/);
    },
};

/** A module with the functions of the engine, in which `ask` does what is given, perhaps as soon as it is made. */
function engineThat(ask, isAtStart = false) {
    const name = (text) => [text.length, ...Buffer.from(text)];
    const section = (id, ...content) => [id, content.length, ...content];
    return Buffer.from([
        0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
        ...section(1, 2, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 0, 0),
        ...section(3, 2, 0, 1),
        ...section(5, 1, 0, 17),
        ...section(7, 3, ...name("memory"), 2, 0, ...name("room"), 0, 0, ...name("ask"), 0, 1),
        ...(isAtStart ? section(8, 1) : []),
        ...section(10, 2, 4, 0, 0x41, 0, 0x0b, ask.length + 2, 0, ...ask, 0x0b),
    ]);
}

try {
    for (const [name, step] of Object.entries(steps)) {
        await step();
        console.log(`ok: ${name}`);
    }
} catch (error) {
    await picture("failed");
    throw error;
} finally {
    await browser.close();
    server.close();
}
