/** What the server answers in words, as read-only documents that follow the case: each is asked for again on every save. */

import * as vscode from "vscode";
import { idAt } from "./caseText";
import { LANGUAGE } from "./caseFiles";
import type { Server } from "./server";

const SCHEME = "evigraph";
/** A language without a grammar, for which the manifest turns on what suits a text that is read and not written. */
const ANSWER = "evigraph-answer";

interface Question {
    readonly command: string;
    readonly args: unknown[];
    readonly title: string;
}

export class Answers implements vscode.TextDocumentContentProvider, vscode.Disposable {
    private readonly questions = new Map<string, Question>();
    private readonly texts = new Map<string, string>();
    private readonly changed = new vscode.EventEmitter<vscode.Uri>();
    private readonly registrations: vscode.Disposable;
    readonly onDidChange = this.changed.event;

    constructor(private readonly server: Server) {
        this.registrations = vscode.Disposable.from(
            this.changed,
            vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
            vscode.workspace.onDidCloseTextDocument(({ uri, languageId }) => {
                // A change of language is told as closing too, with the language that was there before.
                if (languageId !== "plaintext") {
                    this.forget(uri);
                }
            }),
            vscode.workspace.onDidSaveTextDocument(({ languageId }) => {
                if (languageId === LANGUAGE) {
                    void this.refresh();
                }
            }),
        );
    }

    dispose(): void {
        this.registrations.dispose();
    }

    provideTextDocumentContent(uri: vscode.Uri): string {
        return this.texts.get(uri.toString()) ?? "";
    }

    /** Why the verdict on the id at the cursor is what it is. */
    async showWhyAtCursor(): Promise<void> {
        const editor = caseEditor();
        if (editor === undefined) {
            return;
        }
        const { document, selection } = editor;
        const found = idAt(document.getText(), document.offsetAt(selection.active));
        const id = found ?? (await vscode.window.showInputBox({ prompt: "Why is the verdict on this id what it is?" }));
        if (id !== undefined && id !== "") {
            await this.show("evigraph.why", [document.uri.toString(), id]);
        }
    }

    /** The case as an article, rendered. */
    async showReport(): Promise<void> {
        const editor = caseEditor();
        if (editor !== undefined) {
            await this.show("evigraph.report", [editor.document.uri.toString()]);
        }
    }

    /** Carries out a command of the server and shows what it answers; what it refuses is shown as an error. */
    async show(command: string, args: unknown[]): Promise<void> {
        try {
            const question = { command, args, title: titleOf(command, args) };
            const uri = uriOf(question);
            this.texts.set(uri.toString(), await this.server.ask(command, args));
            this.questions.set(uri.toString(), question);
            this.changed.fire(uri);
            await open(command, uri);
        } catch (error) {
            void vscode.window.showErrorMessage(`evigraph: ${error instanceof Error ? error.message : String(error)}`);
        }
    }

    /** Asks again for everything that is open; what the server cannot answer now keeps its former text. */
    private async refresh(): Promise<void> {
        for (const [key, { command, args }] of this.questions) {
            const text = await this.server.ask(command, args).catch(() => undefined);
            if (text !== undefined && this.questions.has(key)) {
                this.texts.set(key, text);
                this.changed.fire(vscode.Uri.parse(key, true));
            }
        }
    }

    private forget(uri: vscode.Uri): void {
        this.questions.delete(uri.toString());
        this.texts.delete(uri.toString());
    }
}

function caseEditor(): vscode.TextEditor | undefined {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.languageId === LANGUAGE) {
        return editor;
    }
    void vscode.window.showInformationMessage("evigraph: open a case first.");
    return undefined;
}

async function open(command: string, uri: vscode.Uri): Promise<void> {
    if (command === "evigraph.report") {
        await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
        return;
    }
    const document = await vscode.languages.setTextDocumentLanguage(await vscode.workspace.openTextDocument(uri), ANSWER);
    await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside, true);
}

function titleOf(command: string, args: unknown[]): string {
    const [, id] = args;
    return command === "evigraph.why" ? `Why ${typeof id === "string" ? id : ""}.txt` : "Report.md";
}

/** The query keeps apart the answers of cases in which the same ids occur. */
function uriOf({ title, args }: Question): vscode.Uri {
    return vscode.Uri.from({ scheme: SCHEME, path: `/${title}`, query: JSON.stringify(args) });
}
