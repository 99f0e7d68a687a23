import type { NetworkType } from './wx.js';

/**
 * Whether the phone goes from Wi-Fi to the mobile network, or back: then it has another address, and what stood on the old
 * one is dead or dying. From 4g to 5g it keeps it; of `unknown` nobody knows.
 */
export function isOtherBearer(from: NetworkType, to: NetworkType): boolean {
  const [before, now] = [bearerOf(from), bearerOf(to)];
  return before !== undefined && now !== undefined && before !== now;
}

function bearerOf(type: NetworkType): 'wifi' | 'mobile' | undefined {
  if (type === 'wifi') return 'wifi';
  return /^\dg$/.test(type) ? 'mobile' : undefined;
}
