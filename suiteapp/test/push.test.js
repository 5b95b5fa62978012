jest.mock('N/cache');
jest.mock('N/crypto');
jest.mock('N/https');
jest.mock('N/log');
jest.mock('N/record');
jest.mock('N/runtime');
jest.mock('N/search');

const cache = require('N/cache');
const log = require('N/log');
const runtime = require('N/runtime');
const world = require('./world');
const script = require('SuiteScripts/suitebridge/sb_push_ue');

const pauses = new Map();
const save = (type = 'customer', id = 7, event = 'edit') => script.afterSubmit({ type: event, newRecord: { type, id } });

beforeEach(() => {
  world.begin();
  pauses.clear();
  log.error.mockClear();
  runtime.executionContext = 'USERINTERFACE';
  cache.getCache.mockReturnValue({
    get: ({ key }) => pauses.get(key) ?? null,
    put: ({ key, value, ttl }) => pauses.set(key, `${value} ${ttl}`)
  });
});

test('a saved record is told at once, signed as the end point demands', () => {
  save('projecttask', 31);
  const [request] = world.requests;
  expect(request.url).toBe('https://suitebridge.example.com/hooks/acme/netsuite');
  expect(request.headers['X-SuiteBridge-Timestamp']).toBe(String(world.NOW));
  expect(request.headers['X-SuiteBridge-Signature']).toBe(world.signature(request));
  expect(world.records()).toEqual([{ type: 'projectTask', id: '31' }]);
  expect(world.outbox).toEqual([]);
});

test('the same record saved twice in a second makes two signatures', () => {
  save();
  save();
  const [first, second] = world.requests.map((one) => one.headers['X-SuiteBridge-Signature']);
  expect(first).not.toBe(second);
});

test.each([[{ code: 503, body: 'down' }], [{ code: 401, body: '{}' }], [Object.assign(new Error('slow'), { name: 'SSS_TIMEOUT' })]])(
  'what is not taken waits in the outbox, and nobody waits for the next one: %p', (answer) => {
    world.answer = answer;
    save('customer', 7);
    save('job', 8);
    expect(world.requests).toHaveLength(1);
    expect(world.outbox.map((one) => [one.record, one.custrecord_sb_hint_type, one.custrecord_sb_hint_record])).toEqual([
      ['customrecord_sb_hint', 'customer', '7'],
      ['customrecord_sb_hint', 'job', '8']
    ]);
    expect(pauses.get('paused')).toBe('yes 300');
    expect(log.error).toHaveBeenCalledTimes(1);
  }
);

test('a request that came before counts as taken', () => {
  world.answer = { code: 409, body: '{}' };
  save();
  expect(world.outbox).toEqual([]);
});

test.each(['CSVIMPORT', 'MAPREDUCE', 'SCHEDULED', 'CUSTOMMASSUPDATE', 'USEREVENT', 'OTHER', 'NEWEST', undefined])(
  'what may be saved in bulk goes to the outbox: %s', (context) => {
    runtime.executionContext = context;
    save();
    expect([world.requests.length, world.outbox.length]).toEqual([0, 1]);
  }
);

test.each([
  ['a deletion', () => save('customer', 7, 'delete')],
  ['another record type', () => save('folder', 7)],
  ['a record without an id', () => save('customer', null)],
  ['nobody entered an address', () => { world.preferences.custscript_sb_push_address = ''; save(); }],
  ['the address is none', () => { world.preferences.custscript_sb_push_address = 'suitebridge'; save(); }]
])('nothing is told: %s', (_, act) => {
  act();
  expect([world.requests.length, world.outbox.length, log.error.mock.calls.length]).toEqual([0, 0, 0]);
});

test('whatever breaks, the record stays saved', () => {
  cache.getCache.mockImplementation(() => { throw new Error('no cache'); });
  expect(() => save()).not.toThrow();
  runtime.getCurrentUser.mockImplementation(() => { throw new Error('no user'); });
  expect(() => save()).not.toThrow();
  expect(() => script.afterSubmit({ type: 'edit' })).not.toThrow();
  expect(log.error).toHaveBeenCalledTimes(3);
});
