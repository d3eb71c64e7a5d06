import assert from 'node:assert';
import { DateTime, Duration, IANAZone, Info, Interval, Settings } from 'luxon';

const time = DateTime.fromISO('2026-03-29T00:30:00', { zone: 'Europe/Berlin' });
assert.strictEqual(time.toISO(), '2026-03-29T00:30:00.000+01:00');
// The clocks are put forward.
assert.strictEqual(time.plus({ hours: 2 }).toISO(), '2026-03-29T03:30:00.000+02:00');
assert.strictEqual(time.setZone('America/New_York').toFormat('yyyy LLL dd HH:mm ZZZZ'), '2026 Mar 28 19:30 EDT');
assert.strictEqual(time.setLocale('fr').toLocaleString(DateTime.DATE_FULL), '29 mars 2026');
assert.strictEqual(time.setLocale('de').toFormat('cccc, d. MMMM'), 'Sonntag, 29. März');
assert.strictEqual(DateTime.fromFormat('23 décembre 2026', 'dd MMMM yyyy', { locale: 'fr' }).month, 12);
assert.strictEqual(DateTime.fromISO('x').isValid, false);
assert.strictEqual(Interval.fromDateTimes(time, time.plus({ days: 3 })).splitBy({ days: 1 }).length, 3);
assert.deepStrictEqual(Duration.fromMillis(3_723_000).shiftTo('hours', 'minutes', 'seconds').toObject(), { hours: 1, minutes: 2, seconds: 3 });
assert.strictEqual(Duration.fromObject({ hours: 2, minutes: 5 }).toHuman(), '2 hours, 5 minutes');
assert.strictEqual(DateTime.local().minus({ days: 2 }).toRelative({ locale: 'en' }), '2 days ago');
assert.strictEqual(Info.months('long', { locale: 'es' })[0], 'enero');
assert.strictEqual(IANAZone.isValidZone('Europe/Nowhere'), false);
Settings.defaultZone = 'Asia/Tokyo';
assert.strictEqual(DateTime.local(2026, 1, 1).offset, 540);
