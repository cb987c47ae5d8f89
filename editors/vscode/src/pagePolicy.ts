/**
 * The explorer brings its own content security policy, which allows exactly its own script and style, by their hashes.
 * A page without such a policy is not shown: what wrote it is not the program that this extension knows.
 */

const META = /^<!doctype html>\s*<html[^>]*>\s*<head>\s*<meta charset="?utf-8"?>\s*<meta\s+http-equiv="Content-Security-Policy" content="([^"]*)">/i;
const STRICT = new Map<string, RegExp>([
    ["default-src", /^'none'$/],
    ["script-src", /^'sha256-[A-Za-z0-9+/=]+'$/],
    ["style-src", /^'sha256-[A-Za-z0-9+/=]+'$/],
    ["font-src", /^data:$/],
    ["img-src", /^data:$/],
    ["base-uri", /^'none'$/],
    ["form-action", /^'none'$/],
]);

/** Whether a page can load nothing from anywhere, and run only one script that its policy names by its hash. */
export function hasStrictPolicy(html: string): boolean {
    const policy = META.exec(html)?.[1];
    if (policy === undefined) {
        return false;
    }
    const directives = policy.split(";").map((directive) => directive.trim().split(/\s+/));
    const names = directives.map(([name]) => name);
    return (
        names.includes("default-src") &&
        new Set(names).size === names.length &&
        directives.every(([name = "", ...values]) => STRICT.get(name)?.test(values.join(" ")) ?? false)
    );
}
