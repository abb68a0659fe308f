import type { KeySource } from '../../domain/overlap.ts';

/*
 * How sure each kind of clue is before a repository has taught us better. The numbers are judgements, not measurements:
 * what was measured here soon outweighs them (`calibrate.ts`). They are chosen so that, with the default thresholds, a
 * guess alone never holds a file back, two agreeing guesses do, and a steady history does.
 */

/** A path that ends in what was named, the only one that does: `cart/price.ts` for `packages/cart/price.ts`. */
export const SUFFIX = 0.95;
/** An identifier in inline code that is one file's name: `PriceList`, `price-list`; and a single plain word. */
export const COMPOUND_NAME = 0.75;
export const PLAIN_NAME = 0.6;

/** A package in inline code, as a scoped name in plain text, and by a label such as `package/cart`. */
export const PACKAGE_IN_CODE = 0.5;
export const PACKAGE_IN_TEXT = 0.4;
export const PACKAGE_LABEL = 0.6;

/** A file that imports a changed one; one that a changed one imports. Shared out where there are more than `FEW`. */
export const IMPORTER = 0.3;
export const IMPORT = 0.15;
export const FEW = 3;

/** What a named team owns. */
export const OWNED = 0.2;

/** Dependencies are to be changed: by the title, by the text; and the manifest beside the lock file. */
export const LOCK_BY_TITLE = 0.8;
export const LOCK_BY_TEXT = 0.6;
export const MANIFEST = 0.9;
/** The database's form is to be changed. */
export const MIGRATION_BY_TITLE = 0.8;
export const MIGRATION_BY_TEXT = 0.6;

/** However often a file changes anyway. */
export const MOST_OFTEN = 0.75;

/**
 * No more than this is believed of one source alone, whatever was learnt. A package is large: that somebody changed
 * something in it comes true easily and says little about two tasks. And a file that every task changes would make
 * everything run one after another.
 */
const CEILINGS: Partial<Record<KeySource, number>> = {
  package: 0.75,
  'package-label': 0.75,
  owner: 0.5,
  'often-changed': MOST_OFTEN,
};

/** Certain is only what somebody has named. */
export const ceilingOf = (source: KeySource): number => CEILINGS[source] ?? 0.99;
