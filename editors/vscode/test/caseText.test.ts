import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { suite, test } from "node:test";
import { idAt, includesOf, opensCase } from "../src/caseText";

const GRAPHS = path.resolve("../../graphs");

suite("which texts are cases", () => {
    test("every shipped case file is one", () => {
        const files = readdirSync(GRAPHS, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ron"));
        assert.ok(files.length > 11);
        for (const file of files) {
            assert.ok(opensCase(readFileSync(path.join(GRAPHS, file), "utf8")), file);
        }
    });

    test("comments, a byte-order mark and headers may come first", () => {
        for (const text of [
            "Case(",
            "\uFEFF  Case (\n",
            "// Case of the ferry\n\nCase(",
            "/* one /* two */ Other( */Case(",
            "#![enable(implicit_some)]\r\n// why\r\n#![enable(unwrap_newtypes)]\nCase(title: \"x\")",
        ]) {
            assert.ok(opensCase(text), text);
        }
    });

    test("other RON files are not", () => {
        for (const text of [
            "",
            "Case",
            "(title: \"x\")",
            "Cases(",
            "CaseFile(x: 1)",
            "// Case(\nScene(",
            "/* Case( Case(",
            "\"Case(\"",
            "#![disable(x)]\nCase(",
            "GameConfig( window_size: (800, 600), case: Case(title: \"x\") )",
        ]) {
            assert.ok(!opensCase(text), text);
        }
    });

    test("a hostile text takes no more time than a long one", () => {
        assert.ok(!opensCase("/*".repeat(1_000_000)));
        assert.ok(!opensCase("#![enable(".repeat(1_000_000)));
    });
});

suite("which id a cursor means", () => {
    /** The id at the place of `|`. */
    const at = (marked: string): string | undefined => {
        const offset = marked.indexOf("|");
        return idAt(marked.slice(0, offset) + marked.slice(offset + 1), offset);
    };

    test("the one that it is on, wherever in it", () => {
        for (const marked of ['claims: {|"sailed": (', 'claims: {"sai|led": (', 'claims: {"sailed"|: (', 'to: r#"sai|led"#']) {
            assert.equal(at(marked), "sailed", marked);
        }
        assert.equal(at('{"a": (rivals: ["b", "|c-1.x"])}'), "c-1.x");
    });

    test("in an entry, that of the entry", () => {
        const entries = (inside: string): string => `Case(claims: {"first": (text: "One."), "second": (${inside}), "third": ()})`;
        for (const inside of ['|text: "Two."', 'text: "Two wo|rds."', 'evidence: [Supports(from: "x", as: Acc|ount)]', '// "x|"\n']) {
            assert.equal(at(entries(inside)), "second", inside);
        }
    });

    test("none between entries, in a title, or in an empty file", () => {
        for (const marked of ["|", 'Case(|title: "A ferry")', 'Case(claims: {"a": (), | "b": ()})', 'Case(title: "no |id here")']) {
            assert.equal(at(marked), undefined, marked);
        }
    });

    test("what looks like one in a comment or another text is none", () => {
        assert.equal(at('{"a": (note: "say \\"b\\" | now")}'), "a");
        assert.equal(at('{"a": (/* "b": ( */ |)}'), "a");
        assert.equal(at('{"a": (text: "line one\n\\"b\\": (", |)}'), "a");
    });

    test("in any script, in composed form", () => {
        assert.equal(at('{"fa\u0308h|re": ()}'), "f\u00E4hre");
        assert.equal(at('{"हिन्दी|": ()}'), "हिन्दी");
    });

    test("in half-typed files, what stands before the cursor counts", () => {
        assert.equal(at('Case(claims: {"a": (text: "A", evidence: [Supports(from: |'), "a");
        assert.equal(at('Case(claims: {"a": (text: "A|'), "a");
        assert.equal(at("}}))|"), undefined);
    });
});

suite("which files a case includes", () => {
    test("those of the list, in its order", () => {
        assert.deepEqual(includesOf('Case(includes: ["a.ron", /* no */ "b/c.ron", r"d.ron",], title: "x")'), ["a.ron", "b/c.ron", "d.ron"]);
        assert.deepEqual(includesOf('// includes: ["a.ron"]\nCase(title: "includes: [", claims: {"includes": (about: ["x"])})'), []);
        assert.deepEqual(includesOf('Case(includes: ["a.ron", "b.r'), ["a.ron", "b.r"]);
    });

    test("every part of the shipped cases is reached", () => {
        for (const name of ["contra-record", "declassified"]) {
            const parts = readdirSync(path.join(GRAPHS, name)).filter((part) => part !== "case.ron");
            assert.deepEqual(includesOf(readFileSync(path.join(GRAPHS, name, "case.ron"), "utf8")).sort(), parts.sort());
        }
    });
});
