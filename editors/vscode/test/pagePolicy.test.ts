import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { hasStrictPolicy } from "../src/pagePolicy";

const STRICT =
    "default-src 'none'; script-src 'sha256-AAAA='; style-src 'sha256-BBBB='; font-src data:; base-uri 'none'; form-action 'none'";

function page(policy: string, before = ""): string {
    return `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n${before}<meta http-equiv="Content-Security-Policy" content="${policy}">\n</head></html>`;
}

suite("which pages are shown", () => {
    test("those with the policy of the explorer", () => {
        assert.ok(hasStrictPolicy(page(STRICT)));
    });

    test("the policy that the program writes is that one", () => {
        const source = readFileSync("../../src/diagram/html.rs", "utf8");
        const written = /http-equiv=\\"Content-Security-Policy\\" content=\\"([^"]*)\\"/.exec(source)?.[1] ?? "";
        const policy = written.replace(/\\\n\s*/g, "").replaceAll("{SCRIPT_HASH}", "AAAA=").replaceAll("{STYLE_HASH}", "BBBB=");
        assert.ok(hasStrictPolicy(page(policy)), policy);
    });

    test("none that lets anything else in", () => {
        for (const policy of [
            "",
            "script-src 'sha256-AAAA='",
            STRICT.replace("default-src 'none'", "default-src *"),
            STRICT.replace("'sha256-AAAA='", "'unsafe-inline'"),
            STRICT.replace("'sha256-AAAA='", "'sha256-AAAA=' https://example.org"),
            STRICT.replace("font-src data:", "font-src https:"),
            `${STRICT}; connect-src *`,
            `${STRICT}; script-src 'sha256-CCCC='`,
            `script-src *; ${STRICT}`,
        ]) {
            assert.ok(!hasStrictPolicy(page(policy)), policy);
        }
    });

    test("none with something before its policy, or no policy", () => {
        assert.ok(!hasStrictPolicy(page(STRICT, "<script>1</script>")));
        assert.ok(!hasStrictPolicy("<!doctype html>\n<html><head></head></html>"));
        assert.ok(!hasStrictPolicy(`<!-- ${page(STRICT)} -->`));
    });
});
