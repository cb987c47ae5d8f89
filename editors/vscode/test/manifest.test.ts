import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { suite, test } from "node:test";

interface Manifest {
    readonly version: string;
    readonly engines: { readonly vscode: string };
    readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: string[] } };
    readonly contributes: {
        readonly languages: readonly { readonly firstLine: string }[];
        readonly commands: readonly { readonly command: string; readonly title: string }[];
        readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
        readonly semanticTokenScopes: readonly { readonly scopes: Readonly<Record<string, string[]>> }[];
    };
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const { contributes } = manifest;
const settings = Object.keys(contributes.configuration.properties);
const readme = readFileSync("README.md", "utf8");
const source = readdirSync("src").map((name) => readFileSync(`src/${name}`, "utf8")).join("\n");

suite("the manifest", () => {
    test("has the version of the program", () => {
        const version = /^version = "([^"]*)"$/m.exec(readFileSync("../../Cargo.toml", "utf8"))?.[1];
        assert.equal(manifest.version, version);
    });

    test("declares the commands that are registered", () => {
        const registered = [...source.matchAll(/registerCommand\("([^"]*)"/g)].map(([, name]) => name);
        assert.deepEqual(registered.sort(), contributes.commands.map(({ command }) => command).sort());
    });

    test("declares no setting that nothing reads", () => {
        for (const setting of settings.filter((name) => name !== "evigraph.trace.server")) {
            const [section = "", ...rest] = setting.split(".").slice(1);
            assert.match(source, new RegExp(`"${[section, ...rest].join("\\.")}"|"${section}"`), setting);
        }
    });

    test("is what the README says", () => {
        for (const name of [...settings.map((setting) => `\`${setting}\``), ...contributes.commands.map(({ title }) => `*evigraph: ${title}*`)]) {
            assert.ok(readme.includes(name), name);
        }
    });

    test("keeps the choice of a program from workspaces that are not trusted", () => {
        assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes("evigraph.server.path"));
    });

    test("names scopes that the grammar has", () => {
        const grammar = readFileSync("syntaxes/evigraph.tmLanguage.json", "utf8");
        for (const scope of contributes.semanticTokenScopes.flatMap(({ scopes }) => Object.values(scopes).flat())) {
            assert.ok(grammar.includes(`"${scope}"`), scope);
        }
    });

    test("knows a case by its first line", () => {
        const firstLine = new RegExp(contributes.languages[0]?.firstLine ?? "");
        for (const line of ["Case(", "\uFEFFCase (title", "#![enable(implicit_some)] Case("]) {
            assert.match(line, firstLine);
        }
        for (const line of ["// Case(", "Scene(Case(", "Cases(", "#![enable(implicit_some)]"]) {
            assert.doesNotMatch(line, firstLine);
        }
    });
});
