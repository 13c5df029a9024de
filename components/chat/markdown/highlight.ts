import { refractor, type Syntax } from "refractor/core";

// Refractor (Prism as ES modules, to hast) and not lowlight: the core of highlight.js is CommonJS, for which the bundler
// puts 340 bytes of helper into every page of the site.

/** Loaded one at a time, when a message first needs it. */
const GRAMMARS: Record<string, () => Promise<{ default: Syntax }>> = {
  bash: () => import("refractor/bash"),
  c: () => import("refractor/c"),
  cpp: () => import("refractor/cpp"),
  csharp: () => import("refractor/csharp"),
  css: () => import("refractor/css"),
  diff: () => import("refractor/diff"),
  go: () => import("refractor/go"),
  java: () => import("refractor/java"),
  javascript: () => import("refractor/javascript"),
  json: () => import("refractor/json"),
  jsx: () => import("refractor/jsx"),
  markdown: () => import("refractor/markdown"),
  php: () => import("refractor/php"),
  python: () => import("refractor/python"),
  ruby: () => import("refractor/ruby"),
  rust: () => import("refractor/rust"),
  sql: () => import("refractor/sql"),
  tsx: () => import("refractor/tsx"),
  typescript: () => import("refractor/typescript"),
  markup: () => import("refractor/markup"),
  yaml: () => import("refractor/yaml"),
};

const ALIASES: Record<string, string> = {
  "c#": "csharp",
  "c++": "cpp",
  cs: "csharp",
  html: "markup",
  js: "javascript",
  jsonc: "json",
  md: "markdown",
  patch: "diff",
  py: "python",
  rb: "ruby",
  rs: "rust",
  sh: "bash",
  shell: "bash",
  svg: "markup",
  ts: "typescript",
  xml: "markup",
  yml: "yaml",
  zsh: "bash",
};

/** A piece of coloured code. */
export type Coloured = string | { class: string; children: Coloured[] };

/** `text` coloured; `null` for a language that is not known here. */
export async function highlight(
  language: string,
  text: string,
): Promise<Coloured[] | null> {
  const name = ALIASES[language] ?? language;
  const load = Object.hasOwn(GRAMMARS, name) ? GRAMMARS[name] : undefined;
  if (!load) return null;
  if (!refractor.registered(name)) refractor.register((await load()).default);
  return refractor.highlight(text, name).children.map(coloured);
}

/** The little of hast that refractor makes. */
interface Node {
  type: string;
  value?: string;
  properties?: { className?: unknown };
  children?: Node[];
}

function coloured(node: Node): Coloured {
  if (node.type === "text") return node.value ?? "";
  const name = node.properties?.className;
  return {
    class: Array.isArray(name) ? name.join(" ") : "",
    children: node.children?.map(coloured) ?? [],
  };
}
