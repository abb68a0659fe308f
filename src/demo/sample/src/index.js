export * from './dates.js';
export * from './durations.js';
export * from './lists.js';
export * from './money.js';
export * from './numbers.js';
export * from './text.js';
