import type { ExportEntry, ExportHead } from "./types.ts";

/** An export as JSON, an entry a line. */
export async function* jsonOf(
  head: ExportHead,
  entries: AsyncIterable<ExportEntry>,
): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"entries":[`;
  let first = true;
  for await (const entry of entries) {
    yield `${first ? "" : ","}\n${JSON.stringify(entry)}`;
    first = false;
  }
  yield "\n]}\n";
}
