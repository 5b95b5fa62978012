/**
 * Tells an integration what no web service tells it of itself: whose token it uses and in which role and time zone, which
 * features are in effect, and how the outbox is doing. It reads no record but the outbox, and writes nothing.
 *
 * @NApiVersion 2.1
 * @NScriptType Restlet
 * @NModuleScope SameAccount
 */
define(['N/runtime', './sb_hints'], (runtime, hints) => {
  // NetSuite hides a record type alike where its feature is off and where the role may not see it.
  const FEATURES = [
    'ADVANCEDJOBS',
    'CLASSES',
    'DEPARTMENTS',
    'EXPREPORTS',
    'JOBS',
    'LOCATIONS',
    'MULTICURRENCY',
    'PURCHASEORDERS',
    'SUBSIDIARIES',
    'TIMETRACKING'
  ];

  const get = () => {
    const user = runtime.getCurrentUser();
    const to = hints.settings();
    return {
      version: hints.VERSION,
      account: runtime.accountId,
      release: runtime.version,
      user: {
        id: String(user.id),
        name: user.name,
        role: user.roleId,
        timeZone: String(user.getPreference({ name: 'TIMEZONE' }) || '')
      },
      features: FEATURES.filter((feature) => runtime.isFeatureInEffect({ feature })),
      push: { address: to ? to.address : '', types: [...new Set(Object.values(hints.TYPES))].sort() },
      outbox: hints.waiting()
    };
  };

  return { get };
});
