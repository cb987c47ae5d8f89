import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { caseRoot } from "../src/caseRoot";

suite("which case a file belongs to", () => {
    const including = (...paths: string[]): string => `Case(title: "x", includes: [${paths.map((one) => `"${one}"`).join(", ")}])`;
    const root = (file: string, boundary: string | undefined, files: Record<string, string>): string =>
        caseRoot(file, boundary, (one) => files[one]);

    test("that of the nearest case.ron upwards that includes it", () => {
        const files = { "/w/case.ron": including("a/claims.ron", "b/claims.ron"), "/w/a/case.ron": including("claims.ron") };
        assert.equal(root("/w/a/claims.ron", "/w", files), "/w/a/case.ron");
        assert.equal(root("/w/b/claims.ron", "/w", files), "/w/case.ron");
        assert.equal(root("/w/a/case.ron", "/w", files), "/w/a/case.ron");
    });

    test("also by way of other files, and of files that include each other", () => {
        const files = {
            "/w/case.ron": including("parts/one.ron"),
            "/w/parts/one.ron": including("./two.ron", "../case.ron"),
            "/w/parts/two.ron": including("one.ron", "deep/three.ron"),
        };
        assert.equal(root("/w/parts/deep/three.ron", "/w", files), "/w/case.ron");
        assert.equal(root("/w/parts/four.ron", "/w", files), "/w/parts/four.ron");
    });

    test("a case that stands beside another is its own", () => {
        assert.equal(root("/w/ferry.ron", "/w", { "/w/case.ron": including("claims.ron") }), "/w/ferry.ron");
        assert.equal(root("/w/ferry.ron", "/w", { "/w/case.ron": 'Case(title: "ferry.ron") // includes: ["ferry.ron"]' }), "/w/ferry.ron");
        assert.equal(root("/ferry.ron", "/", {}), "/ferry.ron");
    });

    test("nothing above the workspace counts", () => {
        const files = { "/w/case.ron": including("a/ferry.ron") };
        assert.equal(root("/w/a/ferry.ron", "/w/a", files), "/w/a/ferry.ron");
        assert.equal(root("/w/a/ferry.ron", undefined, files), "/w/case.ron");
    });
});
