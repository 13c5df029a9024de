/** Thrown by every assertion of this package. */
export class AssertionError extends Error {
  /**
   * @param message What went wrong
   * @param options `cause`, as for `Error`
   */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}

/** Ends a caller's own sentence, the way `@std/assert` words it. */
export function suffix(msg?: string): string {
  return msg ? `: ${msg}` : ".";
}
