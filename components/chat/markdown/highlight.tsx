import type { LanguageFn } from "highlight.js";
import { createLowlight } from "lowlight";
import type { VNode } from "preact";

/** Loaded one at a time, when a message first needs it. */
const GRAMMARS: Record<string, () => Promise<{ default: LanguageFn }>> = {
  bash: () => import("highlight.js/lib/languages/bash"),
  c: () => import("highlight.js/lib/languages/c"),
  cpp: () => import("highlight.js/lib/languages/cpp"),
  csharp: () => import("highlight.js/lib/languages/csharp"),
  css: () => import("highlight.js/lib/languages/css"),
  diff: () => import("highlight.js/lib/languages/diff"),
  go: () => import("highlight.js/lib/languages/go"),
  java: () => import("highlight.js/lib/languages/java"),
  javascript: () => import("highlight.js/lib/languages/javascript"),
  json: () => import("highlight.js/lib/languages/json"),
  markdown: () => import("highlight.js/lib/languages/markdown"),
  php: () => import("highlight.js/lib/languages/php"),
  python: () => import("highlight.js/lib/languages/python"),
  ruby: () => import("highlight.js/lib/languages/ruby"),
  rust: () => import("highlight.js/lib/languages/rust"),
  sql: () => import("highlight.js/lib/languages/sql"),
  typescript: () => import("highlight.js/lib/languages/typescript"),
  xml: () => import("highlight.js/lib/languages/xml"),
  yaml: () => import("highlight.js/lib/languages/yaml"),
};

const ALIASES: Record<string, string> = {
  "c#": "csharp",
  "c++": "cpp",
  cs: "csharp",
  html: "xml",
  js: "javascript",
  jsonc: "json",
  jsx: "javascript",
  md: "markdown",
  patch: "diff",
  py: "python",
  rb: "ruby",
  rs: "rust",
  sh: "bash",
  shell: "bash",
  svg: "xml",
  ts: "typescript",
  tsx: "typescript",
  yml: "yaml",
  zsh: "bash",
};

const lowlight = createLowlight();

/** `text` coloured, as nodes; `null` for a language that is not known here. */
export async function highlight(
  language: string,
  text: string,
): Promise<(VNode | string)[] | null> {
  const name = ALIASES[language] ?? language;
  const load = Object.hasOwn(GRAMMARS, name) ? GRAMMARS[name] : undefined;
  if (!load) return null;
  if (!lowlight.registered(name)) {
    lowlight.register(name, (await load()).default);
  }
  return lowlight.highlight(name, text).children.flatMap(draw);
}

/** The little of hast that lowlight makes. */
interface Node {
  type: string;
  value?: string;
  properties?: { className?: unknown };
  children?: Node[];
}

function draw(node: Node, key: number): VNode | string {
  if (node.type === "text") return node.value ?? "";
  const name = node.properties?.className;
  return (
    <span key={key} class={Array.isArray(name) ? name.join(" ") : undefined}>
      {node.children?.map(draw)}
    </span>
  );
}
