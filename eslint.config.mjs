import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** What a folder must not import; the layers are explained in ARCHITECTURE.md. */
const forbid = (patterns, message) => [
  "error",
  { patterns: patterns.map((group) => ({ group: [group], message })) },
];

const outerLayers = ["**/adapters/**", "**/vscode/**", "**/webview/**", "**/cli/**"];
const heavyLibraries = ["vscode", "vectra", "llamaindex", "@llamaindex/*", "ollama", "onnxruntime-*"];

export default defineConfig(
  { ignores: ["dist", "out", "node_modules", "coverage", "test/fixtures", ".vscode-test"] },
  {
    files: ["**/*.ts"],
    extends: [
      js.configs.recommended,
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
    ],
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: [] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      eqeqeq: "error",
    },
  },
  {
    files: ["src/core/**/*.ts"],
    rules: {
      "no-restricted-imports": forbid(
        ["node:*", ...heavyLibraries, ...outerLayers, "**/protocol/**"],
        "core is pure: no I/O and no outer layer.",
      ),
      "no-restricted-globals": ["error", "fetch", "process", "Buffer"],
    },
  },
  {
    files: ["src/protocol/**/*.ts"],
    rules: {
      "no-restricted-imports": forbid(
        ["node:*", ...heavyLibraries, ...outerLayers],
        "protocol knows core only.",
      ),
    },
  },
  {
    files: ["src/adapters/**/*.ts"],
    rules: {
      "no-restricted-imports": forbid(
        ["vscode", "**/vscode/**", "**/webview/**", "**/cli/**"],
        "adapters know core and libraries, no shell.",
      ),
    },
  },
  {
    files: ["src/vscode/**/*.ts"],
    rules: {
      "no-restricted-imports": forbid(
        [
          ...heavyLibraries.filter((name) => name !== "vscode"),
          "**/adapters/**",
          "**/webview/**",
          "**/cli/**",
        ],
        "the shell reaches the outside through the engine port.",
      ),
    },
  },
  {
    files: ["src/webview/**/*.ts"],
    rules: {
      "no-restricted-imports": forbid(
        ["node:*", ...heavyLibraries, "**/adapters/**", "**/vscode/**", "**/cli/**"],
        "the webview knows the protocol and the DOM.",
      ),
    },
  },
  {
    files: ["src/cli/**/*.ts"],
    rules: {
      "no-restricted-imports": forbid(
        ["vscode", "**/vscode/**", "**/webview/**"],
        "the command line runs without an editor.",
      ),
    },
  },
  {
    files: ["**/*.mjs", "**/*.cjs"],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: globalsOf(
        "console process Buffer fetch URL setTimeout clearTimeout setInterval clearInterval AbortSignal AbortController TextDecoder TextEncoder performance structuredClone require module exports __dirname __filename",
      ),
    },
  },
);

/** @param {string} names separated by blanks */
function globalsOf(names) {
  return Object.fromEntries(names.split(" ").map((name) => [name, "readonly"]));
}
