import assert from 'node:assert';
import { AssertionError, assert as chaiAssert, expect, should, use } from 'chai';

should();
expect({ a: { b: [1, 2] } }).to.deep.equal({ a: { b: [1, 2] } }).and.have.nested.property('a.b[1]', 2);
expect([1, 2, 3]).to.be.an('array').that.includes(2).and.has.lengthOf(3);
expect(() => { throw new TypeError('bad news'); }).to.throw(TypeError, /news/);
expect(new Map([['k', 1]])).to.have.all.keys('k');
expect(1.5).to.be.closeTo(1.4, 0.2);
'foo'.should.be.a('string').with.lengthOf(3);
chaiAssert.sameMembers([1, 2], [2, 1]);
chaiAssert.instanceOf(new Date(), Date);
assert.throws(() => expect([1, 2]).to.eql([1, 3]), (error) => error instanceof AssertionError && error.message === 'expected [ 1, 2 ] to deeply equal [ 1, 3 ]' && error.showDiff === true);
assert.throws(() => expect(1).to.equall(1), /Invalid Chai property: equall/);
use(({ Assertion }) => {
  Assertion.addProperty('even', function () { this.assert(this._obj % 2 === 0, 'expected #{this} to be even', 'expected #{this} to be odd'); });
});
expect(2).to.be.even;
assert.throws(() => expect(3).to.be.even, /expected 3 to be even/);
