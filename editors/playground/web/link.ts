// A case in the fragment of a link, which a browser keeps to itself: compressed, as `#case=…`.

/** The texts of a case by their paths, and the one that is opened. */
export interface CaseFiles {
    files: Record<string, string>;
    opened: string;
}

/** So many letters of a link go through most programs that people send links with. */
export const LONGEST_LINK = 60_000;
/** So many letters of text are opened, wherever they come from. */
export const LARGEST_CASE = 4_000_000;
const MOST_FILES = 200;
const LONGEST_NAME = 200;

const KEY = "#case=";

/** The fragment of a case; none of one that makes too long a link. */
export async function fragment(of: CaseFiles): Promise<string | undefined> {
    const bytes = new TextEncoder().encode(JSON.stringify({ files: of.files, opened: of.opened }));
    const packed = new Response(stream(bytes).pipeThrough(new CompressionStream("deflate-raw")));
    const link = KEY + base64url(new Uint8Array(await packed.arrayBuffer()));
    return link.length > LONGEST_LINK ? undefined : link;
}

/** The case in a fragment; none where it holds none. What is in it may come from anybody. */
export async function caseOf(link: string): Promise<CaseFiles | undefined> {
    if (!link.startsWith(KEY)) return undefined;
    try {
        const packed = bytesOf(link.slice(KEY.length, LONGEST_LINK));
        const text = await bounded(stream(packed).pipeThrough(new DecompressionStream("deflate-raw")));
        return checked(JSON.parse(text));
    } catch {
        throw new Error("The link holds no case that can be read: it may have been cut short.");
    }
}

/** A case, if that is what it is. */
export function checked(of: unknown): CaseFiles {
    const { files, opened } = of as Partial<CaseFiles>;
    if (typeof files !== "object" || typeof opened !== "string") throw new TypeError("it is no case");
    const entries = Object.entries(files);
    const isFile = ([name, text]: [string, unknown]) => name.length <= LONGEST_NAME && typeof text === "string";
    if (entries.length > MOST_FILES || !entries.every(isFile) || !Object.hasOwn(files, opened)) {
        const [most, longest] = [String(MOST_FILES), String(LONGEST_NAME)];
        throw new TypeError(`the playground takes ${most} files at most, whose names have ${longest} characters at most`);
    }
    if (size({ files, opened }) > LARGEST_CASE) throw tooLarge();
    const lines = entries.map(([name, text]) => [name, text.replace(/\r\n?/g, "\n")]);
    return { files: Object.fromEntries(lines) as Record<string, string>, opened };
}

/** What is said of a case that is refused for its size. */
export const tooLarge = () => new RangeError("that is too large for the playground; use the program");

export const size = ({ files }: CaseFiles): number => Object.values(files).reduce((sum, text) => sum + text.length, 0);

function stream(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
    return new Blob([bytes]).stream();
}

/** A text of bounded length: a few bytes can be packed that make billions. */
async function bounded(from: ReadableStream<Uint8Array>): Promise<string> {
    const [reader, decoder] = [from.getReader(), new TextDecoder("utf-8", { fatal: true })];
    let text = "";
    for (;;) {
        const { done, value } = await reader.read();
        if (done) return text + decoder.decode();
        text += decoder.decode(value, { stream: true });
        if (text.length > LARGEST_CASE * 2) {
            await reader.cancel();
            throw new RangeError("too large");
        }
    }
}

function base64url(bytes: Uint8Array): string {
    let binary = "";
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
