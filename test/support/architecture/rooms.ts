/** What the files of a room may import, besides each other. */
export interface Room {
  /** Other rooms; `all` for the places where everything is joined. */
  readonly rooms: readonly string[] | 'all';
  /** Packages by name, `*` standing for any ending; `all` where the room stands outside of the product. */
  readonly packages: readonly string[] | 'all';
  /** Node's own modules. A room with a list here is pure: no I/O, no clock, no randomness. */
  readonly node: readonly string[] | 'all';
}

/** The rooms table. A file directly below src/ is a room of its own. */
export const rooms: Readonly<Record<string, Room>> = {
  domain: { rooms: [], packages: ['zod'], node: [] },
  // The worker thread in which a plan is improved is the one way out that the planner has.
  plan: { rooms: ['domain'], packages: ['mdast*', 'micromark*'], node: ['node:worker_threads'] },
  decide: { rooms: ['domain', 'plan', 'render'], packages: [], node: [] },
  render: { rooms: ['domain'], packages: [], node: [] },
  coordinator: { rooms: ['domain', 'decide', 'plan'], packages: ['p-queue'], node: 'all' },
  webhooks: { rooms: ['domain'], packages: ['probot', '@octokit/webhooks*'], node: 'all' },
  repository: {
    rooms: ['domain'],
    packages: ['execa', 'yaml', 'smol-toml', 'picomatch', 'oxc-parser', '@lezer/python'],
    node: 'all',
  },
  github: { rooms: ['domain'], packages: ['@octokit/*'], node: 'all' },
  store: { rooms: ['domain'], packages: ['kysely', 'libsql', 'pg'], node: 'all' },
  dispatch: {
    rooms: ['domain', 'store'],
    packages: ['p-queue', 'pg-boss', '@octokit/*', '@modelcontextprotocol/*'],
    node: 'all',
  },
  runner: { rooms: ['domain'], packages: ['execa', 'simple-git', '@agentclientprotocol/*'], node: 'all' },
  telemetry: { rooms: ['domain'], packages: [], node: 'all' },
  dashboard: { rooms: ['domain', 'store'], packages: [], node: 'all' },
  demo: { rooms: ['domain'], packages: 'all', node: 'all' },
  cli: { rooms: 'all', packages: 'all', node: 'all' },
  'app.ts': { rooms: 'all', packages: 'all', node: 'all' },
  'providers.ts': { rooms: ['repository', 'plan', 'telemetry', 'domain'], packages: [], node: 'all' },
  'index.ts': { rooms: ['plan', 'runner', 'telemetry', 'domain'], packages: [], node: 'all' },
};

/** The room of a source file, as `decide` of `src/decide/landing.ts`. */
export function roomOf(path: string): string {
  return path.split('/')[1] ?? path;
}

/** The one clock of a pure room: it ends a search whose budget is used up. */
const CLOCKS: readonly string[] = ['src/plan/improve/clock.ts'];

export function isPure(path: string): boolean {
  if (CLOCKS.includes(path)) return false;
  return Array.isArray(rooms[roomOf(path)]?.node);
}

/** Why a file may not import what it imports; undefined if it may. `target` is a source file or a module's name. */
export function refusal(path: string, target: string): string | undefined {
  const from = roomOf(path);
  const room = rooms[from];
  if (!room) return `${path}: src/${from} is no room`;
  if (target.startsWith('node:')) return allow(room.node, target, path);
  if (!target.startsWith('src/')) return allow(room.packages, packageOf(target), path);
  return roomOf(target) === from ? undefined : allow(room.rooms, roomOf(target), path);
}

function allow(list: readonly string[] | 'all', name: string, path: string): string | undefined {
  const allowed = list === 'all' || list.some((it) => fits(it, name));
  return allowed ? undefined : `${path} may not import ${name}`;
}

function fits(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

function packageOf(specifier: string): string {
  const depth = specifier.startsWith('@') ? 2 : 1;
  return specifier.split('/').slice(0, depth).join('/');
}
