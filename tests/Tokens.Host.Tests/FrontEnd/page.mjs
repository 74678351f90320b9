// Plays a page that uses the module of docs/frontend.md: node page.mjs, with { module, gateway, sandbox, token, creatorId } as JSON on standard input.
// Ends with 0 when all went as the document says, else with 1 and what differs.
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { text } from 'node:stream/consumers';

globalThis.crypto ??= webcrypto; // A browser's; Node.js 18 hides it.
const input = JSON.parse(await text(process.stdin));
const realFetch = globalThis.fetch;
const cookies = new Map();
const calls = [];
let afterAnswer = async () => {};

// A browser's cookies, and a network that a test can break after the server has done its work.
globalThis.fetch = async (url, options) => {
  const kept = options.credentials === 'include' ? [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') : '';
  const response = await realFetch(url, { ...options, headers: { ...options.headers, ...(kept && { Cookie: kept }) } });
  for (const cookie of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
    if (value) cookies.set(name, value); else cookies.delete(name);
  }
  calls.push({ method: options.method, path: new URL(url).pathname, status: response.status, headers: options.headers, replayed: response.headers.get('Idempotent-Replayed') });
  await afterAnswer(response);
  return response;
};

const faults = switches => realFetch(new URL('/sandbox/faults', input.sandbox), { method: 'PUT', body: JSON.stringify(switches) });
const charges = async () => (await (await realFetch(new URL('/sandbox/charges', input.sandbox))).json()).charges.filter(charge => charge.status === 'succeeded');
const callsOf = (method, path) => calls.filter(call => call.method === method && call.path === path);
const balance = async () => (await page.send('GET', '/tokens/balance')).balance;
const page = await import(input.module);

// A session.
await assert.rejects(page.openSession('no token'), { code: 'unauthenticated' });
const until = await page.openSession(input.token);
assert.ok(until > new Date());
assert.deepEqual([...cookies.keys()], ['tokens-session']);
assert.equal(await balance(), 0);

// Buying, with a card that asks nothing.
const stripe = outcome => ({
  async handleNextAction({ clientSecret }) {
    const id = clientSecret.split('_secret_')[0];
    const back = await realFetch(new URL(`/sandbox/payment_intents/${id}/authenticate`, input.sandbox), {
      method: 'POST', redirect: 'manual', body: new URLSearchParams({ outcome }),
    });
    assert.equal(back.status, 303);
    return outcome === 'succeed' ? {} : { error: { code: 'payment_intent_authentication_failure' } };
  },
});
assert.equal(await page.buy(null, 200, 'pm_card_visa'), 'completed');
assert.equal(await balance(), 200);
assert.equal(callsOf('GET', '/api/csrf-token').length, 1);
await assert.rejects(page.buy(null, 50, 'pm_card_chargeDeclined'), { code: 'payment_declined', status: 402 });
await assert.rejects(page.buy(null, 51, 'pm_card_visa'), { code: 'validation_failed' });
assert.equal(callsOf('POST', '/api/tokens/purchase').length, 3, 'a refusal is final');

// 3-D Secure, passed and failed.
assert.equal(await page.buy(stripe('succeed'), 50, 'pm_card_threeDSecure2Required'), 'succeeded');
assert.equal(await balance(), 250);
assert.equal(await page.buy(stripe('fail'), 50, 'pm_card_threeDSecure2Required'), 'declined');
assert.equal(await balance(), 250);

// An answer that is lost: the repeat has no second effect.
afterAnswer = async () => {
  afterAnswer = async () => {};
  throw new TypeError('fetch failed');
};
const tipped = await page.tip(input.creatorId, 100);
assert.equal(tipped.newBalance, 150);
assert.equal(await balance(), 150);
const tips = callsOf('POST', '/api/tokens/tip');
assert.deepEqual(tips.map(call => [call.status, call.replayed]), [[200, null], [200, 'true']]);
assert.equal(tips[0].headers['Idempotency-Key'], tips[1].headers['Idempotency-Key']);

// Stripe away for a while: told when to come back, and then charged once.
const before = (await charges()).length;
await faults({ rateLimitRate: 1 });
afterAnswer = async response => {
  if (response.status === 503) {
    assert.ok(Number(response.headers.get('Retry-After')) > 0);
    await faults({});
  }
};
assert.equal(await page.buy(null, 50, 'pm_card_visa'), 'completed');
afterAnswer = async () => {};
assert.ok(calls.some(call => call.status === 503));
assert.equal((await charges()).length, before + 1);
assert.equal(await balance(), 200);

// Another tab opens a new session, whose cookie this page now sends: its CSRF token is refused once and then renewed.
const other = await realFetch(new URL('/api/auth/session', input.gateway), { method: 'POST', headers: { Authorization: `Bearer ${input.token}` } });
cookies.set('tokens-session', /=([^;]*)/.exec(other.headers.getSetCookie()[0])[1]);
await page.tip(input.creatorId, 10);
assert.deepEqual(callsOf('POST', '/api/tokens/tip').slice(2).map(call => call.status), [403, 200]);
assert.equal(await balance(), 190);

// The end.
const old = new Map(cookies);
await page.closeSession();
assert.equal(cookies.size, 0);
old.forEach((value, name) => cookies.set(name, value));
await assert.rejects(balance(), { code: 'unauthenticated', status: 401 });
