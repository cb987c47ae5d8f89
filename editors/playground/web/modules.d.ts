declare module "playground:cases" {
    /** Worked cases, the first of which is opened at first. */
    const cases: { title: string; files: import("./link.js").CaseFiles }[];
    export default cases;
}
declare module "playground:worker" {
    /** The script of a worker. */
    const source: string;
    export default source;
}
