import { queueContract } from "./contract.ts";
import { sharedMemoryStore } from "./stores.ts";

// `:memory:` has queues: after the first native bell nobody watches any more.
queueContract({ name: "native", native: true, open: sharedMemoryStore });
queueContract({
  name: "native, found out",
  native: undefined,
  open: sharedMemoryStore,
});
