import { serve } from './serve.ts';

/** What runs in the process that makes a map. */
await serve(process.stdin, process.stdout);
