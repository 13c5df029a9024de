/**
 * `Deno.bundle` lets `node:` imports and `Deno.*` pass into browser code
 * without a word; there they fail on the user's machine. So look for them.
 */

/** What server code looks like in a bundle. */
const SERVER_CODE: RegExp[] = [
  /(?:\bfrom|\bimport\s*\(?|\brequire\s*\()\s*["'](node:[\w/]+)["']/g,
  /(?<![\w$.])(?:globalThis\.)?(Deno(?:\.\w+|\[))/g,
];

/**
 * @throws {Error} Naming the imports, and the islands that bring them in
 */
export function checkForServerCode(
  files: Map<string, string>,
  entries: Map<string, string>,
  dependencies: Map<string, string[]>,
): void {
  const problems: string[] = [];
  for (const [file, code] of files) {
    const names = new Set<string>();
    const bare = withoutStrings(code);
    for (const [, name] of code.matchAll(SERVER_CODE[0]!)) names.add(name!);
    for (const [, name] of bare.matchAll(SERVER_CODE[1]!)) names.add(name!);
    if (names.size === 0) continue;
    const users = [...entries].filter(([, output]) =>
      output === file || dependencies.get(output)?.includes(file)
    ).map(([entry]) => entry);
    problems.push(`${[...names].join(", ")}, imported by ${users.join(", ")}`);
  }
  if (problems.length === 0) return;
  throw new Error(
    `Server code in the browser bundle:\n${
      problems.map((text) => `  ${text}`).join("\n")
    }\n` +
      "Islands may only import what also runs in a browser",
  );
}

/** Text that only mentions `Deno.serve` is harmless. */
function withoutStrings(code: string): string {
  return code.replace(
    /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm,
    '""',
  );
}

/** Fills in environment variables that are meant for browsers. */
export function publicEnv(code: string): string {
  return code.replace(
    /Deno\.env\.get\(["'](FRESH_PUBLIC_\w+)["']\)|process\.env\.(FRESH_PUBLIC_\w+)/g,
    (_, a, b) => JSON.stringify(Deno.env.get(a ?? b)) ?? "undefined",
  );
}
