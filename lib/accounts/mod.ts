export { AccountEnd, closeAccount, type CloseDeps } from "./close.ts";
export { type Obstacle, obstaclesOf } from "./obstacles.ts";
export { registerAccountJobs } from "./forget_job.ts";
