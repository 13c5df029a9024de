import { type Activity, ActivitySchema, isActivity } from "./activity.ts";

/** A line that is no activity: where it is and what is wrong with it. */
export class MalformedLine extends Error {
  override name = "MalformedLine";

  constructor(readonly line: number, readonly why: string) {
    super(`Line ${line} is not an activity: ${why}`);
  }
}

/**
 * Reads activities from JSON lines as they come; empty lines are passed over.
 *
 * @param onMalformed gets each line that is no activity; by default it is thrown, since a report on half a file looks like a
 * report on a file
 * @throws {MalformedLine}
 */
export async function* readActivities(
  source: AsyncIterable<Uint8Array>,
  onMalformed: (error: MalformedLine) => void = (error) => {
    throw error;
  },
): AsyncGenerator<Activity, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  let line = 0;
  for await (const chunk of source) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop()!;
    for (const text of lines) {
      const activity = parse(text, ++line, onMalformed);
      if (activity) yield activity;
    }
  }
  const activity = parse(rest + decoder.decode(), line + 1, onMalformed);
  if (activity) yield activity;
}

function parse(
  text: string,
  line: number,
  onMalformed: (error: MalformedLine) => void,
): Activity | undefined {
  if (text.length === 0 || text === "\r" || text.trim() === "") return;
  let value: unknown;
  try {
    value = JSON.parse(line === 1 ? text.replace(/^\ufeff/, "") : text);
  } catch {
    onMalformed(new MalformedLine(line, "not JSON"));
    return;
  }
  if (isActivity(value)) return value;
  const parsed = ActivitySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const where = issue.path.join(".");
  onMalformed(
    new MalformedLine(
      line,
      where === "" ? issue.message : `${where}: ${issue.message}`,
    ),
  );
}
