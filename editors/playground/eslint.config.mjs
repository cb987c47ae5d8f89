import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
    { ignores: ["node_modules/"] },
    js.configs.recommended,
    {
        files: ["**/*.ts"],
        extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    },
    {
        files: ["**/*.mjs"],
        languageOptions: {
            globals: {
                Buffer: "readonly",
                clearTimeout: "readonly",
                console: "readonly",
                process: "readonly",
                setTimeout: "readonly",
                URL: "readonly",
                WebAssembly: "readonly",
            },
        },
    },
);
