export { MAX_FILES, type Upload, UPLOAD_LIMIT } from "./types.ts";
export { UNSENT_KEPT, type UploadDeps, uploadFile } from "./upload.ts";
export { enclose, type Enclosed } from "./send.ts";
export { findFile } from "./find.ts";
export { dropFile, registerUploadJobs } from "./drop.ts";
export { type FileLook, lookAt } from "./look.ts";
