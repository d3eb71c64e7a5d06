import assert from 'node:assert';
import bcrypt from 'bcryptjs';

const known = '$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2';
assert.strictEqual(bcrypt.hashSync('correct horse', bcrypt.getSalt(known)), known);
const hash = await bcrypt.hash('B4c0/\\/', 6);
assert.match(hash, /^\$2b\$06\$.{53}$/);
assert.strictEqual(await bcrypt.compare('B4c0/\\/', hash), true);
assert.strictEqual(await bcrypt.compare('not_bacon', hash), false);
const salt = bcrypt.genSaltSync(4);
assert.strictEqual(bcrypt.hashSync('ä', salt), bcrypt.hashSync('ä', salt));
assert.strictEqual(bcrypt.getRounds(hash), 6);
assert.strictEqual(bcrypt.truncates('x'.repeat(73)), true);
bcrypt.hash('callback', 4, (error, made) => {
  assert.ifError(error);
  assert.ok(bcrypt.compareSync('callback', made));
});
