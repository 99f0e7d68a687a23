const PROTOCOL = 'https';
export const BASE = `${PROTOCOL}://alias.example.com`;
export const API = {
  member: `${PROTOCOL}://alias-member.example.com`,
  shown: 'https://alias-shown.example.com',
} satisfies Record<string, string>;
