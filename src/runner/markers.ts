/** The variable by which everything that runs for a task is found again: its home is its own. */
export const TASK_MARKER = 'HEDDLE_HOME';

/** The variable by which git processes of a runner are found again, whatever became of their server. */
export const GIT_MARKER = 'HEDDLE_GIT';
