import type { Trx } from '../schema.ts';

/** The tables of the first release. */
export async function up(trx: Trx): Promise<void> {
  await createRepositories(trx);
  await createDeliveries(trx);
  await createAdmissions(trx);
  await createRuns(trx);
  await createTasks(trx);
  await createAttempts(trx);
  await createCommands(trx);
  await createActions(trx);
}

async function createRepositories({ schema }: Trx): Promise<void> {
  await schema
    .createTable('repositories')
    .addColumn('repository_id', 'bigint', (column) => column.primaryKey().notNull())
    .addColumn('installation_id', 'bigint', (column) => column.notNull())
    .addColumn('comments_since', 'bigint', (column) => column.notNull())
    .addColumn('quiet_skipped_at', 'bigint', (column) => column.notNull())
    .addColumn('run_count', 'bigint', (column) => column.notNull())
    .addColumn('first_seen_at', 'bigint', (column) => column.notNull())
    .execute();
}

async function createDeliveries({ schema }: Trx): Promise<void> {
  await schema
    .createTable('deliveries')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('repository_id', 'bigint', (column) =>
      column.notNull().references('repositories.repository_id'),
    )
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('processed_at', 'bigint')
    .execute();
  // Serves what is due (no time yet), what is due in one repository, and what is old enough to go.
  await schema
    .createIndex('deliveries_by_state')
    .on('deliveries')
    .columns(['processed_at', 'repository_id'])
    .execute();
}

async function createAdmissions({ schema }: Trx): Promise<void> {
  await schema
    .createTable('admissions')
    .addColumn('repository_id', 'bigint', (column) =>
      column.notNull().references('repositories.repository_id'),
    )
    .addColumn('issue', 'bigint', (column) => column.notNull())
    .addColumn('label_event_id', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('allowed', 'bigint', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addColumn('joined', 'bigint', (column) => column.notNull())
    .addColumn('times_joined', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('admissions_key', ['repository_id', 'issue'])
    .execute();
}

async function createRuns({ schema }: Trx): Promise<void> {
  await schema
    .createTable('runs')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('repository_id', 'bigint', (column) =>
      column.notNull().references('repositories.repository_id'),
    )
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('opened_at', 'bigint', (column) => column.notNull())
    .addColumn('paused_at', 'bigint')
    .addColumn('plan', 'text')
    .addColumn('ended_at', 'bigint')
    .execute();
  await schema.createIndex('runs_by_repository').on('runs').columns(['repository_id', 'ended_at']).execute();
}

async function createTasks({ schema }: Trx): Promise<void> {
  await schema
    .createTable('tasks')
    .addColumn('run_id', 'text', (column) => column.notNull().references('runs.id'))
    .addColumn('issue', 'bigint', (column) => column.notNull())
    .addColumn('requested_by', 'text', (column) => column.notNull())
    .addColumn('joined_at', 'bigint', (column) => column.notNull())
    .addColumn('branch', 'text', (column) => column.notNull())
    .addColumn('text_hash', 'text', (column) => column.notNull())
    .addColumn('approved_at', 'bigint')
    .addColumn('priority', 'text')
    .addColumn('paused_at', 'bigint')
    .addColumn('forgiven_attempts', 'bigint', (column) => column.notNull())
    .addColumn('approved_attempts', 'bigint', (column) => column.notNull())
    .addColumn('released_attempts', 'bigint', (column) => column.notNull())
    .addColumn('needs_human', 'text')
    .addColumn('ended', 'text')
    .addPrimaryKeyConstraint('tasks_key', ['run_id', 'issue'])
    .execute();
}

async function createAttempts({ schema }: Trx): Promise<void> {
  await schema
    .createTable('attempts')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('repository_id', 'bigint', (column) =>
      column.notNull().references('repositories.repository_id'),
    )
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('issue', 'bigint', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('cause', 'text', (column) => column.notNull())
    .addColumn('prompt', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('tip', 'text')
    .addColumn('base', 'text')
    .addColumn('fence', 'bigint', (column) => column.notNull())
    .addColumn('lease_holder', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('started_at', 'bigint')
    .addColumn('cancel_requested', 'bigint', (column) => column.notNull())
    .addColumn('outcome', 'text')
    .addColumn('outcome_class', 'text')
    .addColumn('work_ms', 'bigint')
    .addColumn('finished_at', 'bigint')
    .addForeignKeyConstraint('attempts_task', ['run_id', 'issue'], 'tasks', ['run_id', 'issue'])
    .addUniqueConstraint('attempts_number', ['run_id', 'issue', 'number'])
    .execute();
  // Serves the newest finished ones of a repository, and those without an outcome everywhere.
  await schema
    .createIndex('attempts_by_outcome')
    .on('attempts')
    .columns(['outcome_class', 'repository_id', 'finished_at'])
    .execute();
}

async function createCommands({ schema }: Trx): Promise<void> {
  await schema
    .createTable('commands')
    .addColumn('repository_id', 'bigint', (column) =>
      column.notNull().references('repositories.repository_id'),
    )
    .addColumn('comment_id', 'bigint', (column) => column.notNull())
    .addColumn('line', 'bigint', (column) => column.notNull())
    .addColumn('verb', 'text', (column) => column.notNull())
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('result', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('commands_key', ['repository_id', 'comment_id', 'line'])
    .execute();
  await schema.createIndex('commands_by_time').on('commands').columns(['repository_id', 'at']).execute();
}

async function createActions({ schema }: Trx): Promise<void> {
  await schema
    .createTable('actions')
    .addColumn('repository_id', 'bigint', (column) =>
      column.notNull().references('repositories.repository_id'),
    )
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('run_id', 'text', (column) => column.references('runs.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('payload_hash', 'text', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('result', 'text')
    .addColumn('previous', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('done_at', 'bigint')
    .addColumn('tries', 'bigint', (column) => column.notNull())
    .addColumn('not_before', 'bigint', (column) => column.notNull())
    .addColumn('last_error', 'text')
    .addPrimaryKeyConstraint('actions_key', ['repository_id', 'key'])
    .execute();
  await schema
    .createIndex('actions_by_state')
    .on('actions')
    .columns(['state', 'repository_id', 'position'])
    .execute();
  await schema
    .createIndex('actions_by_run')
    .on('actions')
    .columns(['repository_id', 'run_id', 'position'])
    .execute();
}
