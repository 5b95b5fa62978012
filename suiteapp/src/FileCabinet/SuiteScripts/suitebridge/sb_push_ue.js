/**
 * Tells SuiteBridge that a record was saved. It is to run last of all user event scripts of its record type.
 *
 * It never keeps a record from being saved, nor makes anybody wait more than once: after a hint that could not be sent, hints
 * go to the outbox for five minutes without being tried, and what is saved in bulk goes there at once.
 *
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 * @NModuleScope SameAccount
 */
define(['N/cache', 'N/log', 'N/runtime', './sb_hints'], (cache, log, runtime, hints) => {
  // The shortest time for which N/cache keeps anything.
  const PAUSE_SECONDS = 300;
  const TO_BE_DELETED = ['delete'];
  // Where one record is saved at a time and somebody waits for it; every other context may save thousands.
  const ONE_AT_A_TIME = ['USERINTERFACE', 'SUITELET', 'RESTLET', 'CLIENT', 'WORKFLOW', 'ACTION', 'PORTLET'];

  const pauses = () => cache.getCache({ name: 'sb_push', scope: cache.Scope.PRIVATE });

  const isPaused = () => pauses().get({ key: 'paused' }) !== null;

  const pause = () => pauses().put({ key: 'paused', value: 'yes', ttl: PAUSE_SECONDS });

  const push = (to, hint) => {
    if (!ONE_AT_A_TIME.includes(String(runtime.executionContext)) || isPaused()) {
      hints.keep(hint, '');
      return;
    }
    const answer = hints.send(to, [hint]);
    if (answer.isTaken) return;
    log.error({ title: `SuiteBridge was not told of ${hint.type} ${hint.id}; it waits in the outbox`, details: answer.said });
    hints.keep(hint, answer.said);
    pause();
  };

  const afterSubmit = (context) => {
    // Whatever goes wrong here is nothing to whoever saves: the next run of SuiteBridge finds the record.
    try {
      // Deletions are found by SuiteBridge's runs: there is no record left to read.
      if (TO_BE_DELETED.includes(String(context.type))) return;
      const hint = hints.describe(context.newRecord.type, context.newRecord.id);
      const to = hints.settings();
      if (hint && to) push(to, hint);
    } catch (error) {
      log.error({ title: 'SuiteBridge was not told of a saved record', details: error });
    }
  };

  return { afterSubmit };
});
