/** What is of the whole process, however many of its isolates tell it. */
const OF_THE_PROCESS = new Set([
  "process_resident_memory_bytes",
  "nexora_draining",
]);

interface Block {
  comments: string[];
  /** Name with labels → value. */
  samples: Map<string, number>;
}

/** Adds expositions of isolates of one process up to one, sample by sample. */
export function sumExpositions(texts: string[]): string {
  if (texts.length === 1) return texts[0]!;
  const blocks = new Map<string, Block>();
  for (const text of texts) addBlocks(text, blocks);
  let sum = "";
  for (const { comments, samples } of blocks.values()) {
    const lines = [...samples].map(([sample, value]) => `${sample} ${value}`);
    sum += [...comments, ...lines].join("\n") + "\n";
  }
  return sum;
}

/** A block is what stands from one metric's first comment to the next's. */
function addBlocks(text: string, blocks: Map<string, Block>): void {
  let name = "";
  for (const line of text.split("\n")) {
    if (line === "") continue;
    if (line.startsWith("#")) {
      name = line.split(" ")[2]!;
      const block: Block = blocks.get(name) ??
        { comments: [], samples: new Map() };
      blocks.set(name, block);
      if (!block.comments.includes(line)) block.comments.push(line);
      continue;
    }
    const { samples } = blocks.get(name)!;
    const end = line.lastIndexOf(" ");
    const sample = line.slice(0, end);
    const value = Number(line.slice(end + 1));
    const before = samples.get(sample);
    samples.set(
      sample,
      before === undefined
        ? value
        : OF_THE_PROCESS.has(name)
        ? Math.max(before, value)
        : before + value,
    );
  }
}
