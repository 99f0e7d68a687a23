export const API = 'https://rx-api.example.com';
export const settings = { doc: 'https://rx-doc.example.org', files: 'https://rx-files.example.com' } as const;
