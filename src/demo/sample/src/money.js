/** Whole cents as a price, as in `€12.50`. */
export function formatPrice(cents) {
  return `€${(cents / 100).toFixed(2)}`;
}
