// The playground: a case on the left, and on the right what the engine makes of it. All of it happens in this page.
import cases from "playground:cases";
import workerSource from "playground:worker";
import { Editor, type Choices, type Hover, type Problem } from "./editor.js";
import { Engine, Unanswered, type Question } from "./engine.js";
import { caseOf, checked, fragment, LARGEST_CASE, tooLarge, type CaseFiles } from "./link.js";
import { toOpen } from "./opened.js";

/** The live page of the case, which src/page/mod.rs describes. */
interface LivePage {
    show: (update: Record<string, unknown>) => void;
    clear: () => void;
    lost: (sentence?: string) => void;
}
interface Place {
    file: string;
    line: number;
    column: number;
    end_line: number;
    end_column: number;
}
declare global {
    interface Window {
        evigraphPage: LivePage;
    }
}

/** How long a question may take, in seconds. */
const LIMIT = 20;
/** How long somebody stops typing before the text is read, in milliseconds. */
const PAUSE = 200;
/** What is worked out of an older text goes on for so many seconds before it makes way. */
const GRACE = 2;

const element = (id: string): HTMLElement => {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`the page has no #${id}`);
    return found;
};
const status = element("status");
const tell = (sentence: string) => {
    status.textContent = sentence;
};
const isNarrow = matchMedia("(max-width: 50rem)");

async function start(): Promise<void> {
    const response = await fetch("engine.wasm");
    const module = await WebAssembly.compile(await response.arrayBuffer());
    // What is typed is answered by one engine while another works out the page.
    const [typing, working] = [new Engine(module, workerSource, LIMIT), new Engine(module, workerSource, LIMIT)];
    new Playground(typing, working).run();
}

class Playground {
    private readonly editor: Editor;
    /** Counts the texts, by which the page puts what comes of them in order. */
    private generation = 0;
    /** The first text of the case that is open. */
    private first = 0;
    private isOther = true;
    private isEdited = false;
    private timer = 0;

    constructor(
        private readonly typing: Engine,
        private readonly working: Engine,
    ) {
        this.editor = new Editor(element("editor"), {
            complete: async (file, at) => this.quietly<Choices>(typing, { ask: "complete", file, at, ...this.editor.files }),
            hover: async (file, at) => this.hover(file, at),
            changed: () => {
                this.isEdited = true;
                this.changed();
            },
        });
    }

    run(): void {
        const menu = element("cases") as HTMLSelectElement;
        const all = Object.values(cases).flat();
        menu.append(...Object.keys(cases).flatMap((name) => group(name, all)));
        menu.addEventListener("change", () => {
            const chosen = all[Number(menu.value)];
            menu.value = "";
            if (chosen !== undefined && this.mayLeave()) this.open(chosen.files);
        });
        element("format").addEventListener("click", () => void this.format());
        element("share").addEventListener("click", () => void this.share());
        element("download").addEventListener("click", () => { this.download(); });
        const chooser = element("chooser") as HTMLInputElement;
        element("load").addEventListener("click", () => { chooser.click(); });
        chooser.addEventListener("change", () => void this.load(chooser));
        element("show-text").addEventListener("click", () => { side("text"); });
        element("show-result").addEventListener("click", () => { side("result"); });
        addEventListener("evigraph:place", (event) => { this.follow(event as CustomEvent<{ id?: string; place: Place }>); });
        addEventListener("hashchange", () => void this.fromLink());
        addEventListener("beforeunload", (event) => { if (this.isEdited) event.preventDefault(); });
        void this.fromLink(all[0]?.files);
        document.body.dataset["ready"] = "true";
    }

    /** Opens the case that is in the link; the other where there is none. */
    private async fromLink(other?: CaseFiles): Promise<void> {
        try {
            const linked = await caseOf(location.hash);
            if (linked === undefined) {
                if (other !== undefined) this.open(other);
            } else if (this.mayLeave()) {
                this.open(linked, "This is the case of the link.");
            }
        } catch (error) {
            if (other !== undefined) this.open(other);
            tell((error as Error).message);
        }
    }

    private mayLeave(): boolean {
        return !this.isEdited || confirm("Leave this case? What you have changed in it is lost.");
    }

    private open(of: CaseFiles, message = ""): void {
        this.isOther = true;
        window.evigraphPage.clear();
        this.editor.open(of);
        this.isEdited = false;
        this.first = this.generation + 1;
        tell(message);
        this.read();
    }

    private changed(): void {
        tell("");
        clearTimeout(this.timer);
        this.timer = setTimeout(() => { this.read(); }, PAUSE);
    }

    /** Has the text read, and everything worked out that is shown of it. */
    private read(): void {
        clearTimeout(this.timer);
        const files = this.editor.files;
        const generation = ++this.generation;
        this.tabs();
        document.body.dataset["working"] = String(generation);
        void this.check(files, generation);
        if (this.working.elapsed > GRACE) this.working.stop();
        void this.show(files, generation);
    }

    private async check(files: CaseFiles, generation: number): Promise<void> {
        const answer = await this.quietly<{ diagnostics?: Problem[] }>(this.typing, { ask: "check", ...files });
        const problems = answer?.diagnostics ?? [];
        // Without errors there is more to come, with verdicts: it is shown at once and not by halves.
        if (generation === this.generation && problems.some(({ severity }) => severity === "error")) this.mark(problems, files);
    }

    private async show(files: CaseFiles, generation: number): Promise<void> {
        // Of several texts that wait, only the newest is worked out.
        while (this.working.isBusy) {
            await this.whenIdle();
            if (generation !== this.generation) return;
        }
        const is_other = this.isOther;
        this.isOther = false;
        try {
            await this.working.ask({ ask: "show", is_other, ...files }, (answer) => {
                this.take(answer as Shown, files, generation);
            });
        } catch (error) {
            if (is_other) this.isOther = true;
            if (error instanceof Unanswered && error.why !== "stopped" && generation === this.generation) {
                window.evigraphPage.lost(error.message);
                tell(error.message);
            }
        }
        if (generation === this.generation) document.body.dataset["shown"] = String(generation);
    }

    private whenIdle(): Promise<void> {
        return new Promise((resolve) => {
            const look = () => {
                if (this.working.elapsed > GRACE) this.working.stop();
                if (this.working.isBusy) setTimeout(look, 50);
                else resolve();
            };
            look();
        });
    }

    private take({ diagnostics, update, trouble }: Shown, files: CaseFiles, generation: number): void {
        // Each update says what has changed since the one before, so that none of this case may be left out.
        const isOfThisCase = generation >= this.first;
        if (update !== undefined && isOfThisCase) window.evigraphPage.show({ ...update, generation, at: Date.now() });
        if (generation !== this.generation) return;
        if (diagnostics !== undefined) this.mark(diagnostics, files);
        if (trouble !== undefined) tell(trouble);
    }

    private mark(problems: Problem[], { files }: CaseFiles): void {
        this.editor.markProblems(problems, files);
        this.tabs();
    }

    /** The files of the case, where there are several. */
    private tabs(): void {
        const { names, shown } = this.editor;
        const bar = element("files");
        bar.hidden = names.length < 2;
        bar.replaceChildren(...names.map((name) => this.tab(name, name === shown)));
    }

    private tab(name: string, isShown: boolean): HTMLElement {
        const errors = this.editor.errors(name);
        const tab = document.createElement("button");
        tab.type = "button";
        tab.textContent = name;
        tab.setAttribute("aria-pressed", String(isShown));
        if (errors > 0) tab.className = "broken";
        if (errors > 0) tab.title = errors === 1 ? "one error" : `${String(errors)} errors`;
        tab.addEventListener("click", () => {
            this.editor.show(name);
            this.tabs();
            this.editor.view.focus();
        });
        return tab;
    }

    private async hover(file: string, at: number): Promise<Hover | null> {
        // Only the engine that has worked out the page knows the verdicts already.
        const engine = this.working.isBusy ? this.typing : this.working;
        return this.quietly<Hover>(engine, { ask: "hover", file, at, ...this.editor.files });
    }

    /** An answer without which one can do. */
    private async quietly<T>(engine: Engine, question: Question): Promise<T | null> {
        try {
            return (await engine.answer(question)) as T | null;
        } catch {
            return null;
        }
    }

    private async format(): Promise<void> {
        const file = this.editor.shown;
        const before = this.editor.files;
        const answer = await this.quietly<{ text?: string; trouble?: string }>(this.typing, { ask: "format", file, ...before });
        if (answer?.trouble !== undefined) tell(answer.trouble);
        if (answer?.text === undefined || this.editor.files.files[file] !== before.files[file]) return;
        const isSame = answer.text === before.files[file];
        this.editor.replace(answer.text);
        tell(isSame ? "It is laid out already." : "Laid out anew.");
    }

    private async share(): Promise<void> {
        const link = await fragment(this.editor.files);
        if (link === undefined) {
            tell("The case is too long for a link: download it, and send the file.");
            return;
        }
        history.replaceState(null, "", link);
        this.isEdited = false;
        try {
            await navigator.clipboard.writeText(location.href);
            tell("The link is copied. The case is in it, and nowhere else.");
        } catch {
            tell("The link is in the address bar. The case is in it, and nowhere else.");
        }
    }

    private download(): void {
        const { shown, view } = this.editor;
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([view.state.doc.toString()], { type: "text/plain" }));
        link.download = shown.split("/").pop() ?? "case.ron";
        link.click();
        setTimeout(() => { URL.revokeObjectURL(link.href); }, 10_000);
        if (this.editor.names.length === 1) this.isEdited = false;
    }

    private async load(chooser: HTMLInputElement): Promise<void> {
        const chosen = [...(chooser.files ?? [])];
        // The same files may be chosen again.
        chooser.value = "";
        if (chosen.length === 0 || !this.mayLeave()) return;
        try {
            this.open(await caseIn(chosen));
        } catch (error) {
            tell(`Nothing was opened: ${(error as Error).message}`);
        }
    }

    /** Goes to where something is written; on a narrow screen a click in the picture shows the page's excerpt instead. */
    private follow(event: CustomEvent<{ id?: string; place: Place }>): void {
        const { id, place } = event.detail;
        if (isNarrow.matches && id !== undefined) return;
        const { editor } = this;
        if (!editor.names.includes(place.file)) return;
        event.preventDefault();
        const keep = document.activeElement;
        side("text");
        const from = editor.unit(place.file, place.line, place.column);
        editor.go(place.file, from, editor.unit(place.file, place.end_line, place.end_column));
        this.tabs();
        // Whoever walks through the picture goes on there.
        if (id !== undefined && keep instanceof HTMLElement) keep.focus();
    }
}

interface Shown {
    diagnostics?: Problem[];
    update?: Record<string, unknown>;
    trouble?: string;
}

/** The case in some files of the device. */
async function caseIn(chosen: File[]): Promise<CaseFiles> {
    if (chosen.reduce((sum, file) => sum + file.size, 0) > LARGEST_CASE) throw tooLarge();
    const texts = await Promise.all(chosen.map(async (file) => [file.name, await file.text()] as const));
    return checked({ files: Object.fromEntries(texts), opened: toOpen(texts) });
}

/** A group of the menu; none where nothing is in it. */
function group(name: string, all: (typeof cases)[string]): HTMLElement[] {
    const inside = cases[name] ?? [];
    if (inside.length === 0) return [];
    const element = document.createElement("optgroup");
    element.label = name;
    element.append(...inside.map((one) => new Option(one.title, String(all.indexOf(one)))));
    return [element];
}

/** On a narrow screen one of the two is shown. */
function side(which: "text" | "result"): void {
    document.body.dataset["side"] = which;
    element("show-text").setAttribute("aria-pressed", String(which === "text"));
    element("show-result").setAttribute("aria-pressed", String(which === "result"));
}

start().catch((error: unknown) => {
    tell(`The playground could not be started: ${String(error)}`);
});
