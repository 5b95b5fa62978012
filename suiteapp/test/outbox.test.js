jest.mock('N/crypto');
jest.mock('N/https');
jest.mock('N/log');
jest.mock('N/record');
jest.mock('N/runtime');
jest.mock('N/search');

const log = require('N/log');
const runtime = require('N/runtime');
const world = require('./world');
const hints = require('SuiteScripts/suitebridge/sb_hints');
const outbox = require('SuiteScripts/suitebridge/sb_outbox_ss');
const status = require('SuiteScripts/suitebridge/sb_status_rl');

const fill = (count) => Array.from({ length: count }, (_, i) => hints.keep({ type: 'customer', id: String(i + 1) }, ''));

beforeEach(() => {
  world.begin();
  log.error.mockClear();
});

test('what waits is sent a hundred at a time, each record once', () => {
  fill(250);
  hints.keep({ type: 'customer', id: '250' }, '');
  outbox.execute();
  expect(world.requests.map((one) => JSON.parse(one.body).records.length)).toEqual([100, 100, 50]);
  expect(world.outbox).toEqual([]);
  world.requests.forEach((one) => expect(one.headers['X-SuiteBridge-Signature']).toBe(world.signature(one)));
});

test('a request that is not taken ends the round; its hints wait ever longer', () => {
  fill(101);
  world.answer = { code: 503, body: 'down' };
  outbox.execute();
  expect(world.requests).toHaveLength(1);
  const [first] = world.outbox;
  expect([first.custrecord_sb_hint_attempts, first.custrecord_sb_hint_due - world.NOW]).toEqual([1, 120]);
  expect(first.custrecord_sb_hint_said).toBe('503 down');
  world.answer = { code: 202, body: '{}' };
  outbox.execute();
  expect(world.outbox).toHaveLength(100);
  jest.setSystemTime((world.NOW + 121) * 1000);
  outbox.execute();
  expect(world.outbox).toEqual([]);
});

test('after twenty attempts a hint is given up, and the log says of which record', () => {
  fill(1);
  world.answer = { code: 401, body: '{}' };
  for (let time = 0; time < 20; time += 1) {
    jest.setSystemTime((world.NOW + time * 21601) * 1000);
    world.units = 10000;
    outbox.execute();
  }
  expect(world.outbox).toEqual([]);
  expect(log.error.mock.calls.at(-1)[0].title).toContain('given up: customer 1');
});

test('a round ends before its units do, and does nothing without an address', () => {
  fill(101);
  world.units = 1200;
  outbox.execute();
  expect(world.requests).toHaveLength(1);
  world.preferences.custscript_sb_push_address = '';
  world.units = 10000;
  outbox.execute();
  expect(world.requests).toHaveLength(1);
});

test('the status says who asks, what is in effect, and what waits', () => {
  runtime.accountId = 'TSTDRV1';
  runtime.version = '2026.1';
  runtime.isFeatureInEffect.mockImplementation(({ feature }) => feature === 'JOBS');
  hints.keep({ type: 'job', id: '9' }, '503 down');
  const told = status.get();
  expect(told).toMatchObject({
    version: hints.VERSION,
    account: 'TSTDRV1',
    user: { id: '7', name: 'Ida Integration', role: 'customrole_sb_integration', timeZone: 'America/Los_Angeles' },
    features: ['JOBS'],
    outbox: { hints: 1, said: '503 down' }
  });
  expect(told.push.address).toContain('/hooks/acme/netsuite');
  expect(told.push.types).toContain('projectTask');
});
