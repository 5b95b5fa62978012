// What the stubs of N/* answer in these tests: a company's preferences, a clock, an outbox in memory and a receiver.
const { createHmac } = require('crypto');

const crypto = require('N/crypto');
const https = require('N/https');
const record = require('N/record');
const runtime = require('N/runtime');
const search = require('N/search');

const NOW = 1772438400;
const KEY = 'sbp_an-example-key';

const world = {
  NOW,
  KEY,
  preferences: {},
  outbox: [],
  requests: [],
  answer: { code: 202, body: '{}' },
  units: 10000
};

const keyed = (fields) => ({
  id: fields.id,
  getValue: ({ name }) => fields[name]
});

const mocked = {
  hmac: ({ key }) => {
    const hmac = createHmac('sha256', key.text);
    return {
      update: ({ input }) => hmac.update(input, 'utf8'),
      // NetSuite's hexadecimal digits are capitals.
      digest: () => hmac.digest('hex').toUpperCase()
    };
  },
  create: ({ type }) => {
    const fields = { id: String(world.outbox.length + 1), record: type };
    return {
      setValue: ({ fieldId, value }) => Object.assign(fields, { [fieldId]: value }),
      save: () => world.outbox.push(fields)
    };
  },
  search: ({ filters }) => {
    const latest = filters ? filters[0][2] : Infinity;
    const found = () => world.outbox.filter((one) => one.custrecord_sb_hint_due <= latest).map(keyed);
    return {
      run: () => ({ getRange: ({ start, end }) => found().slice(start, end) }),
      runPaged: () => ({ count: found().length })
    };
  }
};

const remove = ({ id }) => {
  world.outbox = world.outbox.filter((one) => one.id !== id);
};

const change = ({ id, values }) => Object.assign(world.outbox.find((one) => one.id === id), values);

const post = (request) => {
  world.requests.push(request);
  if (world.answer instanceof Error) throw world.answer;
  return world.answer;
};

world.begin = () => {
  Object.assign(world, { outbox: [], requests: [], answer: { code: 202, body: '{}' }, units: 10000 });
  world.preferences = {
    custscript_sb_push_address: 'https://suitebridge.example.com/hooks/acme/netsuite',
    custscript_sb_push_secret: 'custsecret_sb_push_key',
    TIMEZONE: 'America/Los_Angeles'
  };
  jest.useFakeTimers({ now: NOW * 1000 });
  crypto.createSecretKey.mockImplementation(({ secret }) => ({ text: secret === 'custsecret_sb_push_key' ? KEY : '' }));
  crypto.createHmac.mockImplementation(mocked.hmac);
  https.post.mockImplementation(post);
  record.create.mockImplementation(mocked.create);
  record.delete.mockImplementation(remove);
  record.submitFields.mockImplementation(change);
  search.create.mockImplementation(mocked.search);
  search.createColumn.mockImplementation((column) => column);
  const getParameter = () => null; // as in a script whose parameters these are not
  runtime.getCurrentScript.mockReturnValue({ getParameter, getRemainingUsage: () => (world.units -= 500) });
  runtime.getCurrentUser.mockReturnValue({
    id: 7, name: 'Ida Integration', roleId: 'customrole_sb_integration', getPreference: ({ name }) => world.preferences[name]
  });
};

world.signature = ({ body, headers, url }) => {
  const signed = [headers['X-SuiteBridge-Timestamp'], 'POST', new URL(url).pathname, body].join('\n');
  return `v1=${createHmac('sha256', KEY).update(signed).digest('hex')}`;
};

world.records = () => world.requests.flatMap((one) => JSON.parse(one.body).records);

module.exports = world;
