import { queueContract } from "./contract.ts";
import { sharedMemoryStore } from "./stores.ts";

// What today's Deno Deploy has: no queues, but watch.
queueContract({ name: "watch", native: false, open: sharedMemoryStore });
