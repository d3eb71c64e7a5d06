import assert from 'node:assert';
import { add, compareAsc, differenceInCalendarDays, eachDayOfInterval, format, formatDistance, formatISO, intervalToDuration, isValid, parse, parseISO, startOfWeek } from 'date-fns';
import { de, eo } from 'date-fns/locale';

assert.strictEqual(format(new Date(2014, 1, 11), 'MM/dd/yyyy'), '02/11/2014');
assert.strictEqual(format(new Date(2014, 6, 2), "do 'de' MMMM yyyy", { locale: eo }), '2-a de julio 2014');
assert.deepStrictEqual([new Date(1995, 6, 2), new Date(1987, 1, 11)].sort(compareAsc).map((it) => it.getFullYear()), [1987, 1995]);
assert.strictEqual(formatDistance(new Date(2026, 0, 1), new Date(2026, 0, 4), { addSuffix: true, locale: de }), 'vor 3 Tagen');
assert.strictEqual(add(new Date(2026, 0, 31), { months: 1 }).getDate(), 28);
assert.strictEqual(differenceInCalendarDays(new Date(2026, 2, 1), new Date(2026, 1, 1)), 28);
assert.strictEqual(parse('02.03.2026 14:05', 'dd.MM.yyyy HH:mm', new Date()).getTime(), new Date(2026, 2, 2, 14, 5).getTime());
assert.strictEqual(parseISO('2026-01-02T03:04:05Z').toISOString(), '2026-01-02T03:04:05.000Z');
assert.strictEqual(isValid(parseISO('nothing')), false);
assert.strictEqual(eachDayOfInterval({ start: new Date(2026, 0, 1), end: new Date(2026, 0, 5) }).length, 5);
assert.deepStrictEqual(intervalToDuration({ start: new Date(2026, 0, 1), end: new Date(2027, 1, 3) }), { years: 1, months: 1, days: 2 });
assert.strictEqual(format(startOfWeek(new Date(2026, 10, 22), { weekStartsOn: 1 }), 'EEEE'), 'Monday');
assert.match(formatISO(new Date(2026, 0, 1)), /^2026-01-01T00:00:00/);
assert.throws(() => format(new Date(NaN), 'yyyy'), RangeError);
