// The engine as the page has it gives the verdicts that the program gives: byte for byte, for every case of the project;
// of a case with kept copies all but the remarks, since the page has none.
// `node engine.mjs ENGINE.WASM PROGRAM`
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const [wasm, program] = process.argv.slice(2);
const root = path.resolve(import.meta.dirname, "../../..");
const module = new WebAssembly.Module(readFileSync(wasm));

/** The answers to a question, of an engine that has answered nothing before. */
function ask(question) {
    const answers = [];
    const said = (at, length) => answers.push(JSON.parse(Buffer.from(engine.memory.buffer, at, length).toString()));
    const engine = new WebAssembly.Instance(module, { page: { said } }).exports;
    const bytes = Buffer.from(JSON.stringify(question));
    // Making room may make the memory anew.
    const room = engine.room(bytes.length);
    Buffer.from(engine.memory.buffer, room, bytes.length).set(bytes);
    engine.ask();
    return answers;
}

/** What the program prints; none where it finds the case broken. */
function native(...args) {
    try {
        return execFileSync(program, args, { stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 28 }).toString();
    } catch (error) {
        if (error.status === undefined) throw error;
        return null;
    }
}

/** The files of a case that are text, as the page would have them; none where one is not. */
function files(at) {
    const isFolder = statSync(at).isDirectory();
    const names = isFolder ? readdirSync(at, { recursive: true }).filter((name) => statSync(path.join(at, name)).isFile()) : [path.basename(at)];
    const folder = isFolder ? at : path.dirname(at);
    const isText = (bytes) => Buffer.from(bytes.toString()).equals(bytes);
    // A copy that is no text is no part of what a page has.
    const texts = names.map((name) => [name, readFileSync(path.join(folder, name))]).filter(([name, bytes]) => /\.(ron|json)$/.test(name) || isText(bytes));
    return texts.every(([, bytes]) => isText(bytes)) ? { files: Object.fromEntries(texts.map(([name, bytes]) => [name, bytes.toString()])), opened: isFolder ? "case.ron" : names[0] } : null;
}

function casesOf(folder) {
    const isCase = (at) => (statSync(at).isDirectory() ? readdirSync(at).includes("case.ron") : at.endsWith(".ron"));
    return readdirSync(path.join(root, folder)).sort().map((name) => path.join(root, folder, name)).filter(isCase);
}

/** An answer as it is compared: a page has no kept copies, and so no remarks on them. */
function compared(answer, texts) {
    const keepsCopies = texts !== null && Object.values(texts.files).some((text) => /\bcopy:/.test(text));
    return keepsCopies && answer !== null ? JSON.stringify(JSON.parse(answer, (name, value) => (name === "remarks" ? undefined : value))) : answer;
}

const counts = { same: 0, broken: 0, "not text": 0 };
for (const at of ["graphs", "tests/cases", "tests/bad"].flatMap(casesOf)) {
    const texts = files(at);
    const expected = native("verdict", at, "--format", "json");
    const [answer] = texts === null ? [null] : ask({ ask: "verdicts", ...texts });
    if (compared(answer?.text ?? null, texts) !== compared(expected, texts)) throw new Error(`${at}: ${JSON.stringify(answer).slice(0, 2000)}\nis not\n${String(expected).slice(0, 2000)}`);
    counts[texts === null ? "not text" : expected === null ? "broken" : "same"] += 1;
}
if (counts.same < 70) throw new Error(`only ${counts.same} cases have verdicts`);
console.log(`the engine and the program give the same verdicts: ${JSON.stringify(counts)}`);
