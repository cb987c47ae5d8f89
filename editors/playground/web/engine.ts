// The engine as the page asks it: one question after another, each with a limit of time.

/** A question: what is asked, and the case. */
export type Question = { files: Record<string, string>; opened: string } & (
    | { ask: "check" | "verdicts" }
    | { ask: "complete" | "hover"; file: string; at: number }
    | { ask: "format"; file: string }
    | { ask: "show"; is_other: boolean }
);
export interface ToWorker {
    module?: WebAssembly.Module;
    question?: Question;
}
export interface FromWorker {
    answer?: unknown;
    done?: true;
    failed?: string;
}

/** Why a question has no answer. */
export class Unanswered extends Error {
    constructor(
        readonly why: "stopped" | "too long" | "failed",
        message: string,
    ) {
        super(message);
    }
}

interface Asked {
    question: Question;
    answered: (answer: unknown) => void;
    resolve: () => void;
    reject: (why: Unanswered) => void;
}

export class Engine {
    /** None after one has ended, until there is a question: where none can be started, each question says so once. */
    private worker: Worker | undefined;
    private running: Asked | undefined;
    private since = 0;
    private waiting: Asked[] = [];
    private timer = 0;

    constructor(
        private readonly module: WebAssembly.Module,
        private readonly source: string,
        private readonly seconds: number,
    ) {
        this.worker = this.start();
    }

    /** Asks; every answer is handed over as soon as it is there. */
    ask(question: Question, answered: (answer: unknown) => void): Promise<void> {
        return new Promise((resolve, reject) => {
            this.waiting.push({ question, answered, resolve, reject });
            this.next();
        });
    }

    /** The last answer to a question. */
    async answer(question: Question): Promise<unknown> {
        let last: unknown = null;
        await this.ask(question, (answer) => (last = answer));
        return last;
    }

    get isBusy(): boolean {
        return this.running !== undefined;
    }

    /** For how many seconds a question has been worked on. */
    get elapsed(): number {
        return this.running === undefined ? 0 : (performance.now() - this.since) / 1000;
    }

    /** Drops what is worked on and what waits. */
    stop(): void {
        const all = this.running === undefined ? this.waiting : [this.running, ...this.waiting];
        const wasBusy = this.running !== undefined;
        [this.running, this.waiting] = [undefined, []];
        clearTimeout(this.timer);
        if (wasBusy) this.end();
        for (const asked of all) asked.reject(new Unanswered("stopped", "It was stopped."));
    }

    private start(): Worker {
        // From a blob, a worker is under the policy of the page: it can reach nothing that the page cannot.
        const url = URL.createObjectURL(new Blob([this.source], { type: "text/javascript" }));
        const worker = new Worker(url);
        URL.revokeObjectURL(url);
        worker.postMessage({ module: this.module } satisfies ToWorker);
        worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
            if (worker === this.worker) this.said(data);
        });
        worker.addEventListener("error", ({ message }) => {
            if (worker === this.worker) this.fail("failed", message);
        });
        return worker;
    }

    private end(): void {
        this.worker?.terminate();
        this.worker = undefined;
    }

    private next(): void {
        if (this.running !== undefined) return;
        this.running = this.waiting.shift();
        if (this.running === undefined) return;
        this.since = performance.now();
        this.worker ??= this.start();
        this.worker.postMessage({ question: this.running.question } satisfies ToWorker);
        const late = () => {
            this.fail("too long", `The engine was stopped: it took more than ${String(this.seconds)} seconds.`);
        };
        this.timer = setTimeout(late, this.seconds * 1000);
    }

    private said({ answer, done, failed }: FromWorker): void {
        if (failed !== undefined) {
            this.fail("failed", `The engine ended, and starts again with the next change: ${failed}`);
        } else if (done === true) {
            const { running } = this;
            this.running = undefined;
            clearTimeout(this.timer);
            running?.resolve();
            this.next();
        } else {
            this.running?.answered(answer);
        }
    }

    private fail(why: Unanswered["why"], message: string): void {
        const { running } = this;
        this.running = undefined;
        clearTimeout(this.timer);
        this.end();
        running?.reject(new Unanswered(why, message));
        this.next();
    }
}
