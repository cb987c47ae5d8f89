import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";

interface Grammar {
    readonly repository: Readonly<Record<string, { readonly begin?: string; readonly match?: string } | undefined>>;
}

const grammar = JSON.parse(readFileSync("syntaxes/evigraph.tmLanguage.json", "utf8")) as Grammar;
const format = readFileSync("../../docs/format.md", "utf8");

/** The names of a pattern's alternatives: `(a|b)`. */
function alternatives(pattern: string | undefined): string[] {
    return [...(pattern ?? "").matchAll(/\(([a-z_]+(?:\|[a-z_]+)*)\)/g)].flatMap(([, names = ""]) => names.split("|"));
}

/** The fields of docs/format.md whose second column satisfies a condition. */
function fields(takes: (text: string) => boolean): string[] {
    const rows = format.matchAll(/^\| (?<names>`[^|]*`) \| (?<takes>[^|]*) \|/gm);
    return [...rows]
        .filter(({ groups }) => takes(groups?.["takes"] ?? ""))
        .flatMap(({ groups }) => [...(groups?.["names"] ?? "").matchAll(/`([a-z_]+)`/g)].map(([, name = ""]) => name));
}

suite("the grammar and docs/format.md", () => {
    test("agree on the fields that take ids", () => {
        const documented = new Set(fields((takes) => /^(?:the )?ids? of/.test(takes)));
        // “the one of them that decides the answer”: an id too, in other words.
        documented.add("headline");
        assert.deepEqual(alternatives(grammar.repository["reference-field"]?.begin).sort(), [...documented].sort());
    });

    test("agree on the sections", () => {
        const sections = new Set(fields((takes) => takes === "maps from ids to entries"));
        assert.equal(sections.size, 6);
        sections.add("report").add("thresholds");
        assert.deepEqual(alternatives(grammar.repository["section-field"]?.match).sort(), [...sections].sort());
    });
});
