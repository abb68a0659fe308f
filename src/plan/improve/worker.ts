import { parentPort } from 'node:worker_threads';
import { serve } from './serve.ts';

/** What runs in the thread of createPlan. */
if (parentPort !== null) serve(parentPort);
