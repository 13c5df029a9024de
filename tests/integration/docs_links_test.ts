/** What the documents lead to is there: files, headings, tasks. */
import { assert, assertEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { ROOT } from "../support/app.ts";

const documents = ["README.md"];
for await (const { name } of Deno.readDir(`${ROOT}docs`)) {
  if (name.endsWith(".md")) documents.push(`docs/${name}`);
}

const read = (path: string) => Deno.readTextFile(ROOT + path);

/** The anchors of a document, as GitHub makes them. */
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
    match[1]!.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-")
  );

/** Cells of a line of a table; 0 for any other line. */
const cellsOf = (line = "") =>
  line.startsWith("|") ? line.replaceAll("\\|", "").split("|").length - 2 : 0;

for (const document of documents) {
  Deno.test(`the tables of ${document} have a head, and as many cells in each row`, async () => {
    const text = (await read(document)).replace(/^```.*?^```$/gms, "");
    const lines = text.split("\n");
    for (const [i, line] of lines.entries()) {
      const cells = cellsOf(line);
      if (cells === 0) continue;
      const before = cellsOf(lines[i - 1]);
      if (before > 0) assertEquals(cells, before, `${document}: ${line}`);
      else assert(/^\| -{3}/.test(lines[i + 1] ?? ""), `${document}: ${line}`);
    }
  });
}

for (const document of documents) {
  Deno.test(`the links of ${document} lead somewhere`, async () => {
    const text = (await read(document)).replace(/^```.*?^```$/gms, "");
    for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target!)) continue;
      const [path, anchor] = target!.split("#") as [string, string?];
      const url = new URL(
        path || document.split("/").at(-1)!,
        `file://${ROOT}${document}`,
      );
      const found = await Deno.stat(url).catch(() => null);
      assert(found, `${document} names ${path}`);
      if (anchor === undefined) continue;
      assert(
        anchorsOf(await Deno.readTextFile(url)).includes(anchor),
        `${document} names ${target}`,
      );
    }
  });
}

Deno.test("the README names every task, and no other", async () => {
  const named = [...(await read("README.md")).matchAll(/deno task ([\w-]+)/g)];
  assertEquals(
    [...new Set(named.map((match) => match[1]!))].sort(),
    Object.keys(config.tasks).sort(),
  );
});

Deno.test("CI runs the README's test command", async () => {
  const command = "npx -y deno@2.9.6 task test";
  assert((await read("README.md")).includes(command));
  assert((await read(".ci/run")).includes(`exec ${command}\n`));
});

Deno.test("the README's map names every folder of the house, and no other", async () => {
  const entries = await Array.fromAsync(Deno.readDir(ROOT));
  const folders = entries.filter(({ name, isDirectory }) =>
    isDirectory && !/^[._]|^node_modules$/.test(name)
  ).map(({ name }) => `${name}/`);
  const map = (await read("README.md")).match(/^```text\n(.*?)^```$/ms)![1]!;
  const named = [...map.matchAll(/^(\w+\/)/gm)].map((match) => match[1]!);
  assertEquals([...new Set(named)].sort(), folders.sort());
});
