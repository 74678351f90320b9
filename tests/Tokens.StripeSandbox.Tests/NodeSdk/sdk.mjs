// Drives a sandbox with Stripe's official SDK: node sdk.mjs GROUP, with { address, webhookSecret, webhooks } as JSON on standard input.
// Ends with 0 when everything is as Stripe documents it, else with 1 and what differs.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import Stripe from 'stripe';

const input = JSON.parse(await text(process.stdin));
const address = new URL(input.address);

function client(options = {}, key = 'sk_test_' + randomUUID()) {
  return new Stripe(key, {
    host: address.hostname,
    port: Number(address.port),
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
    ...options,
  });
}

const stripe = client();
const visa = { amount: 1900, currency: 'usd', payment_method: 'pm_card_visa' };
const wrongOf = promise => promise.then(
  answer => assert.fail(`It should have been refused: ${JSON.stringify(answer)}`), error => error);

async function faults(switches) {
  const response = await fetch(new URL('/sandbox/faults', address), { method: 'PUT', body: JSON.stringify(switches) });
  assert.equal(response.status, 200);
}

async function charges() {
  return (await (await fetch(new URL('/sandbox/charges', address))).json()).charges;
}

const groups = {
  async paymentIntents() {
    const created = await stripe.paymentIntents.create({
      ...visa, description: 'Tokens', metadata: { purchase: 'p-1', word: 'Grüße 🎁' },
    });
    assert.equal(created.object, 'payment_intent');
    assert.equal(created.status, 'requires_confirmation');
    assert.equal(created.metadata.word, 'Grüße 🎁');
    assert.match(created.lastResponse.requestId, /^req_/);
    assert.equal(created.lastResponse.statusCode, 200);

    const updated = await stripe.paymentIntents.update(created.id, { amount: 2100, metadata: { purchase: '', order: '7' } });
    assert.equal(updated.amount, 2100);
    assert.deepEqual(updated.metadata, { word: 'Grüße 🎁', order: '7' });

    const paid = await stripe.paymentIntents.confirm(created.id, { expand: ['latest_charge', 'payment_method'] });
    assert.equal(paid.status, 'succeeded');
    assert.equal(paid.amount_received, 2100);
    assert.equal(paid.latest_charge.status, 'succeeded');
    assert.equal(paid.latest_charge.payment_intent, created.id);
    assert.equal(paid.payment_method.card.last4, '4242');

    const retrieved = await stripe.paymentIntents.retrieve(created.id);
    assert.equal(retrieved.status, 'succeeded');
    assert.equal(retrieved.latest_charge, paid.latest_charge.id);

    const other = await stripe.paymentIntents.create({ amount: 500, currency: 'eur', automatic_payment_methods: { enabled: true } });
    assert.equal(other.status, 'requires_payment_method');
    const canceled = await stripe.paymentIntents.cancel(other.id, { cancellation_reason: 'abandoned' });
    assert.equal(canceled.status, 'canceled');
    assert.equal(canceled.cancellation_reason, 'abandoned');

    const list = await stripe.paymentIntents.list({ limit: 2, created: { gte: created.created } });
    assert.deepEqual(list.data.map(intent => intent.id), [other.id, created.id]);
    assert.equal(list.has_more, false);
  },

  async threeDSecure() {
    const waiting = await stripe.paymentIntents.create({
      ...visa, payment_method: 'pm_card_threeDSecure2Required', confirm: true, return_url: 'https://shop.test/done',
    });
    assert.equal(waiting.status, 'requires_action');
    assert.equal(waiting.next_action.type, 'redirect_to_url');
    const page = await fetch(waiting.next_action.redirect_to_url.url);
    assert.equal(page.status, 200);
    const back = await fetch(waiting.next_action.redirect_to_url.url, {
      method: 'POST', redirect: 'manual', body: new URLSearchParams({ outcome: 'succeed' }),
    });
    const location = new URL(back.headers.get('location'));
    assert.equal(location.origin + location.pathname, 'https://shop.test/done');
    assert.equal(location.searchParams.get('payment_intent'), waiting.id);
    assert.equal(location.searchParams.get('payment_intent_client_secret'), waiting.client_secret);
    assert.equal(location.searchParams.get('redirect_status'), 'succeeded');
    assert.equal((await stripe.paymentIntents.retrieve(waiting.id)).status, 'succeeded');
  },

  async autoPaging() {
    const made = [];
    for (let i = 0; i < 25; i++) {
      made.unshift((await stripe.paymentIntents.create(visa)).id);
    }

    const iterated = [];
    for await (const intent of stripe.paymentIntents.list({ limit: 10 })) {
      iterated.push(intent.id);
    }
    assert.deepEqual(iterated, made);

    const some = await stripe.paymentIntents.list({ limit: 4 }).autoPagingToArray({ limit: 9 });
    assert.deepEqual(some.map(intent => intent.id), made.slice(0, 9));

    const seen = [];
    await stripe.paymentIntents.list({ limit: 3 }).autoPagingEach(intent => {
      seen.push(intent.id);
      return seen.length < 7;
    });
    assert.deepEqual(seen, made.slice(0, 7));

    const newer = await stripe.paymentIntents.list({ limit: 3, ending_before: made[10] }).autoPagingToArray({ limit: 100 });
    assert.deepEqual(newer.map(intent => intent.id).sort(), made.slice(0, 10).sort());
  },

  async idempotency() {
    const idempotencyKey = randomUUID();
    const first = await stripe.paymentIntents.create({ ...visa, confirm: true }, { idempotencyKey });
    const again = await stripe.paymentIntents.create({ ...visa, confirm: true }, { idempotencyKey });
    assert.deepEqual(again, first);
    assert.equal(first.lastResponse.headers['idempotent-replayed'], undefined);
    assert.equal(again.lastResponse.headers['idempotent-replayed'], 'true');
    assert.equal(again.lastResponse.idempotencyKey, idempotencyKey);
    assert.equal(again.lastResponse.headers['original-request'], first.lastResponse.requestId);
    assert.equal((await charges()).length, 1);

    const error = await wrongOf(stripe.paymentIntents.create({ ...visa, amount: 2000 }, { idempotencyKey }));
    assert.ok(error instanceof Stripe.errors.StripeIdempotencyError);
    assert.equal(error.type, 'StripeIdempotencyError');
    assert.equal(error.rawType, 'idempotency_error');
    assert.equal(error.statusCode, 400);

    const declined = { ...visa, payment_method: 'pm_card_chargeDeclined', confirm: true };
    const key = { idempotencyKey: randomUUID() };
    const refused = await wrongOf(stripe.paymentIntents.create(declined, key));
    const refusedAgain = await wrongOf(stripe.paymentIntents.create(declined, key));
    assert.equal(refusedAgain.charge, refused.charge);
    assert.equal(refusedAgain.headers['idempotent-replayed'], 'true');
    assert.equal((await charges()).length, 2);
  },

  async retriesBySdk() {
    await faults({ lostReplyRate: 1 });
    const paying = client({ maxNetworkRetries: 20 }).paymentIntents.create({ ...visa, confirm: true });
    while ((await charges()).length === 0);
    await faults({});
    const paid = await paying;
    assert.equal(paid.status, 'succeeded');
    assert.equal(paid.lastResponse.headers['idempotent-replayed'], 'true');
    assert.equal((await charges()).length, 1);
  },

  async cardErrors() {
    const error = await wrongOf(stripe.paymentIntents.create({
      ...visa, payment_method: 'pm_card_chargeDeclinedInsufficientFunds', confirm: true,
    }));
    assert.ok(error instanceof Stripe.errors.StripeCardError);
    assert.equal(error.type, 'StripeCardError');
    assert.equal(error.rawType, 'card_error');
    assert.equal(error.statusCode, 402);
    assert.equal(error.code, 'card_declined');
    assert.equal(error.decline_code, 'insufficient_funds');
    assert.equal(error.message, 'Your card has insufficient funds.');
    assert.match(error.requestId, /^req_/);
    assert.match(error.doc_url, /^https:\/\/stripe\.com\/docs\/error-codes\/card-declined/);
    assert.equal(error.payment_intent.status, 'requires_payment_method');
    assert.equal(error.payment_intent.last_payment_error.charge, error.charge);
    assert.equal(error.payment_method.object, 'payment_method');
    assert.match(error.charge, /^ch_/);

    const paid = await stripe.paymentIntents.confirm(error.payment_intent.id, { payment_method: 'pm_card_visa' });
    assert.equal(paid.status, 'succeeded');
  },

  async requestErrors() {
    const invalid = await wrongOf(stripe.paymentIntents.create({ amount: 1, currency: 'usd' }));
    assert.ok(invalid instanceof Stripe.errors.StripeInvalidRequestError);
    assert.equal(invalid.type, 'StripeInvalidRequestError');
    assert.equal(invalid.rawType, 'invalid_request_error');
    assert.equal(invalid.statusCode, 400);
    assert.equal(invalid.code, 'amount_too_small');
    assert.equal(invalid.param, 'amount');
    assert.match(invalid.requestId, /^req_/);

    const missing = await wrongOf(stripe.paymentIntents.retrieve('pi_unknown'));
    assert.ok(missing instanceof Stripe.errors.StripeInvalidRequestError);
    assert.equal(missing.statusCode, 404);
    assert.equal(missing.code, 'resource_missing');

    const stranger = await wrongOf(client({}, 'sk_live_1234567890').paymentIntents.list());
    assert.ok(stranger instanceof Stripe.errors.StripeAuthenticationError);
    assert.equal(stranger.type, 'StripeAuthenticationError');
    assert.equal(stranger.statusCode, 401);
    assert.match(stranger.message, /^Invalid API Key provided/);
  },

  async serverErrors() {
    await faults({ rateLimitRate: 1 });
    const limited = await wrongOf(stripe.paymentIntents.create(visa));
    assert.ok(limited instanceof Stripe.errors.StripeRateLimitError);
    assert.equal(limited.type, 'StripeRateLimitError');
    assert.equal(limited.statusCode, 429);
    assert.equal(limited.code, 'rate_limit');

    await faults({ errorRate: 1 });
    const failed = await wrongOf(stripe.paymentIntents.create(visa));
    assert.ok(failed instanceof Stripe.errors.StripeAPIError);
    assert.equal(failed.type, 'StripeAPIError');
    assert.equal(failed.rawType, 'api_error');
    assert.equal(failed.statusCode, 500);

    await faults({ dropConnectionRate: 1 });
    const dropped = await wrongOf(stripe.paymentIntents.create(visa));
    assert.ok(dropped instanceof Stripe.errors.StripeConnectionError);
    assert.equal(dropped.type, 'StripeConnectionError');
    assert.equal(dropped.statusCode, undefined);

    await faults({ latencyMs: 60000 });
    const late = await wrongOf(client({ timeout: 300 }).paymentIntents.list());
    assert.ok(late instanceof Stripe.errors.StripeConnectionError);
    assert.match(late.message, /timed? ?out|timeout/i);

    await faults({});
    assert.equal((await stripe.paymentIntents.list()).data.length, 0);
  },

  async paymentMethods() {
    const made = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_mastercard' } });
    assert.equal(made.object, 'payment_method');
    assert.equal(made.card.brand, 'mastercard');
    assert.deepEqual(await stripe.paymentMethods.retrieve(made.id), made);
    assert.equal((await stripe.paymentMethods.retrieve('pm_card_amex')).card.brand, 'amex');
    const paid = await stripe.paymentIntents.create({ ...visa, payment_method: made.id, confirm: true });
    assert.equal(paid.payment_method, made.id);

    const unknown = await wrongOf(stripe.paymentMethods.retrieve('pm_unknown'));
    assert.equal(unknown.type, 'StripeInvalidRequestError');
    assert.equal(unknown.code, 'resource_missing');
    const garbled = await wrongOf(stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_unknown' } }));
    assert.equal(garbled.param, 'card[token]');
  },

  async savedCards() {
    const customer = await stripe.customers.create({ metadata: { member: 'm-1' } });
    assert.equal(customer.object, 'customer');
    assert.equal((await stripe.customers.retrieve(customer.id)).metadata.member, 'm-1');

    const setup = await stripe.setupIntents.create({ customer: customer.id, usage: 'off_session', payment_method_types: ['card'] });
    assert.equal(setup.status, 'requires_payment_method');
    assert.ok(setup.client_secret.startsWith(setup.id + '_secret_'));
    const done = await stripe.setupIntents.confirm(setup.id, { payment_method: 'pm_card_visa' });
    assert.equal(done.status, 'succeeded');
    const [kept] = (await stripe.customers.listPaymentMethods(customer.id, { type: 'card' })).data;
    assert.equal(kept.id, done.payment_method);
    assert.equal(kept.customer, customer.id);
    assert.equal(kept.card.last4, '4242');

    const offSession = { amount: 1900, currency: 'usd', customer: customer.id, off_session: true, confirm: true };
    const paid = await stripe.paymentIntents.create({ ...offSession, payment_method: kept.id });
    assert.equal(paid.status, 'succeeded');
    assert.equal(paid.customer, customer.id);

    const declined = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id });
    assert.equal((await wrongOf(stripe.paymentIntents.create({ ...offSession, payment_method: declined.id }))).type, 'StripeCardError');
    const held = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer: customer.id });
    const asked = await wrongOf(stripe.paymentIntents.create({ ...offSession, payment_method: held.id }));
    assert.equal(asked.code, 'authentication_required');
    assert.equal(asked.payment_intent.status, 'requires_payment_method');

    const stranger = await stripe.customers.create({});
    const foreign = await wrongOf(stripe.paymentIntents.create({ ...offSession, customer: stranger.id, payment_method: kept.id }));
    assert.equal(foreign.type, 'StripeInvalidRequestError');

    assert.match(kept.card.fingerprint, /^[A-Za-z0-9]{16}$/);
    const equal = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    assert.equal(equal.card.fingerprint, kept.card.fingerprint);
    assert.notEqual(declined.card.fingerprint, kept.card.fingerprint);
    await stripe.paymentMethods.detach(equal.id);

    const deleted = await stripe.customers.del(stranger.id);
    assert.deepEqual({ ...deleted }, { id: stranger.id, object: 'customer', deleted: true });
    assert.equal((await stripe.customers.retrieve(stranger.id)).deleted, true);
    const gone = await wrongOf(stripe.paymentMethods.list({ customer: stranger.id, type: 'card' }));
    assert.equal(gone.code, 'resource_missing');
    assert.equal(gone.param, 'customer');

    const detached = await stripe.paymentMethods.detach(kept.id);
    assert.equal(detached.customer, null);
    assert.deepEqual(
      (await stripe.customers.listPaymentMethods(customer.id)).data.map(method => method.id).sort(), [declined.id, held.id].sort());
    assert.equal((await wrongOf(stripe.paymentMethods.attach(kept.id, { customer: customer.id }))).type, 'StripeInvalidRequestError');
  },

  async events() {
    const idempotencyKey = randomUUID();
    const paid = await stripe.paymentIntents.create({ ...visa, confirm: true }, { idempotencyKey });
    await wrongOf(stripe.paymentIntents.create({ ...visa, payment_method: 'pm_card_chargeDeclined', confirm: true }));

    const all = await stripe.events.list({ limit: 2 }).autoPagingToArray({ limit: 100 });
    assert.deepEqual(all.map(event => event.type), [
      'payment_intent.payment_failed', 'charge.failed', 'payment_intent.created',
      'payment_intent.succeeded', 'charge.succeeded', 'payment_intent.created',
    ]);
    const [succeeded] = (await stripe.events.list({ type: 'payment_intent.succeeded' })).data;
    assert.equal(succeeded.object, 'event');
    assert.equal(succeeded.livemode, false);
    assert.equal(succeeded.request.idempotency_key, idempotencyKey);
    assert.equal(succeeded.request.id, paid.lastResponse.requestId);
    assert.deepEqual(succeeded.data.object, { ...paid });
    assert.deepEqual(await stripe.events.retrieve(succeeded.id), succeeded);

    const types = ['charge.failed', 'charge.succeeded'];
    assert.deepEqual((await stripe.events.list({ types })).data.map(event => event.type), types);
    assert.equal((await stripe.events.list({ type: 'charge.*' })).data.length, 2);
    assert.equal((await stripe.events.list({ created: { gte: paid.created } })).data.length, 6);
    assert.equal((await stripe.events.list({ created: { lt: paid.created } })).data.length, 0);
    assert.equal((await wrongOf(stripe.events.retrieve('evt_unknown'))).code, 'resource_missing');
  },

  async webhooks() {
    assert.equal(input.webhooks.length, 3);
    for (const webhook of input.webhooks) {
      const body = Buffer.from(webhook.body, 'base64');
      const event = stripe.webhooks.constructEvent(body, webhook.signature, input.webhookSecret);
      assert.deepEqual({ ...(await stripe.events.retrieve(event.id)), pending_webhooks: 1 }, event);

      const altered = Buffer.from(body.toString().replace('1900', '1901'));
      assert.ok(!altered.equals(body));
      const refuse = (...received) => assert.throws(
        () => stripe.webhooks.constructEvent(...received), Stripe.errors.StripeSignatureVerificationError);
      refuse(altered, webhook.signature, input.webhookSecret);
      refuse(body, webhook.signature, input.webhookSecret + 'x');
      refuse(body, webhook.signature.replace(/^t=\d+/, 't=1'), input.webhookSecret);
      refuse(body, webhook.signature, input.webhookSecret, 300, undefined, Date.now() + 600_000);
    }
  },
};

const group = groups[process.argv[2]];
assert.ok(group, `There is no group '${process.argv[2]}'.`);
try {
  await group();
} catch (error) {
  console.error(error);
  process.exit(1);
}
