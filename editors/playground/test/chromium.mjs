// A Chromium without a screen, driven through the pipe of its developer tools.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--remote-debugging-pipe"];
/** How long anything may take, in milliseconds: the machines of tests are slow and busy. */
const PATIENCE = 120_000;

export class Chromium {
    #child;
    #profile = mkdtempSync(path.join(tmpdir(), "evigraph-chromium-"));
    #waiting = new Map();
    #rest = "";
    #count = 0;
    session;
    /** Every event that the page and its frames have sent. */
    events = [];
    /** Where scripts run: the page, and each of its frames. */
    #contexts = [];

    constructor(program) {
        const stdio = ["ignore", "ignore", "ignore", "pipe", "pipe"];
        this.#child = spawn(program, [...FLAGS, `--user-data-dir=${this.#profile}`], { stdio });
        this.#child.stdio[4].on("data", (bytes) => this.#read(bytes.toString()));
    }

    /** A page of so many pixels, that of a phone if it is narrow. */
    async page(width, height) {
        const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
        this.session = (await this.send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
        for (const domain of ["Page", "Network", "Log", "Runtime"]) await this.send(`${domain}.enable`);
        // A frame without an origin may have a process, and so a session, of its own.
        await this.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: true }, this.session);
        await this.resize(width, height);
    }

    async resize(width, height) {
        const metrics = { width, height, deviceScaleFactor: 1, mobile: width < 600 };
        await this.send("Emulation.setDeviceMetricsOverride", metrics);
    }

    send(method, params = {}, session = method.startsWith("Target.") ? undefined : this.session) {
        const id = ++this.#count;
        this.#child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId: session })}\0`);
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error(`${method} has no answer`)), PATIENCE);
            this.#waiting.set(id, { resolve, reject, timer });
        });
    }

    #read(text) {
        const messages = (this.#rest + text).split("\0");
        this.#rest = messages.pop();
        for (const message of messages.map((one) => JSON.parse(one))) {
            if (message.id === undefined) {
                this.#happened(message);
                continue;
            }
            const { resolve, reject, timer } = this.#waiting.get(message.id);
            clearTimeout(timer);
            if (message.error === undefined) resolve(message.result);
            else reject(new Error(message.error.message));
        }
    }

    #happened(event) {
        this.events.push(event);
        const { method, params, sessionId: session } = event;
        const drop = (isGone) => { this.#contexts = this.#contexts.filter((one) => !isGone(one)); };
        if (method === "Page.javascriptDialogOpening") this.send("Page.handleJavaScriptDialog", { accept: true }).catch(() => undefined);
        if (method === "Target.attachedToTarget") this.send("Runtime.enable", {}, params.sessionId).catch(() => undefined);
        if (method === "Target.detachedFromTarget") drop((one) => one.session === params.sessionId);
        if (method === "Runtime.executionContextCreated") this.#contexts.push({ session, contextId: params.context.id });
        if (method === "Runtime.executionContextDestroyed") drop((one) => one.session === session && one.contextId === params.executionContextId);
        if (method === "Runtime.executionContextsCleared") drop((one) => one.session === session);
    }

    /** What an expression gives in the page, or in a frame of it. */
    async evaluate(expression, { session = this.session, contextId } = {}) {
        const params = { expression, contextId, awaitPromise: true, returnByValue: true, userGesture: true };
        const { result, exceptionDetails } = await this.send("Runtime.evaluate", params, session);
        if (exceptionDetails !== undefined) throw new Error(`${expression}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
        return result.value;
    }

    /** Waits until an expression is true. */
    async until(expression) {
        return wait(expression, () => this.evaluate(`Boolean(${expression})`).catch(() => false));
    }

    /** Waits until an expression is true in one of the frames, and gives the frame. */
    async frame(expression) {
        return wait(expression, async () => {
            for (const context of [...this.#contexts].reverse()) {
                // A frame that is just being exchanged never answers.
                const answer = this.evaluate(`Boolean(${expression})`, context).catch(() => false);
                if (await Promise.race([answer, pause(2000)])) return context;
            }
        });
    }

    async press(key, modifiers = 0) {
        const keys = { Backspace: 8, Enter: 13, Escape: 27, Tab: 9, Home: 36, End: 35, " ": 32, ArrowDown: 40 };
        const text = key === "Enter" ? { text: "\r" } : {};
        const event = { key, code: key, windowsVirtualKeyCode: keys[key] ?? key.toUpperCase().charCodeAt(0), modifiers };
        await this.send("Input.dispatchKeyEvent", { type: "keyDown", ...event, ...text });
        await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
    }

    async type(text) {
        await this.send("Input.insertText", { text });
    }

    async point(x, y) {
        await this.send("Input.dispatchMouseEvent", { type: "mouseMoved", x, y });
    }

    async click(x, y) {
        for (const type of ["mousePressed", "mouseReleased"]) {
            await this.send("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: 1 });
        }
    }

    async picture() {
        return Buffer.from((await this.send("Page.captureScreenshot", { format: "png" })).data, "base64");
    }

    async close() {
        const ended = new Promise((resolve) => this.#child.once("exit", resolve));
        this.#child.kill();
        await ended;
        rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
    }
}

async function wait(what, look) {
    for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
        const value = await look();
        if (value) return value;
        await pause(100);
    }
    throw new Error(`it never came to be: ${what}`);
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
