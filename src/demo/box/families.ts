import { checkRoutes } from './checks/routes.ts';
import { statusRoutes } from './checks/status-routes.ts';
import { commitRoutes } from './commit-routes.ts';
import { gitRoutes } from './git-routes.ts';
import { graphqlRoutes } from './graphql/routes.ts';
import { pullRoutes } from './pulls/routes.ts';
import { repositories } from './repositories.ts';
import { registerAppRoutes } from './rest/app.ts';
import { registerAssigneeRoutes } from './rest/assignees.ts';
import { registerCommentRoutes } from './rest/comments.ts';
import { registerContentRoutes } from './rest/contents.ts';
import { registerDeliveryRoutes } from './rest/deliveries.ts';
import { registerDependencyRoutes } from './rest/dependencies.ts';
import { registerHookRoutes } from './rest/hook.ts';
import { registerIssueRoutes } from './rest/issues.ts';
import { registerLabelRoutes } from './rest/labels.ts';
import { registerMetaRoutes } from './rest/meta.ts';
import { registerOwnerRoutes } from './rest/owners.ts';
import { registerReactionRoutes } from './rest/reactions.ts';
import { registerRefRoutes } from './rest/refs.ts';
import { registerRepositoryRoutes } from './rest/repositories.ts';
import { registerSubIssueRoutes } from './rest/sub-issues.ts';
import { reviewCommentRoutes } from './reviews/comment-routes.ts';
import { reviewRoutes } from './reviews/routes.ts';
import type { Register } from './router.ts';

/** Every family of routes, in the order in which they are tried: `/issues/comments` before `/issues/:number`. */
export const families: readonly Register[] = [
  repositories,
  registerMetaRoutes,
  registerAppRoutes,
  registerDeliveryRoutes,
  registerHookRoutes,
  registerOwnerRoutes,
  registerRepositoryRoutes,
  registerContentRoutes,
  registerRefRoutes,
  registerLabelRoutes,
  registerCommentRoutes,
  registerIssueRoutes,
  registerAssigneeRoutes,
  registerReactionRoutes,
  registerSubIssueRoutes,
  registerDependencyRoutes,
  gitRoutes,
  graphqlRoutes,
  reviewCommentRoutes,
  reviewRoutes,
  pullRoutes,
  checkRoutes,
  statusRoutes,
  // Its greedy `/commits/{ref}` comes last.
  commitRoutes,
];
