import { type Activity, ActivitySchema, isActivity } from "./activity.ts";

/** A line that is no activity: where it is and what is wrong with it. */
export class MalformedLine extends Error {
  override name = "MalformedLine";

  constructor(readonly line: number, readonly why: string) {
    super(`Line ${line} is not an activity: ${why}`);
  }
}

/** Characters of the longest line. What is longer is no activity, and is not kept in memory to find that out. */
const LONGEST = 1_048_576;

/**
 * Reads activities from JSON lines as they come; empty lines are passed over.
 *
 * @param onMalformed gets each line that is no activity; by default it is thrown, since a report on half a file looks like a
 * report on a file
 * @throws {MalformedLine}
 */
export async function* readActivities(
  source: AsyncIterable<Uint8Array>,
  onMalformed?: (error: MalformedLine) => void,
): AsyncGenerator<Activity, void, undefined> {
  for await (const some of readActivityBatches(source, onMalformed)) {
    yield* some;
  }
}

/** As `readActivities`, those of a piece of the source together: of a million lines each would else wait its turn alone. */
export async function* readActivityBatches(
  source: AsyncIterable<Uint8Array>,
  onMalformed: (error: MalformedLine) => void = (error) => {
    throw error;
  },
): AsyncGenerator<Activity[], void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  let line = 0;
  /** Inside a line that is too long, and was said to be. */
  let tooLong = false;
  const parseAll = (lines: string[]): Activity[] => {
    const some: Activity[] = [];
    for (const text of lines) {
      line++;
      if (tooLong) {
        tooLong = false;
        continue;
      }
      const activity = parse(text, line, onMalformed);
      if (activity) some.push(activity);
    }
    return some;
  };
  for await (const chunk of source) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop()!;
    yield parseAll(lines);
    if (rest.length > LONGEST) {
      if (!tooLong) onMalformed(longLine(line + 1));
      tooLong = true;
      rest = "";
    }
  }
  yield parseAll([rest + decoder.decode()]);
}

const longLine = (line: number) =>
  new MalformedLine(line, `longer than ${LONGEST} characters`);

function parse(
  text: string,
  line: number,
  onMalformed: (error: MalformedLine) => void,
): Activity | undefined {
  if (text.length === 0 || text === "\r" || text.trim() === "") return;
  if (text.length > LONGEST) {
    onMalformed(longLine(line));
    return;
  }
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
