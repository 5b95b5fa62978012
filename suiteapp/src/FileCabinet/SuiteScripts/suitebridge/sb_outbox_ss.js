/**
 * Sends the hints that wait in the outbox, a hundred in a request. It stops at the first request that is not taken.
 *
 * @NApiVersion 2.1
 * @NScriptType ScheduledScript
 * @NModuleScope SameAccount
 */
define(['N/log', 'N/runtime', './sb_hints'], (log, runtime, hints) => {
  // A request costs ten units, and each of its hundred hints four when it is deleted.
  const UNITS_OF_A_REQUEST = 500;

  const unlike = (waiting) => {
    const byRecord = new Map(waiting.map(({ type, id }) => [`${type} ${id}`, { type, id }]));
    return [...byRecord.values()];
  };

  const execute = () => {
    const to = hints.settings();
    if (!to) return;
    while (runtime.getCurrentScript().getRemainingUsage() > UNITS_OF_A_REQUEST) {
      const waiting = hints.due();
      if (waiting.length === 0) return;
      const answer = hints.send(to, unlike(waiting));
      if (answer.isTaken) {
        waiting.forEach(hints.forget);
        continue;
      }
      const givenUp = waiting.filter((one) => !hints.postpone(one, answer.said));
      const told = givenUp.map((one) => `${one.type} ${one.id}`).join(', ');
      log.error({
        title: `SuiteBridge did not take ${waiting.length} hints from the outbox${told ? `; given up: ${told}` : ''}`,
        details: answer.said
      });
      return;
    }
  };

  return { execute };
});
