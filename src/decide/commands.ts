import type { ParsedCommand } from '../domain/command.ts';
import type { Action, ActionBody, Effect } from '../domain/effect.ts';
import type { Facts, Memory } from '../domain/facts.ts';
import { blockerKey, commandedBlockers } from '../domain/facts.ts';
import { isHome } from '../domain/ids.ts';
import { type Comment, canWrite } from '../domain/issue.ts';
import { parseCommands } from '../plan/commands.ts';
import type { Refusal } from '../render/refusals.ts';
import { refusedReply } from '../render/replies.ts';
import { approve } from './commands/approve.ts';
import { cancel, skip } from './commands/end.ts';
import { override } from './commands/override.ts';
import { pause, resume } from './commands/pause.ts';
import { prioritise } from './commands/priority.ts';
import { type Answer, type Request, refuse } from './commands/request.ts';
import { retry } from './commands/retry.ts';
import { runNow } from './commands/run.ts';
import { explain, help, plan, status } from './commands/show.ts';
import { evolve } from './evolve.ts';
import { commandKey } from './keys.ts';
import type { Ruling } from './rule.ts';

/**
 * Carries out the commands in new comments, each exactly once: that it was handled is recorded in the same transaction
 * as what it changes. The author's permission is part of the facts of this very pass.
 */
export function obeyCommands(facts: Facts): Ruling {
  const effects: Effect[] = [];
  let now = facts;
  for (const { comment, command } of newCommands(facts)) {
    const obeyed = obey(now, comment, command);
    effects.push(...obeyed);
    now = evolve(now, obeyed).facts;
  }
  return {
    effects: [...effects, ...moveWatermark(facts)],
    refreshAt: namesUnreadBlockers(now) ? facts.now : null,
  };
}

/** Whether a command names an issue of which nobody knows yet whether it is open. */
function namesUnreadBlockers({ memory, world }: Facts): boolean {
  const tasks = new Set(memory.tasks.map(({ issue }) => issue));
  return commandedBlockers(memory, world.issues).some(
    (ref) =>
      !world.blockers.has(blockerKey(ref)) && !(isHome(ref, world.repository) && tasks.has(ref.number)),
  );
}

export interface NewCommand {
  readonly comment: Comment;
  readonly command: ParsedCommand;
}

/** Not the App's: its own texts quote commands. */
const newCommands = ({ world, memory, settings }: Facts): readonly NewCommand[] =>
  unhandled(
    memory,
    world.comments.filter((comment) => comment.author !== settings.appLogin),
  );

/** Commands that nobody has handled yet, line by line: an edit can add one to a comment that was handled. Bots are not obeyed. */
export function unhandled(memory: Memory, comments: readonly Comment[]): readonly NewCommand[] {
  const handled = new Set(memory.handled.map(({ commentId, line }) => `${commentId}:${line}`));
  return comments
    .filter((comment) => !comment.byBot)
    .flatMap((comment) => parseCommands(comment.body).map((command) => ({ comment, command })))
    .filter(({ comment, command }) => !handled.has(`${comment.id}:${command.line}`));
}

function obey(facts: Facts, comment: Comment, command: ParsedCommand): readonly Effect[] {
  const answer = judge(facts, comment, command);
  const { author, id: commentId } = comment;
  const refused = answer.kind === 'refused';
  const text = refused
    ? refusedReply({ author, command: command.text, refusal: answer.refusal })
    : answer.reply;
  const handled = {
    commentId,
    line: command.line,
    verb: verbOf(command),
    author,
  };
  return [
    { kind: 'handle-command', command: { ...handled, result: refused ? 'refused' : 'done', at: facts.now } },
    act(comment, 'eyes', { kind: 'react', comment: commentId, content: 'eyes' }),
    ...(refused ? [] : answer.effects),
    ...(text === null
      ? []
      : [act(comment, `reply/${command.line}`, { kind: 'comment', issue: comment.issue, body: text })]),
    act(comment, refused ? 'confused' : 'rocket', {
      kind: 'react',
      comment: commentId,
      content: refused ? 'confused' : 'rocket',
    }),
  ];
}

const verbOf = (command: ParsedCommand): string =>
  command.kind === 'known' ? command.command.verb : command.verb;

const act = (comment: Comment, what: string, body: ActionBody): Action => ({
  key: commandKey(comment.id, what),
  runId: null,
  mode: 'once',
  ...body,
});

function judge(facts: Facts, comment: Comment, command: ParsedCommand): Answer {
  const refusal = whyNotHeard(facts, comment) ?? whyNotUnderstood(command);
  if (refusal) return refuse(refusal);
  return command.kind === 'known'
    ? answerTo(facts, comment, command)
    : refuse({ kind: 'unsupported', words: [command.verb] });
}

/** Only comments as first written, by people who may write now. */
function whyNotHeard(facts: Facts, comment: Comment): Refusal | null {
  const permission = facts.world.permissions.get(comment.author) ?? 'none';
  if (!canWrite(permission)) return { kind: 'no-permission', permission };
  return comment.lastEdit ? { kind: 'edited' } : null;
}

function whyNotUnderstood(command: ParsedCommand): Refusal | null {
  switch (command.kind) {
    case 'known':
      return null;
    case 'unknown':
      return command.later
        ? { kind: 'unsupported', words: [command.verb] }
        : { kind: 'unknown-verb', word: command.verb, suggestion: command.didYouMean };
    case 'malformed':
      return { kind: 'malformed', verb: command.verb, usage: command.usage };
    default:
      return command satisfies never;
  }
}

function answerTo(
  facts: Facts,
  comment: Comment,
  { command, line, text }: Extract<ParsedCommand, { kind: 'known' }>,
): Answer {
  const request: Request = {
    facts,
    issue: ('issue' in command ? command.issue : null) ?? comment.issue,
    author: comment.author,
    at: comment.createdAt,
    written: { commentId: comment.id, line, quote: text },
  };
  switch (command.verb) {
    case 'help':
      return help();
    case 'plan':
      return plan(request);
    case 'run':
      return runNow(request);
    case 'status':
      return status(request);
    case 'explain':
      return explain(request);
    case 'pause':
      return pause(request);
    case 'resume':
      return resume(request);
    case 'cancel':
      return cancel(request);
    case 'retry':
      return command.mode === 'auto'
        ? retry(request)
        : refuse({ kind: 'unsupported', words: [command.verb, command.mode] });
    case 'skip':
      return skip(request);
    case 'approve':
      return approve(request);
    case 'priority':
      return prioritise(request, command.priority);
    case 'depends-on':
    case 'independent-of':
      return override(request, { relation: command.verb, on: command.on });
    default:
      return command satisfies never;
  }
}

/** Comments are read from the newest one on; the reader starts a little before it, since lists lag. */
function moveWatermark(facts: Facts): readonly Effect[] {
  const newest = Math.max(0, ...facts.world.comments.map((comment) => comment.updatedAt));
  return newest > facts.memory.commentsSince
    ? [{ kind: 'update-repository', patch: { commentsSince: newest } }]
    : [];
}
