// Run by killed-process.test.ts: stores ever newer values under one key, and says which it was told of, until it is killed.
import { writeSync } from 'node:fs';
import { createSimulator } from '../../../../src/simulator/index.js';

const { wx } = createSimulator({ storageFolder: process.argv[2] });
const before = wx.getStorageSync<{ count: number } | ''>('counted') || { count: 0 };
for (let count = before.count + 1; ; count++) {
  await wx.setStorage({ key: 'counted', data: { count, padding: String(count).padStart(100_000, '.') } });
  writeSync(1, `${count}\n`);
}
