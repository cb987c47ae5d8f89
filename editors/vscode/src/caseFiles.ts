/**
 * Which files are cases. `.ron` belongs to no one program, so the manifest claims only `case.ron` and `*.case.ron`, and
 * files whose first line is `Case(`. A case usually begins with comments, which the editor's own look at the first line
 * does not get past: what opens as RON or as plain text is looked at here. A language that somebody has chosen by hand stays.
 */

import * as vscode from "vscode";
import { opensCase } from "./caseText";

export const LANGUAGE = "evigraph";

/** Languages that a `.ron` file has where nobody has decided anything. */
const UNDECIDED = new Set(["ron", "plaintext"]);

export function recogniseCases(): vscode.Disposable {
    // An editor tells of a change of language as of a document that is closed and opened again: it is the same object.
    const seen = new WeakSet<vscode.TextDocument>();
    const look = (document: vscode.TextDocument): void => {
        if (!seen.has(document)) {
            seen.add(document);
            if (UNDECIDED.has(document.languageId) && isCase(document)) {
                void vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
            }
        }
    };
    vscode.workspace.textDocuments.forEach(look);
    return vscode.workspace.onDidOpenTextDocument(look);
}

function isCase(document: vscode.TextDocument): boolean {
    return isNamedInSettings(document) || (document.uri.path.endsWith(".ron") && opensCase(document.getText()));
}

function isNamedInSettings(document: vscode.TextDocument): boolean {
    const patterns = vscode.workspace.getConfiguration("evigraph", document).get<string[]>("caseFiles", []);
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    return patterns.some((pattern) => {
        const glob = folder === undefined ? pattern : new vscode.RelativePattern(folder, pattern);
        return vscode.languages.match({ pattern: glob }, document) > 0;
    });
}
