// Bundles the page into a folder: `node esbuild.mjs FOLDER`. The engine is put there by build.sh.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const out = process.argv[2];
const root = path.resolve("../..");
const read = (...parts) => readFileSync(path.join(root, ...parts), "utf8");

/** Every text of a folder, by its path in there. */
function texts(folder) {
    const names = readdirSync(folder, { recursive: true }).sort();
    const text = (name) => [name.replaceAll("\\", "/"), readFileSync(path.join(folder, name), "utf8")];
    return Object.fromEntries(names.filter((name) => name.endsWith(".ron")).map(text));
}

/** The title that a case has, which is the first text in it. */
function title(text) {
    const found = /^\s*title:\s*"((?:[^"\\]|\\.)*)"/m.exec(text);
    if (found === null) throw new Error("a worked case has no title");
    return JSON.parse(`"${found[1]}"`);
}

/** A case for the menu: a file, or a folder with a `case.ron`. */
function worked(at) {
    const isFolder = statSync(at).isDirectory();
    const files = isFolder ? texts(at) : { [path.basename(at)]: readFileSync(at, "utf8") };
    const opened = isFolder ? "case.ron" : path.basename(at);
    return { title: title(files[opened]), files: { files, opened } };
}

/** The worked cases of the project, and what `evigraph new` starts from. */
function cases() {
    return { "Worked cases": casesIn("graphs"), "To start from": casesIn("src/cli/templates") };
}

/** The cases of a folder, the smallest first: that of the first is what somebody sees who comes for the first time. */
function casesIn(name) {
    const folder = path.join(root, name);
    const names = existsSync(folder) ? readdirSync(folder) : [];
    const all = names.map((name) => worked(path.join(folder, name)));
    const size = ({ files }) => Object.values(files.files).join("").length;
    return all.sort((one, other) => size(one) - size(other));
}

const options = { bundle: true, format: "iife", target: ["chrome111", "firefox113", "safari16.4"], minify: true, logLevel: "warning", legalComments: "none" };

/** Modules that are made here and written nowhere. */
const made = {
    name: "made",
    setup(builder) {
        builder.onResolve({ filter: /^playground:/ }, ({ path: name }) => ({ path: name, namespace: "made" }));
        builder.onLoad({ filter: /cases$/, namespace: "made" }, () => ({ contents: JSON.stringify(cases()), loader: "json" }));
        builder.onLoad({ filter: /worker$/, namespace: "made" }, async () => {
            const { outputFiles } = await build({ ...options, entryPoints: ["web/worker.ts"], write: false });
            return { contents: outputFiles[0].text, loader: "text" };
        });
    },
};

/** What the page may do: run its own scripts, that of the picture and the engine, and get its own files. */
function policy() {
    const explorer = createHash("sha256").update(read("src/diagram/explorer/explorer.js")).digest("base64");
    return [
        "default-src 'none'",
        `script-src 'self' 'wasm-unsafe-eval' 'sha256-${explorer}'`,
        "style-src 'self' 'unsafe-inline'",
        "font-src data:",
        "img-src data:",
        "connect-src 'self'",
        "worker-src blob:",
        "base-uri 'none'",
        "form-action 'none'",
    ].join("; ");
}

mkdirSync(out, { recursive: true });
const { metafile } = await build({ ...options, entryPoints: ["web/main.ts"], outfile: path.join(out, "playground.js"), plugins: [made], metafile: true });
for (const name of ["page.js", "page.css"]) copyFileSync(path.join(root, "src/page/shell", name), path.join(out, name));
copyFileSync("web/playground.css", path.join(out, "playground.css"));
for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(path.join(root, name), path.join(out, `${name}.txt`));
const page = { policy: policy(), page: read("src/page/shell/body.html") };
writeFileSync(path.join(out, "index.html"), readFileSync("web/index.html", "utf8").replace(/\{\{(\w+)\}\}/g, (_, name) => page[name]));
writeFileSync(path.join(out, "THIRD-PARTY.txt"), thirdParties(Object.keys(metafile.inputs)));

/** The licences of what is in the page and in the engine, which each asks to be told with it. */
function thirdParties(inputs) {
    const folders = inputs.map((input) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]);
    const packages = [...new Set(folders.filter((folder) => folder !== undefined))].sort();
    const ofPage = packages.map((folder) => ({ folder, ...JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) }));
    return [...ofPage, ...crates()].map(notice).join(`\n${"-".repeat(80)}\n\n`);
}

/** The crates that the engine is made of, but for those of this project. */
function crates() {
    const args = ["metadata", "--format-version", "1", "--locked", "--filter-platform", "wasm32-unknown-unknown"];
    const { packages, resolve } = JSON.parse(execFileSync("cargo", args, { maxBuffer: 1 << 28 }));
    const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
    const found = new Set();
    const waiting = [resolve.root];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        if (found.has(id)) continue;
        found.add(id);
        const isIn = ({ dep_kinds: kinds }) => kinds.some(({ kind }) => kind === null);
        waiting.push(...nodes.get(id).deps.filter(isIn).map(({ pkg }) => pkg));
    }
    const others = packages.filter(({ id, source }) => found.has(id) && source !== null);
    return others.map((one) => ({ folder: path.dirname(one.manifest_path), ...one })).sort((one, other) => (one.name < other.name ? -1 : 1));
}

function notice({ folder, name, version, license }) {
    const files = readdirSync(folder).filter((entry) => /^(?:licen[cs]e|copying|notice)/i.test(entry) && statSync(path.join(folder, entry)).isFile());
    const texts = files.sort().map((file) => readFileSync(path.join(folder, file), "utf8").trim());
    return [`${name} ${version} (${license})`, ...texts].join("\n\n") + "\n";
}
