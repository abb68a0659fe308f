/** What one survey reads at most. What lies past a bound is left out, and named in the map's gaps. */
export const BOUNDS = {
  /** Tracked files of one commit. */
  files: 200_000,
  /** Bytes of one file whose text is read. */
  fileBytes: 512 * 1024,
  /** Bytes of a CODEOWNERS file: GitHub reads no longer one. */
  ownersBytes: 3 * 1024 * 1024,
  /** Bytes of all texts that one survey reads; what is left out is read by later ones. */
  allBytes: 512 * 1024 * 1024,
  /** Milliseconds that one survey parses files; the next one goes on from there. */
  parsingMs: 5 * 60_000,
  /** Imports that count in one file. */
  imports: 2_000,
  /** Newest commits without merges. */
  commits: 5_000,
  /** Files of one commit: those of a larger one say nothing about each other. */
  filesOfCommit: 30,
  /** Manifests of one kind. */
  manifests: 5_000,
  /** Places that declare a workspace of one kind. */
  workspaces: 100,
  /** Patterns of one list of a workspace's members. */
  patterns: 200,
} as const;

/** How strong a pair of files must be to count as changing together, and how many partners a file has at most. */
export const TOGETHER = { support: 3, lift: 1, partners: 20 } as const;

/** From which share of the commits, and from how many changes on, a file counts as changed often. */
export const OFTEN = { share: 0.1, changes: 10 } as const;
