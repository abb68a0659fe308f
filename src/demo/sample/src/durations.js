/** Minutes as people write them, as in `1 h 30 min`. */
export function formatMinutes(minutes) {
  const hours = Math.floor(minutes / 60);
  const rest = `${minutes % 60} min`;
  return hours === 0 ? rest : `${hours} h ${rest}`;
}
