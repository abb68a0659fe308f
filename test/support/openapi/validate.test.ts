import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findOperation, operationKeys } from './description.ts';
import { knownDifferences } from './known-differences.ts';
import { type Exchange, validateExchange } from './validate.ts';

const user = {
  login: 'ada',
  id: 7,
  node_id: 'U_7',
  avatar_url: 'https://github.test/ada.png',
  gravatar_id: null,
  url: 'https://github.test/api/v3/users/ada',
  html_url: 'https://github.test/ada',
  followers_url: 'https://github.test/api/v3/users/ada/followers',
  following_url: 'https://github.test/api/v3/users/ada/following{/other_user}',
  gists_url: 'https://github.test/api/v3/users/ada/gists{/gist_id}',
  starred_url: 'https://github.test/api/v3/users/ada/starred{/owner}{/repo}',
  subscriptions_url: 'https://github.test/api/v3/users/ada/subscriptions',
  organizations_url: 'https://github.test/api/v3/users/ada/orgs',
  repos_url: 'https://github.test/api/v3/users/ada/repos',
  events_url: 'https://github.test/api/v3/users/ada/events{/privacy}',
  received_events_url: 'https://github.test/api/v3/users/ada/received_events',
  type: 'User',
  site_admin: false,
};
const label = {
  id: 1,
  node_id: 'LA_1',
  url: 'https://github.test/api/v3/repos/o/r/labels/parallel',
  name: 'parallel',
  description: null,
  color: 'ededed',
  default: false,
};
const labelled = {
  id: 12,
  node_id: 'LE_12',
  url: 'https://github.test/api/v3/repos/o/r/issues/events/12',
  actor: user,
  event: 'labeled',
  commit_id: null,
  commit_url: null,
  created_at: '2026-01-02T03:04:05Z',
  performed_via_github_app: null,
  label: { name: 'parallel', color: 'ededed' },
};

function createLabel(change: Partial<Exchange> = {}): readonly string[] {
  const requestBody = { name: 'parallel', color: 'ededed' };
  const path = '/repos/o/r/labels';
  return validateExchange({ method: 'POST', path, status: 201, requestBody, responseBody: label, ...change });
}

function timeline(...events: readonly unknown[]): readonly string[] {
  const path = '/api/v3/repos/o/r/issues/5/timeline';
  return validateExchange({
    method: 'GET',
    path,
    status: 200,
    query: { per_page: '100' },
    responseBody: events,
  });
}

describe('an exchange held against the description of GitHub', () => {
  test('passes when request and answer have the published form', () => {
    expect(createLabel()).toEqual([]);
    expect(timeline(labelled)).toEqual([]);
  });

  test('passes by repository id and below the prefix of an enterprise server', () => {
    expect(createLabel({ path: '/api/v3/repositories/42/labels' })).toEqual([]);
  });

  test('shows an answer with a missing property, a wrong type and an invented name', () => {
    const { color: _, ...colourless } = label;
    expect(createLabel({ responseBody: { ...colourless, id: 'one', colour: 'ededed' } })).toEqual([
      "POST /repos/{owner}/{repo}/labels: response: / must have required property 'color'",
      'POST /repos/{owner}/{repo}/labels: response: /id must be integer',
      'POST /repos/{owner}/{repo}/labels: response: /colour is not a name that GitHub knows',
    ]);
  });

  test('shows a request with a misspelt parameter', () => {
    expect(createLabel({ requestBody: { name: 'parallel', colour: 'ededed' } })).toEqual([
      'POST /repos/{owner}/{repo}/labels: request: /colour is not a name that GitHub knows',
    ]);
  });

  test('shows a request without the body that the operation needs', () => {
    expect(createLabel({ requestBody: undefined })).toEqual([
      'POST /repos/{owner}/{repo}/labels: request: the body is missing',
    ]);
  });

  test('shows an unknown and a malformed parameter of the query', () => {
    const query = { labels: 'parallel', state: 'opened', perpage: '5', page: 'two' };
    const problems = validateExchange({
      method: 'GET',
      path: '/repos/o/r/issues',
      status: 200,
      query,
      responseBody: [],
    });
    expect(problems).toEqual([
      'GET /repos/{owner}/{repo}/issues: query: / must NOT have additional properties: perpage',
      'GET /repos/{owner}/{repo}/issues: query: /state must be equal to one of the allowed values: open, closed, all',
      'GET /repos/{owner}/{repo}/issues: query: /page must be integer',
    ]);
  });

  test('shows a path that is not served', () => {
    expect(
      validateExchange({ method: 'GET', path: '/search/issues', status: 200, responseBody: {} }),
    ).toEqual(['GET /search/issues is not in operations.json']);
  });

  test('shows a status that GitHub would not answer', () => {
    expect(createLabel({ status: 200 })).toContain(
      'POST /repos/{owner}/{repo}/labels: response: status 200 is not described',
    );
  });

  test('shows a body where GitHub sends none', () => {
    const gone = { method: 'DELETE', path: '/repos/o/r/labels/old', status: 204 };
    expect(validateExchange(gone)).toEqual([]);
    expect(validateExchange({ ...gone, responseBody: {} })).toEqual([
      'DELETE /repos/{owner}/{repo}/labels/{name}: response: a body where GitHub sends none',
    ]);
  });

  test('takes null where the description allows it and nowhere else', () => {
    expect(createLabel({ responseBody: { ...label, description: null } })).toEqual([]);
    expect(createLabel({ responseBody: { ...label, name: null } })).toEqual([
      'POST /repos/{owner}/{repo}/labels: response: /name must be string',
    ]);
  });

  test('judges a refused call by the form of its error only', () => {
    const refused = { status: 422, requestBody: { nonsense: true } };
    const error = { message: 'Validation Failed', documentation_url: 'https://docs.github.com/rest' };
    expect(createLabel({ ...refused, responseBody: error })).toEqual([]);
    expect(createLabel({ ...refused, responseBody: { error: 'no' } })).not.toEqual([]);
  });

  test('takes an outage and a rate limit at any operation, in the form of an error', () => {
    expect(createLabel({ status: 429, responseBody: { message: 'Slow down' } })).toEqual([]);
    expect(createLabel({ status: 502, responseBody: { oops: 1 } })).not.toEqual([]);
  });
});

describe('a timeline', () => {
  test('shows an event without what its name promises', () => {
    const { label: _, ...unlabelled } = labelled;
    expect(timeline(unlabelled)).toEqual([
      "GET /repos/{owner}/{repo}/issues/{issue_number}/timeline: response: /0 must have required property 'label'",
    ]);
  });

  test('shows a name that belongs to another event', () => {
    expect(timeline({ ...labelled, sub_issue: {} })).toEqual([
      'GET /repos/{owner}/{repo}/issues/{issue_number}/timeline: response: /0/sub_issue is not a name that GitHub knows',
    ]);
  });

  test('shows an event that GitHub does not have', () => {
    expect(timeline({ ...labelled, event: 'blessed' }).join()).toContain(
      'value of tag "event" must be in oneOf',
    );
  });
});

describe('the committed description', () => {
  test('holds exactly the operations that are asked for', () => {
    const asked: readonly string[] = JSON.parse(
      readFileSync(new URL('operations.json', import.meta.url), 'utf8'),
    );
    expect([...operationKeys].sort()).toEqual([...asked].sort());
  });

  test('compiles for every operation', () => {
    for (const key of operationKeys) {
      const [method = '', template = ''] = key.split(' ');
      const path = template.replace(/\{[^}]+\}/g, '1');
      const statuses = Object.keys(findOperation(method, path)?.responses ?? {}).map(Number);
      const problems = statuses.flatMap((status) =>
        validateExchange({ method, path, status, responseBody: {} }),
      );
      expect(problems.filter((it) => !it.startsWith(`${key}: `))).toEqual([]);
    }
  });

  test('differs from reality only with a reason', () => {
    for (const it of knownDifferences) expect(it.reason.length).toBeGreaterThan(40);
  });
});
