import { readHome } from "../read.ts";

/** Brings server code into the browser: the build must refuse it. */
export default function Reads() {
  return <p>{readHome()}</p>;
}
