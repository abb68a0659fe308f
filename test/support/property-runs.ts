/**
 * On how many examples a property is tried. `npm test` has to stay quick on two cores; `npm run test:long` tries ten
 * times as many (`test/long/vitest.config.ts` names the files).
 */
export const runs = (usual: number): { readonly numRuns: number } => ({
  numRuns: usual * Number(process.env.PROPERTY_FACTOR ?? 1),
});
