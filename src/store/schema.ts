import type { Kysely, Transaction } from 'kysely';

/*
 * The tables as TypeScript sees them; the migrations make them. Times are milliseconds since the epoch, flags are 0 and
 * 1, structures are JSON in a text: the same on SQLite and PostgreSQL.
 */

export interface Schema {
  readonly repositories: RepositoryTable;
  readonly deliveries: DeliveryTable;
  readonly admissions: AdmissionTable;
  readonly runs: RunTable;
  readonly tasks: TaskTable;
  readonly attempts: AttemptTable;
  readonly commands: CommandTable;
  readonly actions: ActionTable;
  readonly overrides: OverrideTable;
  readonly scores: ScoreTable;
  readonly schema_migrations: MigrationTable;
}

export type Database = Kysely<Schema>;

/** Inside a transaction only this: a call on the `Database` would wait for the one connection for ever. */
export type Trx = Transaction<Schema>;

/**
 * A repository is known by its own id: when it moves to another account, or the App is installed anew, only the
 * installation changes and its runs go on.
 */
export interface RepositoryTable {
  readonly repository_id: number;
  readonly installation_id: number;
  readonly comments_since: number;
  readonly quiet_skipped_at: number;
  readonly run_count: number;
  readonly first_seen_at: number;
}

export interface DeliveryTable {
  readonly id: string;
  readonly event: string;
  readonly repository_id: number;
  readonly received_at: number;
  readonly processed_at: number | null;
}

export interface AdmissionTable {
  readonly repository_id: number;
  readonly issue: number;
  readonly label_event_id: number;
  readonly actor: string;
  readonly allowed: number;
  readonly seen_at: number;
  readonly joined: number;
  readonly times_joined: number;
}

export interface RunTable {
  readonly id: string;
  readonly repository_id: number;
  readonly scope: string;
  readonly opened_at: number;
  readonly paused_at: number | null;
  readonly plan: string | null;
  readonly ended_at: number | null;
}

export interface TaskTable {
  readonly run_id: string;
  readonly issue: number;
  readonly requested_by: string;
  readonly joined_at: number;
  readonly branch: string;
  readonly text_hash: string;
  readonly approved_at: number | null;
  readonly priority: string | null;
  readonly paused_at: number | null;
  readonly forgiven_attempts: number;
  readonly approved_attempts: number;
  readonly released_attempts: number;
  readonly needs_human: string | null;
  readonly ended: string | null;
}

export interface AttemptTable {
  readonly id: string;
  readonly repository_id: number;
  readonly run_id: string;
  readonly issue: number;
  readonly number: number;
  readonly kind: string;
  readonly cause: string;
  readonly prompt: string;
  readonly title: string;
  readonly created_at: number;
  readonly forecast: string | null;
  readonly tip: string | null;
  readonly base: string | null;
  readonly fence: number;
  readonly lease_holder: string | null;
  readonly lease_until: number | null;
  readonly started_at: number | null;
  readonly cancel_requested: number;
  readonly outcome: string | null;
  /** The outcome's class, and what it took in agent and verify commands: kept apart, so that they can be asked for. */
  readonly outcome_class: string | null;
  readonly work_ms: number | null;
  readonly finished_at: number | null;
  /** What was known of the task and what was predicted when the attempt was decided; null in earlier versions. */
  readonly profile: string | null;
  readonly predicted: string | null;
  /** Of the outcome, like its class. */
  readonly failure: string | null;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
  /** Millionths of a dollar. */
  readonly micro_usd: number | null;
  /** When it ended, where estimates learn from it. */
  readonly learnt_at: number | null;
}

export interface CommandTable {
  readonly repository_id: number;
  readonly comment_id: number;
  readonly line: number;
  readonly verb: string;
  readonly author: string;
  readonly result: string;
  readonly at: number;
}

export interface OverrideTable {
  readonly repository_id: number;
  readonly comment_id: number;
  readonly line: number;
  readonly issue: number;
  readonly on_owner: string;
  readonly on_name: string;
  readonly on_number: number;
  readonly relation: string;
  readonly author: string;
  readonly quote: string;
}

/** Predictions of one task beside what it changed, by source; see `Score`. */
export interface ScoreTable {
  readonly repository_id: number;
  readonly run_id: string;
  readonly issue: number;
  readonly subject: string;
  /** The last attempt that was taken into account. */
  readonly attempt: number;
  readonly predicted: number;
  /** In millionths. */
  readonly expected: number;
  readonly hits: number;
  readonly real_paths: number;
  readonly found_paths: number;
}

/** The outbox. */
export interface ActionTable {
  readonly repository_id: number;
  readonly key: string;
  readonly run_id: string | null;
  readonly kind: string;
  readonly mode: string;
  readonly payload: string;
  readonly payload_hash: string;
  /** Order of the intents within the repository. */
  readonly position: number;
  readonly state: string;
  /** What became of it the last time; kept while it is pending again. */
  readonly result: string | null;
  /** The last result that was not a refusal. */
  readonly previous: string | null;
  readonly created_at: number;
  readonly done_at: number | null;
  readonly tries: number;
  readonly not_before: number;
  readonly last_error: string | null;
}

export interface MigrationTable {
  readonly number: number;
  readonly name: string;
  readonly applied_at: number;
}
