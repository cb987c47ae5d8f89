/**
 * Which case a file belongs to, by the rule of the language server: the nearest `case.ron` upwards that includes it, else
 * the file is a case of its own.
 */

import * as path from "node:path";
import { includesOf } from "./caseText";

/** The text of a file, if there is such a file. */
export type Read = (file: string) => string | undefined;

/** A case of more files is not followed further. */
const MOST_FILES = 1000;

/** The file to open; nothing above `boundary` is looked at. */
export function caseRoot(file: string, boundary: string | undefined, read: Read): string {
    for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
        const candidate = path.join(folder, "case.ron");
        if (candidate === file || reaches(candidate, file, read)) {
            return candidate;
        }
        if (folder === boundary || folder === path.dirname(folder)) {
            return file;
        }
    }
}

/** Whether one file includes another, by whatever way. */
function reaches(start: string, wanted: string, read: Read): boolean {
    const files = new Set([start]);
    for (const file of files) {
        for (const included of includesOf(read(file) ?? "")) {
            files.add(path.join(path.dirname(file), included));
        }
        if (files.has(wanted) || files.size > MOST_FILES) {
            break;
        }
    }
    return files.has(wanted);
}
