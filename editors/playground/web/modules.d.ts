declare module "playground:cases" {
    /** Cases in groups; the first of all is opened at first. */
    const cases: Record<string, { title: string; files: import("./link.js").CaseFiles }[]>;
    export default cases;
}
declare module "playground:worker" {
    /** The script of a worker. */
    const source: string;
    export default source;
}
