/** The language server: when it is started, with which program, and what the editor does not show of its answers. */

import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import * as vscode from "vscode";
import {
    CloseAction,
    CodeLensRequest,
    ErrorAction,
    type ErrorHandler,
    ExecuteCommandRequest,
    InlayHintRequest,
    LanguageClient,
    type LanguageClientOptions,
    RevealOutputChannelOn,
    type ServerOptions,
} from "vscode-languageclient/node";
import { findBinary } from "./binary";
import { LANGUAGE } from "./caseFiles";

const SELECTOR = [
    { scheme: "file", language: LANGUAGE },
    { scheme: "untitled", language: LANGUAGE },
];

/** A command that the server carries out, with what a lens or a menu gives it. */
export type OnCommand = (command: string, args: unknown[]) => Promise<void>;

export class Server implements vscode.Disposable {
    private client: Client | undefined;
    private problem = "the language server is not running";
    private starting: Promise<void> | undefined;
    private readonly output = vscode.window.createOutputChannel("evigraph", { log: true });

    /** `onCommand` shows what the server answers to its own commands, where a lens calls them. */
    constructor(private readonly onCommand: OnCommand) {}

    /** Starts the server if it has never been asked for; a failure is told once, not with every file that is opened. */
    async start(): Promise<void> {
        this.starting ??= this.launch();
        await this.starting;
    }

    async restart(): Promise<void> {
        await this.stop();
        await this.start();
    }

    /** For a change of what would be started: where no case has been opened, nothing is. */
    async restartIfStarted(): Promise<void> {
        if (this.starting !== undefined) {
            await this.restart();
        }
    }

    async stop(): Promise<void> {
        await this.starting;
        const { client } = this;
        this.client = this.starting = undefined;
        // One that has died, or never lived, cannot be stopped, and needs not be.
        await client?.dispose().catch(() => undefined);
    }

    dispose(): void {
        void this.stop().finally(() => {
            this.output.dispose();
        });
    }

    /** The text that the server answers to a command. */
    async ask(command: string, args: unknown[]): Promise<string> {
        await this.start();
        if (this.client?.isRunning() !== true) {
            throw new Error(this.problem);
        }
        const answer: unknown = await this.client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
        if (typeof answer !== "string") {
            throw new Error(`The server has no answer to “${command}”.`);
        }
        return answer;
    }

    /** Asks the editor to ask for hints and lenses again, after a setting about them has changed. */
    refreshHints(): void {
        for (const document of vscode.workspace.textDocuments.filter(({ languageId }) => languageId === LANGUAGE)) {
            this.client?.getFeature(InlayHintRequest.method).getProvider(document)?.onDidChangeInlayHints.fire();
            this.client?.getFeature(CodeLensRequest.method).getProvider(document)?.onDidChangeCodeLensEmitter.fire();
        }
    }

    private async launch(): Promise<void> {
        const found = binary();
        if ("problem" in found) {
            this.fail(found.problem);
            return;
        }
        this.output.info(`starting ${found.program} lsp`);
        this.client = new Client("evigraph", "evigraph", serverOptions(found.program), this.options());
        try {
            await this.client.start();
            this.client.hasRun = true;
        } catch (error) {
            this.output.error(String(error));
            this.fail(`“${found.program} lsp” does not run as a language server. Is it an old version?`);
        }
    }

    private fail(problem: string): void {
        this.problem = problem;
        void reportProblem(problem);
    }

    private options(): LanguageClientOptions {
        return {
            documentSelector: SELECTOR,
            outputChannel: this.output,
            revealOutputChannelOn: RevealOutputChannelOn.Never,
            initializationFailedHandler: () => false,
            errorHandler: this.errorHandler(),
            middleware: {
                provideInlayHints: (document, range, token, next) =>
                    isOn("inlayHints", document) ? next(document, range, token) : [],
                provideCodeLenses: (document, token, next) => (isOn("codeLens", document) ? next(document, token) : []),
                executeCommand: (command, args) => this.onCommand(command, args),
            },
        };
    }

    /** What has never run is not started again and again; what has is, a few times, by the rule of the library. */
    private errorHandler(): ErrorHandler {
        let kept: ErrorHandler | undefined;
        const usual = (): ErrorHandler | undefined =>
            this.client?.hasRun === true ? (kept ??= this.client.createDefaultErrorHandler()) : undefined;
        return {
            error: (error, message, count) => usual()?.error(error, message, count) ?? { action: ErrorAction.Continue },
            closed: () => usual()?.closed() ?? { action: CloseAction.DoNotRestart },
        };
    }
}

/** While it starts, it shows nothing by itself: what goes wrong then is reported once, with what to do about it. */
class Client extends LanguageClient {
    hasRun = false;

    override error(message: string, data?: unknown, showNotification?: boolean | "force"): void {
        super.error(message, data, this.hasRun ? showNotification : false);
    }
}

/** The program that the settings and the machine name. */
export function binary(): ReturnType<typeof findBinary> {
    const setting = vscode.workspace.getConfiguration("evigraph").get<string>("server.path", "");
    const { env, platform } = process;
    return findBinary(setting, { platform, env, home: homedir(), isExecutable });
}

/** Shows what is wrong with the program, with the way to its setting. Resolves when the message is closed: do not wait for it. */
export async function reportProblem(problem: string): Promise<void> {
    const settings = "Open Settings";
    if ((await vscode.window.showErrorMessage(`evigraph: ${problem}`, settings)) === settings) {
        await vscode.commands.executeCommand("workbench.action.openSettings", "evigraph.server.path");
    }
}

/** No `shell`, and no `transport`: the server speaks on standard input and output, and takes no flag for it. */
function serverOptions(command: string): ServerOptions {
    return { command, args: ["lsp"], options: { shell: false } };
}

function isOn(setting: "inlayHints" | "codeLens", document: vscode.TextDocument): boolean {
    return vscode.workspace.getConfiguration("evigraph", document).get(`${setting}.enabled`, true);
}

function isExecutable(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
    } catch {
        return false;
    }
}
