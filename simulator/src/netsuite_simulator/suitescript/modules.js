// The modules N/* that a script in the account asks for, over what the simulated account answers: see hosting.py. Each has the parts
// that scripts of this kind use; what is not here is undefined, as a name that a script misspells would be.
(function () {
  'use strict';

  const ask = (question, ...given) => {
    const answer = JSON.parse(__ask(question, JSON.stringify(given)));
    if (!answer.error) return answer.value;
    const error = new Error(answer.error.message);
    error.name = answer.error.name;
    throw error;
  };

  Date.now = () => ask('now');

  const shown = (details) => {
    if (details instanceof Error) return `${details.name}: ${details.message}`;
    return typeof details === 'string' ? details : JSON.stringify(details) || '';
  };
  const note = (level) => ({ title, details }) => ask('log', level, String(title), shown(details));
  const log = { debug: note('DEBUG'), audit: note('AUDIT'), error: note('ERROR'), emergency: note('EMERGENCY') };

  const runtime = {
    getCurrentScript: () => ({
      ...ask('script'),
      getParameter: ({ name }) => ask('parameter', name),
      getRemainingUsage: () => ask('units')
    }),
    getCurrentUser: () => ({ ...ask('user'), getPreference: ({ name }) => ask('preference', name) }),
    isFeatureInEffect: ({ feature }) => ask('feature', feature),
    get executionContext() { return ask('context'); },
    get accountId() { return ask('account'); },
    get version() { return ask('release'); }
  };

  const crypto = {
    HashAlg: { SHA256: 'SHA256', SHA512: 'SHA512' },
    Encoding: { UTF_8: 'UTF_8', HEX: 'HEX' },
    createSecretKey: ({ secret, encoding }) => ({ secret: ask('secret', secret), encoding }),
    createHmac: ({ algorithm, key }) => {
      const pieces = [];
      return {
        update: ({ input }) => { pieces.push(input); },
        digest: () => ask('hmac', algorithm, key.secret, pieces.join(''))
      };
    }
  };

  const https = { post: ({ url, body, headers }) => ask('post', url, String(body), headers || {}) };

  const record = {
    create: ({ type }) => {
      const values = {};
      return {
        type,
        setValue: ({ fieldId, value }) => { values[fieldId] = value; },
        getValue: ({ fieldId }) => values[fieldId],
        save: () => ask('create', type, values)
      };
    },
    submitFields: ({ type, id, values }) => ask('change', type, String(id), values),
    delete: ({ type, id }) => ask('remove', type, String(id))
  };

  const row = ({ id, values }) => ({ id, getValue: (column) => values[typeof column === 'string' ? column : column.name] });
  const search = {
    Operator: { LESSTHANOREQUALTO: 'lessthanorequalto', IS: 'is' },
    Sort: { ASC: 'ASC', DESC: 'DESC' },
    createColumn: (column) => column,
    create: ({ type, filters, columns }) => {
      const asked = [type, filters || [], (columns || []).map((one) => (typeof one === 'string' ? { name: one } : one))];
      return {
        run: () => ({ getRange: ({ start, end }) => ask('range', ...asked, start, end).map(row) }),
        runPaged: () => ({ count: ask('count', ...asked) })
      };
    }
  };

  const cache = {
    Scope: { PRIVATE: 'PRIVATE', PROTECTED: 'PROTECTED', PUBLIC: 'PUBLIC' },
    getCache: ({ name, scope }) => ({
      get: ({ key }) => ask('recall', name, scope, key),
      put: ({ key, value, ttl }) => ask('keep', name, scope, key, String(value), ttl)
    })
  };

  const modules = {
    'N/cache': cache, 'N/crypto': crypto, 'N/https': https, 'N/log': log, 'N/record': record, 'N/runtime': runtime, 'N/search': search
  };

  const loaded = {};
  const find = (folder, name) => {
    if (!name.startsWith('./')) {
      if (!modules[name]) throw new Error(`There is no module ${name} here.`);
      return modules[name];
    }
    return globalThis.__load(`${folder}/${name.slice(2)}.js`);
  };

  globalThis.__load = (path) => {
    if (loaded[path]) return loaded[path];
    let made;
    globalThis.define = (names, factory) => { made = { names, factory }; };
    (0, eval)(ask('file', path));
    const folder = path.slice(0, path.lastIndexOf('/'));
    loaded[path] = made.factory(...made.names.map((name) => find(folder, name)));
    return loaded[path];
  };

  globalThis.__call = (path, entry, context) => {
    const result = globalThis.__load(path)[entry](JSON.parse(context));
    return JSON.stringify(result === undefined ? null : result);
  };
})();
