'use strict';

// The ciphers by OpenSSL's names and numbers, and which implementation does each: the JDK's, or one of the library.

const table = new Map();

function add(names, entry) {
  for (const name of names) table.set(name, entry);
}

// Numbers of modes for one length of key each.
const AES = {
  128: { ecb: 418, cbc: 419, ofb: 420, cfb: 421, cfb8: 653, ctr: 904, gcm: 895, ccm: 896, ocb: 958, wrap: 788, 'wrap-pad': 897 },
  192: { ecb: 422, cbc: 423, ofb: 424, cfb: 425, cfb8: 654, ctr: 905, gcm: 898, ccm: 899, ocb: 959, wrap: 789, 'wrap-pad': 900 },
  256: { ecb: 426, cbc: 427, ofb: 428, cfb: 429, cfb8: 655, ctr: 906, gcm: 901, ccm: 902, ocb: 960, wrap: 790, 'wrap-pad': 903 },
};
const ARIA = {
  128: { ecb: 1065, cbc: 1066, cfb: 1067, ofb: 1068, ctr: 1069, cfb8: 1083, ccm: 1120, gcm: 1123 },
  192: { ecb: 1070, cbc: 1071, cfb: 1072, ofb: 1073, ctr: 1074, cfb8: 1084, ccm: 1121, gcm: 1124 },
  256: { ecb: 1075, cbc: 1076, cfb: 1077, ofb: 1078, ctr: 1079, cfb8: 1085, ccm: 1122, gcm: 1125 },
};
const CAMELLIA = {
  128: { cbc: 751, ecb: 754, cfb: 757, cfb8: 763, ofb: 766, ctr: 963 },
  192: { cbc: 752, ecb: 755, cfb: 758, cfb8: 764, ofb: 767, ctr: 967 },
  256: { cbc: 753, ecb: 756, cfb: 759, cfb8: 765, ofb: 768, ctr: 971 },
};

// What a mode means for a cipher with blocks of `block` bytes.
function shape(mode, block) {
  switch (mode) {
    case 'ecb': return { mode, blockSize: block };
    case 'cbc': return { mode, blockSize: block, ivLength: block };
    case 'cfb8': return { mode: 'cfb', blockSize: 1, ivLength: block };
    case 'gcm': return { mode, blockSize: 1, ivLength: 12, aead: true };
    case 'ccm': return { mode, blockSize: 1, ivLength: 12, aead: true };
    case 'ocb': return { mode, blockSize: 16, ivLength: 12, aead: true };
    case 'wrap': return { mode: 'wrap', blockSize: 8, ivLength: 8 };
    case 'wrap-pad': return { mode: 'wrap', blockSize: 8, ivLength: 4 };
    default: return { mode, blockSize: 1, ivLength: block };
  }
}

for (const bits of [128, 192, 256]) {
  const keyLength = bits / 8;
  for (const mode of Object.keys(AES[bits])) {
    const library = ['ccm', 'ocb', 'wrap', 'wrap-pad'].includes(mode);
    const official = ['gcm', 'ccm', 'wrap', 'wrap-pad'].includes(mode);
    const name = official ? `id-aes${bits}-${mode}` : `aes-${bits}-${mode}`;
    const names = [`aes-${bits}-${mode}`];
    if (official) names.push(name);
    if (mode.startsWith('wrap')) names.push(`aes${bits}-${mode}`);
    if (mode === 'cbc') names.push(`aes${bits}`);
    add(names, {
      name, nid: AES[bits][mode], keyLength, ...shape(mode, 16),
      implementation: `${library ? 'library:' : ''}AES/${mode.replace('-', '').toUpperCase()}`,
    });
  }
  for (const [family, engine, numbers] of [['aria', 'ARIA', ARIA], ['camellia', 'Camellia', CAMELLIA]]) {
    for (const mode of Object.keys(numbers[bits])) {
      const name = `${family}-${bits}-${mode}`;
      add(mode === 'cbc' ? [name, `${family}${bits}`] : [name], {
        name, nid: numbers[bits][mode], keyLength, ...shape(mode, 16), implementation: `library:${engine}/${mode.toUpperCase()}`,
      });
    }
  }
}

for (const [mode, nid, ...more] of [['ecb', 1133], ['cbc', 1134, 'sm4'], ['ofb', 1135, 'sm4-ofb128'], ['cfb', 1137, 'sm4-cfb128'], ['ctr', 1139]]) {
  const name = `sm4-${mode}`;
  add([name, ...more], { name, nid, keyLength: 16, ...shape(mode, 16), implementation: `library:SM4/${mode.toUpperCase()}` });
}

for (const [name, mode, nid, keyLength, ...more] of [
  ['des-ede', 'ecb', 32, 16, 'des-ede-ecb'], ['des-ede-cbc', 'cbc', 43, 16], ['des-ede-cfb', 'cfb', 60, 16], ['des-ede-ofb', 'ofb', 62, 16],
  ['des-ede3', 'ecb', 33, 24, 'des-ede3-ecb'], ['des-ede3-cbc', 'cbc', 44, 24, 'des3'], ['des-ede3-cfb', 'cfb', 61, 24],
  ['des-ede3-cfb8', 'cfb8', 659, 24], ['des-ede3-ofb', 'ofb', 63, 24],
]) {
  add([name, ...more], { name, nid, keyLength, ...shape(mode, 8), implementation: `DESede/${mode.toUpperCase()}` });
}
add(['id-smime-alg-cms3deswrap', 'des3-wrap'], {
  name: 'id-smime-alg-cms3deswrap', nid: 246, mode: 'wrap', keyLength: 24, blockSize: 8, implementation: 'library:DESede/WRAP',
});
add(['chacha20-poly1305'], {
  name: 'chacha20-poly1305', nid: 1018, mode: 'stream', keyLength: 32, ivLength: 12, aead: true, implementation: 'ChaCha20-Poly1305',
});
add(['chacha20'], { name: 'chacha20', nid: 1019, mode: 'stream', keyLength: 32, ivLength: 16, implementation: 'ChaCha20' });

module.exports = { table };
