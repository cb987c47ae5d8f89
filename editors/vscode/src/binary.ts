/**
 * Which program is started. It is found here, and started by its absolute path without a shell, so that neither the
 * folder that happens to be the current one nor a relative entry of the `PATH` can put another in its place.
 */

import * as path from "node:path";

const NOT_FOUND =
    "The program “evigraph” is not on the PATH. Install it, with “cargo install --path .” in a copy of its repository, " +
    "or say where it is, in “evigraph.server.path”.";

/** What the search sees of the machine. */
export interface Machine {
    readonly platform: NodeJS.Platform;
    readonly home: string;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly isExecutable: (file: string) => boolean;
}

export type Found = { readonly program: string } | { readonly problem: string };

/** The program that the settings name, or the first one on the `PATH`. */
export function findBinary(setting: string, machine: Machine): Found {
    const wanted = setting.trim();
    return wanted === "" ? onPath(machine) : named(wanted, machine);
}

function named(wanted: string, machine: Machine): Found {
    const paths = pathsOf(machine);
    const program = /^~[/\\]/.test(wanted) ? paths.join(machine.home, wanted.slice(2)) : wanted;
    if (!paths.isAbsolute(program)) {
        return { problem: `“evigraph.server.path” has to be an absolute path, and is “${wanted}”.` };
    }
    if (!machine.isExecutable(program)) {
        return { problem: `“evigraph.server.path” names “${wanted}”, where there is no program.` };
    }
    return { program };
}

function onPath(machine: Machine): Found {
    const paths = pathsOf(machine);
    const name = machine.platform === "win32" ? "evigraph.exe" : "evigraph";
    // Where Cargo installs; an editor that was not started from a terminal often does not have it on its PATH.
    const cargo = paths.join(machine.env["CARGO_HOME"] ?? paths.join(machine.home, ".cargo"), "bin");
    const folders = [...(machine.env["PATH"] ?? machine.env["Path"] ?? "").split(paths.delimiter), cargo];
    const candidates = folders.filter((folder) => paths.isAbsolute(folder)).map((folder) => paths.join(folder, name));
    const program = candidates.find((file) => machine.isExecutable(file));
    return program === undefined
        ? { problem: NOT_FOUND }
        : { program };
}

function pathsOf(machine: Machine): path.PlatformPath {
    return machine.platform === "win32" ? path.win32 : path.posix;
}
