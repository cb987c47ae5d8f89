// Bundles the extension into one file, or the tests into out/test: `node esbuild.mjs [production|tests]`.
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const mode = process.argv[2] ?? "development";
const common = { bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "warning" };

if (mode === "tests") {
    rmSync("out/test", { recursive: true, force: true });
    const tests = readdirSync("test").filter((name) => name.endsWith(".test.ts"));
    await build({ ...common, entryPoints: tests.map((name) => `test/${name}`), outdir: "out/test", sourcemap: "inline" });
} else {
    const production = mode === "production";
    rmSync("out/extension.js.map", { force: true });
    const { metafile } = await build({
        ...common,
        entryPoints: ["src/extension.ts"],
        outfile: "out/extension.js",
        external: ["vscode"],
        minify: production,
        sourcemap: !production,
        metafile: true,
    });
    for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) {
        copyFileSync(`../../${name}`, `out/${name}.txt`);
    }
    writeFileSync("out/THIRD-PARTY.txt", thirdParties(Object.keys(metafile.inputs)));
}

/** The licences of the packages that are in the bundle, which each asks to be told with it. */
function thirdParties(inputs) {
    const folders = inputs.map((input) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]);
    const packages = [...new Set(folders.filter((folder) => folder !== undefined))].sort();
    return packages.map(notice).join(`\n${"-".repeat(80)}\n\n`);
}

function notice(folder) {
    const { name, version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) {
        throw new Error(`${name} has no licence in its folder`);
    }
    return `${name} ${version} (${license})\n\n${readFileSync(path.join(folder, file), "utf8").trim()}\n`;
}
