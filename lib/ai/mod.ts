export * from "./oracle/mod.ts";
