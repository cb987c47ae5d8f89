/** Puts the parts together. The server is started with the first case that is opened, not with every RON file. */

import * as vscode from "vscode";
import { Answers } from "./answers";
import { LANGUAGE, recogniseCases } from "./caseFiles";
import { Previews } from "./preview";
import { Server } from "./server";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
    const running: Server = new Server((command, args) => answers.show(command, args));
    const answers: Answers = new Answers(running);
    const previews = new Previews();
    const startFor = ({ languageId }: vscode.TextDocument): void => {
        if (languageId === LANGUAGE) {
            void running.start();
        }
    };
    server = running;
    context.subscriptions.push(
        answers,
        previews,
        recogniseCases(),
        vscode.workspace.onDidOpenTextDocument(startFor),
        vscode.workspace.onDidGrantWorkspaceTrust(() => running.restartIfStarted()),
        vscode.workspace.onDidChangeConfiguration((change) => {
            if (change.affectsConfiguration("evigraph.server.path")) {
                void running.restartIfStarted();
            } else if (change.affectsConfiguration("evigraph")) {
                running.refreshHints();
            }
        }),
        vscode.commands.registerCommand("evigraph.showWhy", () => answers.showWhyAtCursor()),
        vscode.commands.registerCommand("evigraph.showReport", () => answers.showReport()),
        vscode.commands.registerCommand("evigraph.showPreview", () => previews.show()),
        vscode.commands.registerCommand("evigraph.restartServer", () => running.restart()),
    );
    vscode.workspace.textDocuments.forEach(startFor);
}

export async function deactivate(): Promise<void> {
    await server?.stop();
}
