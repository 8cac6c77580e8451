// Reference values of canonical JSON by a real ECMAScript engine. Run with Node.js v20.20.2:
//   node ecmascript.mjs > ecmascript.tsv
// Each line: the 16 hexadecimal digits of a double's bits, a tab, the text that JSON.stringify gives it.
let state = 20261121n;
const next = () => {
  state = (state + 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn;
  let z = state;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & 0xffffffffffffffffn;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & 0xffffffffffffffffn;
  return z ^ (z >> 31n);
};
const view = new DataView(new ArrayBuffer(8));
const fromBits = bits => { view.setBigUint64(0, bits); return view.getFloat64(0); };
const bitsOf = x => { view.setFloat64(0, x); return view.getBigUint64(0); };
const lines = ['# Node.js ' + process.version + ', V8 ' + process.versions.v8];
const put = x => { if (Number.isFinite(x)) lines.push(bitsOf(x).toString(16).padStart(16, '0') + '\t' + JSON.stringify(x)); };
[0, -0, 1, -1, 0.1, 0.5, 1e20, 1e21, 123456789012345680000, 1e-6, 1e-7, 9.5e-7, 5e-324, 1e-323, 2.2250738585072014e-308,
  1.7976931348623157e308, 9007199254740991, 9007199254740992, 9007199254740994, 4.35, 333333333.33333329, 2e-3].forEach(put);
for (let e = -30; e <= 30; e++) { put(Number('1e' + e)); put(Number('1.5e' + e)); put(-Number('9.999999999999999e' + e)); }
for (let i = 0; i < 400; i++) put(fromBits(next()));
for (let i = 0; i < 200; i++) put(Number(next() % 100000000n) / 10 ** Number(next() % 9n));
for (let i = 0; i < 100; i++) put(fromBits(next() & 0x000fffffffffffffn));
console.log(lines.join('\n'));
