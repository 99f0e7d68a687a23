// luch-request ships its sources, as ES modules that Node.js does not take for such.
export default {
  test: {
    include: ['tests/testing/runners/vitest.sample.ts'],
    server: { deps: { inline: ['luch-request'] } },
    reporters: ['json'],
  },
};
