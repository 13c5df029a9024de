export * from "./ladder.ts";
export * from "./rule.ts";
