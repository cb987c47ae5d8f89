// The text of a case: its files, each with its own history, and what the engine knows of the words in them.
import {
    acceptCompletion,
    autocompletion,
    closeBrackets,
    closeBracketsKeymap,
    completionKeymap,
    snippet,
    type Completion,
    type CompletionContext,
    type CompletionResult,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics, type Action, type Diagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
    drawSelection,
    EditorView,
    highlightActiveLine,
    highlightActiveLineGutter,
    hoverTooltip,
    keymap,
    lineNumbers,
} from "@codemirror/view";
import { caseLanguage } from "./language.js";
import type { CaseFiles } from "./link.js";
import { markdown } from "./markdown.js";

/** A change of a text. */
export interface Edit {
    file: string;
    from: number;
    to: number;
    insert: string;
}

/** What is wrong, as the engine says it. */
export interface Problem {
    file: string;
    from: number;
    to: number;
    severity: "error" | "warning";
    code: string;
    message: string;
    is_unnecessary: boolean;
    fixes: { title: string; is_safe: boolean; edits: Edit[] }[];
}

interface Choice {
    label: string;
    snippet: string;
    filter: string;
    kind: string;
    detail: string | null;
    documentation: string | null;
}
export interface Choices {
    from: number;
    to: number;
    choices: Choice[];
}
export interface Hover {
    from: number;
    to: number;
    markdown: string;
}

/** Whom the editor asks, and whom it tells. */
export interface Host {
    complete: (file: string, at: number) => Promise<Choices | null>;
    hover: (file: string, at: number) => Promise<Hover | null>;
    changed: () => void;
}

export class Editor {
    readonly view: EditorView;
    private states = new Map<string, EditorState>();
    private problems: Problem[] = [];
    /** The texts in which they were found. */
    private examined: CaseFiles["files"] = {};
    /** The file that is shown. */
    shown = "";
    private opened = "";

    constructor(
        parent: HTMLElement,
        private readonly host: Host,
    ) {
        this.view = new EditorView({ parent });
    }

    /** The case as it is written now. */
    get files(): CaseFiles {
        this.keep();
        const texts = [...this.states].map(([name, state]) => [name, state.doc.toString()]);
        return { files: Object.fromEntries(texts) as Record<string, string>, opened: this.opened };
    }

    /** Opens another case. */
    open({ files, opened }: CaseFiles): void {
        this.states = new Map(Object.entries(files).map(([name, text]) => [name, this.state(text)]));
        this.opened = opened;
        this.problems = [];
        this.shown = "";
        this.show(opened);
    }

    /** The names of the files, the opened one first. */
    get names(): string[] {
        const others = [...this.states.keys()].filter((name) => name !== this.opened).sort();
        return [this.opened, ...others];
    }

    /** Shows a file of the case. */
    show(name: string): void {
        const state = this.states.get(name);
        if (state === undefined || name === this.shown) return;
        this.keep();
        this.shown = name;
        this.view.setState(state);
        this.mark();
    }

    /** Shows a place of a file and selects what is there. */
    go(name: string, from: number, to: number): void {
        this.show(name);
        const { length } = this.view.state.doc;
        // The cursor goes to its beginning.
        const selection = { anchor: Math.min(to, length), head: Math.min(from, length) };
        this.view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.head, { y: "center" }) });
        this.view.focus();
    }

    /** The unit of a place that is counted in lines and characters, both from 1. */
    unit(name: string, line: number, column: number): number {
        const doc = (name === this.shown ? this.view.state : this.states.get(name))?.doc;
        if (doc === undefined) return 0;
        const { from, text } = doc.line(Math.min(Math.max(line, 1), doc.lines));
        const letters = Array.from(text).slice(0, column - 1 + (text.startsWith("\uFEFF") ? 1 : 0));
        return from + letters.join("").length;
    }

    /** Marks what is wrong with the case, and was found in these texts of it. */
    markProblems(problems: Problem[], examined: CaseFiles["files"]): void {
        [this.problems, this.examined] = [problems, examined];
        this.mark();
    }

    /** How many errors a file has. */
    errors(name: string): number {
        return this.problems.filter((problem) => problem.file === name && problem.severity === "error").length;
    }

    /** Puts another text in the place of the one that is shown, changing no more than differs. */
    replace(text: string): void {
        const old = this.view.state.doc.toString();
        let [start, end] = [0, 0];
        while (start < Math.min(old.length, text.length) && old[start] === text[start]) start += 1;
        const most = Math.min(old.length, text.length) - start;
        while (end < most && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
        if (old === text) return;
        const changes = { from: start, to: old.length - end, insert: text.slice(start, text.length - end) };
        this.view.dispatch({ changes, userEvent: "input.format" });
    }

    private keep(): void {
        if (this.shown !== "") this.states.set(this.shown, this.view.state);
    }

    private mark(): void {
        const { length } = this.view.state.doc;
        const here = this.problems.filter((problem) => problem.file === this.shown && problem.to <= length);
        this.view.dispatch(setDiagnostics(this.view.state, here.map((problem) => this.diagnostic(problem))));
    }

    private diagnostic(problem: Problem): Diagnostic {
        const { from, to, severity, code, message } = problem;
        return {
            from,
            to,
            severity,
            message,
            source: code,
            markClass: problem.is_unnecessary ? "unnecessary" : "",
            actions: problem.fixes.map((fix) => this.action(fix)),
        };
    }

    private action({ title, edits }: Problem["fixes"][number]): Action {
        const { examined } = this;
        return { name: title, apply: () => { this.apply(edits, examined); } };
    }

    /** Changes texts, unless one of them has become another since: the places are those of the text that was examined. */
    private apply(edits: Edit[], examined: CaseFiles["files"]): void {
        const names = new Set(edits.map((edit) => edit.file));
        const { files } = this.files;
        if ([...names].some((name) => files[name] !== examined[name])) return;
        for (const name of names) {
            const changes = edits.filter((edit) => edit.file === name);
            const state = this.states.get(name);
            if (name === this.shown) this.view.dispatch({ changes, userEvent: "input.fix" });
            else if (state !== undefined) this.states.set(name, state.update({ changes }).state);
        }
        this.host.changed();
    }

    private state(doc: string): EditorState {
        return EditorState.create({ doc, extensions: this.extensions() });
    }

    private extensions(): Extension {
        return [
            lineNumbers(),
            highlightActiveLineGutter(),
            lintGutter(),
            history(),
            drawSelection(),
            indentOnInput(),
            indentUnit.of("    "),
            bracketMatching(),
            closeBrackets(),
            highlightActiveLine(),
            highlightSelectionMatches(),
            EditorView.lineWrapping,
            EditorView.contentAttributes.of({ "aria-label": "Text of the case", spellcheck: "false" }),
            caseLanguage,
            autocompletion({ override: [(context) => this.completions(context)], maxRenderedOptions: 60 }),
            hoverTooltip((_, at) => this.hover(at), { hideOnChange: true }),
            EditorView.updateListener.of((update) => { if (update.docChanged) this.host.changed(); }),
            // Tab leaves the text, for those who have no mouse, but for taking what is proposed.
            keymap.of([{ key: "Tab", run: acceptCompletion }]),
            keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
        ];
    }

    private async completions(context: CompletionContext): Promise<CompletionResult | null> {
        const before = context.matchBefore(/[\p{L}\p{N}_\-./"]+/u);
        if (before === null && !context.explicit) return null;
        const found = await this.host.complete(this.shown, context.pos);
        if (found === null || context.aborted) return null;
        const typed = context.state.sliceDoc(found.from, context.pos).toLowerCase();
        const rank = ({ filter }: Choice) => {
            const at = filter.toLowerCase().indexOf(typed);
            return at === -1 ? 2 : Math.min(at, 1);
        };
        const fitting = found.choices.filter((choice) => rank(choice) < 2).sort((a, b) => rank(a) - rank(b));
        return { from: found.from, to: found.to, filter: false, options: fitting.map(completion) };
    }

    private async hover(at: number) {
        const found = await this.host.hover(this.shown, at);
        if (found === null) return null;
        const dom = markdown(found.markdown);
        dom.classList.add("hover");
        return { pos: found.from, end: found.to, above: true, create: () => ({ dom }) };
    }
}

const KINDS: Record<string, string> = { snippet: "class", field: "property", reference: "variable", word: "enum", file: "text", lint: "constant" };

function completion(choice: Choice): Completion {
    const { documentation } = choice;
    return {
        label: choice.label,
        type: KINDS[choice.kind] ?? "text",
        ...(choice.detail === null ? {} : { detail: choice.detail }),
        ...(documentation === null ? {} : { info: () => markdown(documentation) }),
        apply: snippet(template(choice.snippet)),
    };
}

/** A snippet of the language server protocol as one of the editor: `$0` is the last place, and braces are escaped. */
function template(written: string): string {
    return written.replace(/\\([\\$}])|\$\{(\d+)(?::([^}]*))?\}|\$(\d+)|([{}])/g, (whole, ...groups: (string | undefined)[]) => {
        const [escaped, number, proposed, bare, brace] = groups;
        if (escaped !== undefined) return escaped === "}" ? "\\}" : escaped;
        if (brace !== undefined) return `\\${brace}`;
        const place = number ?? bare;
        if (place === undefined) return whole;
        return `\${${place === "0" ? "99" : place}${proposed === undefined ? "" : `:${proposed}`}}`;
    });
}
