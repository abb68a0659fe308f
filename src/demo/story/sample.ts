import { fileURLToPath } from 'node:url';

/** The sample repository. Beside the sources: the demo runs from a checkout, and the compiler copies only what it compiles. */
export const SAMPLE_FOLDER = fileURLToPath(new URL('../../../src/demo/sample', import.meta.url));
