/** What `npm start -- --help` prints: at most 79 columns. */
export const HELP = `npm start                    the demo: forty requests, files, a stream (20 s)
npm start -- --json          the same; its last line is one object, for scripts
npm start -- <URL> [options] one real request, under the rules of the platform

  --domain <https://host>    an entry of the request domains; may be repeated
                             (default: the URL's own origin)
  --method <METHOD>          default: GET, or POST with --data
  --header <name: value>     may be repeated
  --data <text>              the body, sent as it is
  --charset <label>          of the answer, such as gbk (default: as declared)
  --timeout <ms>             default: 60000 (TIME-1)
  --ca <file>                authorities to trust, in PEM, and no others

Exit code: 0 an answer of any status (CB-1), 1 an error, 2 bad arguments.`;
