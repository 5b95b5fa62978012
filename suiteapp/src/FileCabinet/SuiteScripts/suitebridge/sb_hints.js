/**
 * Hints for SuiteBridge: what they say, how they are signed and sent, and the outbox of those that could not be.
 *
 * A hint names a record type and an internal ID, never a value. SuiteBridge reads the record itself, and its next run finds
 * what no hint told, so that a hint may be late, come twice or be lost.
 *
 * @NApiVersion 2.1
 * @NModuleScope SameAccount
 */
define(['N/crypto', 'N/https', 'N/record', 'N/runtime', 'N/search'], (crypto, https, record, runtime, search) => {
  const VERSION = '1.0.0';
  const OUTBOX = 'customrecord_sb_hint';
  // SuiteBridge takes no more records in one request.
  const MOST_RECORDS = 100;
  // With the pauses below that is about four days; by then a run has long found the record.
  const MOST_ATTEMPTS = 20;
  const FIRST_PAUSE_SECONDS = 60;
  const LONGEST_PAUSE_SECONDS = 6 * 60 * 60;
  const SAID_CHARACTERS = 300;

  // Record types as N/record names them, and as SuiteBridge's workflows do.
  const TYPES = {
    contact: 'contact',
    creditmemo: 'appliedCreditMemo',
    customer: 'customer',
    employee: 'employee',
    expensecategory: 'expenseCategory',
    job: 'job',
    lead: 'customer',
    noninventoryitem: 'item',
    otherchargeitem: 'item',
    projecttask: 'projectTask',
    prospect: 'customer',
    purchaseorder: 'purchaseOrder',
    salesorder: 'salesOrder',
    serviceitem: 'item',
    supportcase: 'supportCase',
    vendor: 'vendor',
    vendorbill: 'purchaseBill',
    vendorcredit: 'purchaseCredit'
  };

  const now = () => Math.floor(Date.now() / 1000);

  // The preferences are parameters of the user event script; other scripts read them as preferences of the company.
  const preference = (name) =>
    String(runtime.getCurrentScript().getParameter({ name }) || runtime.getCurrentUser().getPreference({ name }) || '');

  /** Returns where hints go and which secret signs them; null where nobody has entered an address. */
  const settings = () => {
    const address = preference('custscript_sb_push_address').trim();
    const parts = /^https?:\/\/[^/?#]+(\/[^?#]+)$/i.exec(address);
    if (!parts) return null;
    return { address, path: parts[1], secret: preference('custscript_sb_push_secret').trim() };
  };

  /** Returns what a hint says of a saved record; null for a record type that SuiteBridge never imports. */
  const describe = (type, id) => {
    const known = TYPES[String(type).toLowerCase()];
    return known && id ? { type: known, id: String(id) } : null;
  };

  // The same four lines as SuiteBridge joins; N/crypto writes hexadecimal digits in capitals.
  const sign = (to, timestamp, body) => {
    const key = crypto.createSecretKey({ secret: to.secret, encoding: crypto.Encoding.UTF_8 });
    const hmac = crypto.createHmac({ algorithm: crypto.HashAlg.SHA256, key });
    hmac.update({ input: [timestamp, 'POST', to.path, body].join('\n'), inputEncoding: crypto.Encoding.UTF_8 });
    return `v1=${hmac.digest({ outputEncoding: crypto.Encoding.HEX }).toLowerCase()}`;
  };

  /** Sends hints, at most MOST_RECORDS; never throws: `isTaken` says whether SuiteBridge has them, `said` why not. */
  const send = (to, records) => {
    try {
      // The name of a delivery makes its signature one of its own, should the same record be saved twice in a second.
      const delivery = `${records[0].type}-${records[0].id}-${Date.now()}-${Math.floor(Math.random() * 1e9)}`;
      const body = JSON.stringify({ delivery, records });
      const timestamp = String(now());
      const answer = https.post({
        url: to.address,
        body,
        headers: {
          'Content-Type': 'application/json',
          'X-SuiteBridge-Timestamp': timestamp,
          'X-SuiteBridge-Signature': sign(to, timestamp, body)
        }
      });
      // 409: SuiteBridge has seen this very request before.
      const isTaken = (answer.code >= 200 && answer.code < 300) || answer.code === 409;
      return { isTaken, said: isTaken ? '' : `${answer.code} ${answer.body}`.slice(0, SAID_CHARACTERS) };
    } catch (error) {
      return { isTaken: false, said: `${error.name}: ${error.message}`.slice(0, SAID_CHARACTERS) };
    }
  };

  /** Puts a hint into the outbox; the scheduled script sends it. */
  const keep = (hint, said) => {
    const kept = record.create({ type: OUTBOX });
    kept.setValue({ fieldId: 'custrecord_sb_hint_type', value: hint.type });
    kept.setValue({ fieldId: 'custrecord_sb_hint_record', value: hint.id });
    kept.setValue({ fieldId: 'custrecord_sb_hint_attempts', value: 0 });
    kept.setValue({ fieldId: 'custrecord_sb_hint_due', value: now() });
    kept.setValue({ fieldId: 'custrecord_sb_hint_said', value: said });
    return kept.save();
  };

  /** Lists the hints that are to be sent now, the oldest first. */
  const due = () =>
    search
      .create({
        type: OUTBOX,
        filters: [['custrecord_sb_hint_due', search.Operator.LESSTHANOREQUALTO, now()]],
        columns: [
          search.createColumn({ name: 'internalid', sort: search.Sort.ASC }),
          'custrecord_sb_hint_type',
          'custrecord_sb_hint_record',
          'custrecord_sb_hint_attempts'
        ]
      })
      .run()
      .getRange({ start: 0, end: MOST_RECORDS })
      .map((row) => ({
        key: row.id,
        type: row.getValue({ name: 'custrecord_sb_hint_type' }),
        id: row.getValue({ name: 'custrecord_sb_hint_record' }),
        attempts: Number(row.getValue({ name: 'custrecord_sb_hint_attempts' })) || 0
      }));

  /** Removes a hint from the outbox. */
  const forget = (kept) => record.delete({ type: OUTBOX, id: kept.key });

  /** Leaves a hint in the outbox for later, ever later; returns false once it was tried so often that it is given up. */
  const postpone = (kept, said) => {
    const attempts = kept.attempts + 1;
    if (attempts >= MOST_ATTEMPTS) {
      forget(kept);
      return false;
    }
    const pause = Math.min(FIRST_PAUSE_SECONDS * 2 ** attempts, LONGEST_PAUSE_SECONDS);
    record.submitFields({
      type: OUTBOX,
      id: kept.key,
      values: {
        custrecord_sb_hint_attempts: attempts,
        custrecord_sb_hint_due: now() + pause,
        custrecord_sb_hint_said: said
      }
    });
    return true;
  };

  /** Tells how many hints wait, and what the one that waits longest was last answered. */
  const waiting = () => {
    const all = search.create({
      type: OUTBOX,
      columns: [search.createColumn({ name: 'internalid', sort: search.Sort.ASC }), 'custrecord_sb_hint_said']
    });
    const [oldest] = all.run().getRange({ start: 0, end: 1 });
    return {
      hints: all.runPaged({ pageSize: 1000 }).count,
      said: oldest ? oldest.getValue({ name: 'custrecord_sb_hint_said' }) : ''
    };
  };

  return { VERSION, TYPES, settings, describe, send, keep, due, forget, postpone, waiting };
});
