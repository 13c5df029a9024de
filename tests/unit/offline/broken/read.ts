import { homedir } from "node:os";

/** Only a server can. */
export function readHome(): string {
  return Deno.readTextFileSync(`${homedir()}/.profile`);
}
