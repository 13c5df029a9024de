import { ROOT } from "../support/app.ts";

/** A source file of the project. */
export interface Source {
  /** From the root, e.g. `lib/errors.ts`. */
  path: string;
  text: string;
}

/** The TypeScript files at or below these paths, in order. */
export async function sourcesOf(...paths: string[]): Promise<Source[]> {
  const found: Source[] = [];
  for (const path of paths) {
    if (/\.tsx?$/.test(path)) {
      found.push({ path, text: await Deno.readTextFile(ROOT + path) });
      continue;
    }
    for await (const entry of Deno.readDir(ROOT + path)) {
      if (entry.isDirectory || /\.tsx?$/.test(entry.name)) {
        found.push(...await sourcesOf(`${path}/${entry.name}`));
      }
    }
  }
  return found.sort((a, b) => a.path < b.path ? -1 : 1);
}
