/** What the agent knows how to write. `needs`: functions of other modules; `hasty`: what it writes before it has seen a test fail. */
export const RECIPES = {
  words: {
    code: String.raw`
export function words(text) {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}`,
  },
  slugify: {
    needs: { words: 'text' },
    code: String.raw`
export function slugify(title) {
  const plain = title.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return words(plain).join('-').toLowerCase();
}`,
  },
  initials: {
    needs: { words: 'text' },
    code: `
export function initials(name) {
  return words(name)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join('');
}`,
  },
  profilePath: {
    needs: { slugify: 'urls', initials: 'users' },
    code: `
export function profilePath(name) {
  return \`/makers/\${slugify(name)}?badge=\${initials(name)}\`;
}`,
  },
  clamp: {
    code: `
export function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}`,
  },
  median: {
    code: `
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}`,
  },
  chunk: {
    hasty: `
export function chunk(items, size) {
  const chunks = [];
  for (let start = 0; start + size <= items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}`,
    code: `
export function chunk(items, size) {
  const chunks = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}`,
  },
  cartTotal: {
    code: `
export function cartTotal(lines) {
  return lines.reduce((total, { price, count }) => total + price * count, 0);
}`,
  },
  receipt: {
    needs: { cartTotal: 'carts', formatPrice: 'money' },
    code: `
export function receipt(lines) {
  const items = lines.map(({ name, price, count }) => \`\${count} x \${name}: \${formatPrice(price * count)}\`);
  return [...items, \`Total: \${formatPrice(cartTotal(lines))}\`].join('\\n');
}`,
  },
  thankYou: {
    needs: { capitalize: 'text', receipt: 'receipts' },
    code: `
export function thankYou(name, lines) {
  return \`Thank you, \${capitalize(name)}!\\n\\n\${receipt(lines)}\`;
}`,
  },
  addDays: {
    code: `
export function addDays(date, days) {
  return new Date(date.getTime() + days * 86_400_000);
}`,
  },
  parseMinutes: {
    code: String.raw`
export function parseMinutes(text) {
  const [, hours = '0'] = /(\d+) h/.exec(text) ?? [];
  const [, minutes = '0'] = /(\d+) min/.exec(text) ?? [];
  return Number(hours) * 60 + Number(minutes);
}`,
  },
};
