import { openStore } from '../../../src/store/open.ts';

/** Opens the store of the folder that is named and holds it until it is killed. */
const [dataDir = ''] = process.argv.slice(2);
try {
  await openStore({ dataDir });
  console.log('open');
  setInterval(() => {}, 60_000);
} catch (error) {
  console.log(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}
