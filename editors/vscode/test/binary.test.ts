import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { findBinary, type Machine } from "../src/binary";

function machine(programs: string[], path: string, platform: NodeJS.Platform = "linux"): Machine {
    const home = platform === "win32" ? "C:\\Users\\ada" : "/home/ada";
    return { platform, home, env: { PATH: path }, isExecutable: (file) => programs.includes(file) };
}

suite("which program is started", () => {
    test("without a setting, the first on the PATH", () => {
        const both = machine(["/usr/bin/evigraph", "/opt/bin/evigraph"], "/bin:/opt/bin:/usr/bin");
        assert.deepEqual(findBinary("", both), { program: "/opt/bin/evigraph" });
    });

    test("where Cargo installs, if it is not on the PATH", () => {
        const cargo = "/home/ada/.cargo/bin/evigraph";
        assert.deepEqual(findBinary(" ", machine([cargo], "/bin")), { program: cargo });
        const moved = machine(["/c/bin/evigraph"], "");
        assert.deepEqual(findBinary("", { ...moved, env: { CARGO_HOME: "/c" } }), { program: "/c/bin/evigraph" });
    });

    test("never one in the current folder, which relative and empty entries of the PATH mean", () => {
        const planted = machine(["evigraph", "./evigraph", "bin/evigraph", "../evigraph"], ":.:bin:..");
        assert.ok("problem" in findBinary("", planted));
    });

    test("on Windows, with its ending and its separators", () => {
        const windows = machine(["C:\\tools\\evigraph.exe"], "C:\\Windows;C:\\tools", "win32");
        assert.deepEqual(findBinary("", windows), { program: "C:\\tools\\evigraph.exe" });
        const environment = { Path: "C:\\tools" };
        assert.deepEqual(findBinary("", { ...windows, env: environment }), { program: "C:\\tools\\evigraph.exe" });
    });

    test("with a setting, that one and no other", () => {
        const both = machine(["/opt/evigraph", "/usr/bin/evigraph"], "/usr/bin");
        assert.deepEqual(findBinary("/opt/evigraph", both), { program: "/opt/evigraph" });
        assert.match(problemOf(findBinary("/nowhere/evigraph", both)), /where there is no program/);
    });

    test("a path from the home folder is one, any other relative path is not", () => {
        const home = machine(["/home/ada/e/evigraph"], "");
        assert.deepEqual(findBinary("~/e/evigraph", home), { program: "/home/ada/e/evigraph" });
        for (const setting of ["evigraph", "./evigraph", "target/debug/evigraph", "~"]) {
            assert.match(problemOf(findBinary(setting, home)), /absolute path/, setting);
        }
    });

    test("if there is none, the message says what to do", () => {
        const problem = problemOf(findBinary("", machine([], "/bin")));
        assert.match(problem, /cargo install/);
        assert.match(problem, /evigraph\.server\.path/);
    });
});

function problemOf(found: ReturnType<typeof findBinary>): string {
    return "problem" in found ? found.problem : assert.fail("a program was found");
}
