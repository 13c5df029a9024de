import { z } from "zod";
import { cut } from "../words.ts";
import { UnfitAnswer } from "./failure.ts";

/** What a model has no reason to write, and somebody who wrote into its prompt has. */
const UNSAFE = [
  /[a-z][a-z0-9+.-]*:\/\//i,
  /\bwww\./i,
  /\b(?:javascript|data|mailto|tel):/i,
  /[^\s@]+@[^\s@]+\.[a-z]{2,}/i,
  // A host with a path. Names such as `next.js` are none.
  /\b[\w-]+\.[a-z]{2,}\/\S/i,
  /<\/?[a-z!]/i,
  /\]\s*\(/,
];

/** Characters that change what is read without being seen: controls, directions, zero widths. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;

/**
 * A line of plain words by a model, cut at `length` characters. Links, markup and addresses make the whole answer
 * unfit: they are a sign that somebody else's text has taken over.
 */
export function plainLine(length: number) {
  return z.string().max(20_000).transform((text) => {
    const plain = text.toWellFormed().replace(INVISIBLE, " ")
      .replace(/\s+/g, " ").trim();
    if (UNSAFE.some((pattern) => pattern.test(plain))) {
      throw new UnfitAnswer("unsafe_answer", "It wrote a link or markup");
    }
    return cut(plain, length);
  });
}

/** As what the model has to answer: without what JSON schema cannot say. */
export function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return rest;
}
