export { seedDemo } from "./seed.ts";
export { listDemoUsers } from "./users.ts";
