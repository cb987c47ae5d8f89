// The engine in a thread of its own, so that the page stays alive whatever a case makes it do. It is given the module, then
// questions; it says every answer, then that it is done. What ends the module ends this worker: the page starts another.
import type { FromWorker, ToWorker } from "./engine.js";

interface Exports {
    memory: WebAssembly.Memory;
    room: (length: number) => number;
    ask: () => void;
}

const say = (message: FromWorker) => {
    postMessage(message);
};

let engine: Exports | undefined;
let defect: string | undefined;

const page = {
    said(at: number, length: number) {
        if (engine === undefined) return;
        const text = new TextDecoder().decode(new Uint8Array(engine.memory.buffer, at, length));
        const answer = JSON.parse(text) as { panic?: string } | null;
        if (answer?.panic === undefined) say({ answer });
        else defect = answer.panic;
    },
};

const ask = (question: unknown) => {
    if (engine === undefined) return;
    const bytes = new TextEncoder().encode(JSON.stringify(question));
    const room = engine.room(bytes.length);
    new Uint8Array(engine.memory.buffer, room, bytes.length).set(bytes);
    engine.ask();
};

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
    try {
        if (data.module !== undefined) {
            engine = new WebAssembly.Instance(data.module, { page }).exports as unknown as Exports;
            return;
        }
        ask(data.question);
        say({ done: true });
    } catch (error) {
        say({ failed: defect ?? `it ran out of memory, or met a defect (${String(error)})` });
    }
});
