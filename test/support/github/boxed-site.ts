import { openTestBox } from '../boxed.ts';
import { refuseProblems, watchExchanges } from '../openapi/watch.ts';
import type { Site } from './site.ts';

const ORGANIZATION = 'acme';

/** A box for one story. Closing it fails where somebody has said what GitHub would not understand or not say. */
export async function openBox(): Promise<Site> {
  const box = await openTestBox();
  const problems = watchExchanges(box);
  box.owns('olivia', ORGANIZATION);
  box.installsApp(ORGANIZATION);
  // Faults are for the App; people in stories do not meet them.
  box.faults.onlyApp = box.app.slug;
  const identity = (name: string) => ({ login: name, token: box.person(name).token });
  return {
    host: box.host,
    protocol: 'http',
    organization: ORGANIZATION,
    app: {
      id: box.app.id,
      privateKey: box.privateKey,
      login: `${box.app.slug}[bot]`,
      webhookSecret: box.app.webhook.secret,
    },
    owner: identity('olivia'),
    identity,
    webhooks: { kind: 'here' },
    box,
    close: async () => {
      await box.close();
      refuseProblems(problems);
    },
  };
}
