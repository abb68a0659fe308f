import type { Schema, Schemas } from './description.ts';

// GitHub describes a timeline as "any of 33 events" without saying which name belongs to which form, and some forms
// require nothing: as it stands, any object passes. Here each name is tied to its form, so that a `labeled` event
// without a label is found.

/** Which names an event may have, by the schema that describes it. */
const names: Readonly<Record<string, readonly string[]>> = {
  'labeled-issue-event': ['labeled'],
  'unlabeled-issue-event': ['unlabeled'],
  'milestoned-issue-event': ['milestoned'],
  'demilestoned-issue-event': ['demilestoned'],
  'renamed-issue-event': ['renamed'],
  'review-requested-issue-event': ['review_requested'],
  'review-request-removed-issue-event': ['review_request_removed'],
  'review-dismissed-issue-event': ['review_dismissed'],
  'locked-issue-event': ['locked'],
  'timeline-comment-event': ['commented'],
  'timeline-cross-referenced-event': ['cross-referenced'],
  'timeline-committed-event': ['committed'],
  'timeline-reviewed-event': ['reviewed'],
  'timeline-line-commented-event': ['line-commented'],
  'timeline-commit-commented-event': ['commit-commented'],
  'timeline-assigned-issue-event': ['assigned'],
  'timeline-unassigned-issue-event': ['unassigned'],
  'sub-issue-added-issue-event': ['sub_issue_added'],
  'sub-issue-removed-issue-event': ['sub_issue_removed'],
  'parent-issue-added-issue-event': ['parent_issue_added'],
  'parent-issue-removed-issue-event': ['parent_issue_removed'],
  'blocked-by-added-issue-event': ['blocked_by_added'],
  'blocked-by-removed-issue-event': ['blocked_by_removed'],
  'blocking-added-issue-event': ['blocking_added'],
  'blocking-removed-issue-event': ['blocking_removed'],
  'state-change-issue-event': [
    ...['closed', 'reopened', 'merged', 'referenced', 'mentioned', 'subscribed', 'unsubscribed', 'unlocked'],
    ...[
      'convert_to_draft',
      'ready_for_review',
      'head_ref_deleted',
      'head_ref_restored',
      'head_ref_force_pushed',
    ],
    ...['base_ref_changed', 'connected', 'disconnected', 'pinned', 'unpinned', 'transferred'],
    ...['marked_as_duplicate', 'unmarked_as_duplicate'],
  ],
};

/** The timeline's schemas, sharpened; they replace those of the same name. */
export function timelineSchemas(schemas: Schemas): Schemas {
  const known = Object.entries(names);
  const sharpened = known.map(([id, allowed]) => [id, named(schemas[id] ?? {}, allowed)] as const);
  const timeline: Schema = {
    type: 'object',
    discriminator: { propertyName: 'event' },
    required: ['event'],
    oneOf: known.map(([id]) => ({ $ref: `#/schemas/${id}` })),
  };
  return { ...Object.fromEntries(sharpened), 'timeline-issue-events': timeline };
}

function named(schema: Schema, allowed: readonly string[]): Schema {
  return {
    ...schema,
    properties: { ...schema.properties, event: { enum: allowed } },
    required: [...new Set(['event', ...(schema.required ?? [])])],
  };
}
