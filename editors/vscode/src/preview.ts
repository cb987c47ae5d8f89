/** The explorer of a case in a panel of the editor, drawn anew on every save. */

import { execFile } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { LANGUAGE } from "./caseFiles";
import { caseRoot } from "./caseRoot";
import { hasStrictPolicy } from "./pagePolicy";
import { binary, reportProblem } from "./server";

const run = promisify(execFile);
const LONGEST = 60_000;
const LARGEST = 64 * 1024 * 1024;

export class Previews implements vscode.Disposable {
    private readonly open = new Map<string, Preview>();
    private readonly saved = vscode.workspace.onDidSaveTextDocument((document) => {
        if (document.languageId === LANGUAGE) {
            void this.open.get(rootOf(document))?.refresh();
        }
    });

    dispose(): void {
        this.saved.dispose();
        this.open.forEach((preview) => {
            preview.panel.dispose();
        });
    }

    /** Opens the explorer of the case that the active file belongs to, or brings it to the front. */
    async show(): Promise<void> {
        const document = vscode.window.activeTextEditor?.document;
        if (document?.languageId !== LANGUAGE || document.uri.scheme !== "file") {
            void vscode.window.showInformationMessage("evigraph: open a case from the disk first.");
            return;
        }
        const root = rootOf(document);
        const preview = this.open.get(root) ?? this.create(root);
        preview.panel.reveal(undefined, true);
        await preview.refresh();
    }

    private create(root: string): Preview {
        const preview = new Preview(root);
        this.open.set(root, preview);
        preview.panel.onDidDispose(() => {
            preview.cancel();
            this.open.delete(root);
        });
        return preview;
    }
}

class Preview {
    readonly panel: vscode.WebviewPanel;
    private readonly title: string;
    private running: AbortController | undefined;
    private hasPage = false;

    constructor(private readonly root: string) {
        const name = path.basename(root);
        this.title = `Preview: ${name === "case.ron" ? path.basename(path.dirname(root)) : name}`;
        const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
        // The page holds all it needs: no file of the machine is open to it, and no command of the editor.
        const options = { enableScripts: true, enableForms: false, enableCommandUris: false, localResourceRoots: [] };
        this.panel = vscode.window.createWebviewPanel("evigraph.preview", this.title, place, {
            ...options,
            retainContextWhenHidden: true,
            enableFindWidget: true,
        });
    }

    /** Draws the case as it is on the disk; a drawing that has not ended is given up. */
    async refresh(): Promise<void> {
        this.cancel();
        const running = (this.running = new AbortController());
        const drawn = await draw(this.root, running.signal);
        if (!running.signal.aborted) {
            this.put(drawn);
        }
    }

    cancel(): void {
        this.running?.abort();
    }

    private put(drawn: Drawn): void {
        if ("page" in drawn) {
            this.hasPage = true;
            this.panel.title = this.title;
            this.panel.webview.html = drawn.page;
        } else if (this.hasPage) {
            // A case is often broken for a moment: the last picture is worth more than a message that the editor shows too.
            this.panel.title = `${this.title} (not current)`;
        } else {
            this.panel.webview.html = pageOf(drawn.problem);
        }
    }
}

type Drawn = { readonly page: string } | { readonly problem: string };

async function draw(root: string, signal: AbortSignal): Promise<Drawn> {
    const found = binary();
    if ("problem" in found) {
        void reportProblem(found.problem);
        return found;
    }
    const args = ["diagram", "--color", "never", "--format", "html", root];
    const options = { cwd: path.dirname(root), signal, timeout: LONGEST, maxBuffer: LARGEST, windowsHide: true };
    try {
        const { stdout } = await run(found.program, args, options);
        return hasStrictPolicy(stdout)
            ? { page: stdout }
            : { problem: `${found.program} wrote a page without the policy that keeps it from loading anything.` };
    } catch (error) {
        return { problem: saidBy(error) };
    }
}

function saidBy(error: unknown): string {
    const { stderr, message } = error as { stderr?: string; message?: string };
    return stderr !== undefined && stderr.trim() !== "" ? stderr : (message ?? String(error));
}

/** A page with a message, in which nothing can run. */
function pageOf(problem: string): string {
    const text = problem.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`;
    return `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n${policy}\n</head>\n<body><pre>${text}</pre></body>\n</html>\n`;
}

function rootOf(document: vscode.TextDocument): string {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.fsPath;
    return caseRoot(document.uri.fsPath, folder, read);
}

function read(file: string): string | undefined {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats?.isFile() === true && stats.size < LARGEST ? readFileSync(file, "utf8") : undefined;
}
