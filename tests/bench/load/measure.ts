/** Seconds of CPU that a process, all its threads, has used so far (Linux). */
export function cpuSeconds(pid: number): number {
  let nanoseconds = 0;
  for (const task of Deno.readDirSync(`/proc/${pid}/task`)) {
    try {
      const path = `/proc/${pid}/task/${task.name}/schedstat`;
      nanoseconds += Number(Deno.readTextFileSync(path).split(" ")[0]);
    } catch {
      // The thread ended a moment ago.
    }
  }
  return nanoseconds / 1e9;
}

/** Bytes of memory that a process holds (Linux). */
export function residentBytes(pid: number): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(/VmRSS:\s*(\d+)/.exec(status)![1]) * 1024;
}

/** The smallest value that at least the share `q` of `values` does not exceed; NaN if there are none. */
export function quantile(values: Float64Array | number[], q: number): number {
  const sorted = Float64Array.from(values).sort();
  if (!sorted.length) return NaN;
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!;
}

/** Numbers in bounded memory that grows as needed. */
export class Samples {
  #values = new Float64Array(1 << 16);
  #length = 0;

  add(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(2 * this.#length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  get length(): number {
    return this.#length;
  }

  quantile(q: number): number {
    return quantile(this.#values.subarray(0, this.#length), q);
  }

  clear(): void {
    this.#length = 0;
  }
}

/** Keeps this process off the core of the server under test; without `taskset` or a second core, says so. */
export async function pinSelf(core: number): Promise<void> {
  try {
    const { success } = await new Deno.Command("taskset", {
      args: ["-apc", String(core), String(Deno.pid)],
      stdout: "null",
      stderr: "null",
    }).output();
    if (success) return;
  } catch {
    // There is no taskset here.
  }
  console.log("(not pinned: no taskset, or one core only)");
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
