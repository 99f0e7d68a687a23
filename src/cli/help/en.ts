import type { HelpTexts } from '../help.js';

const LINT = `rx-miniprogram lint [path ...]    which domain is missing, or listed wrongly

  Reads the lists in rx-miniprogram.config.json (or .js, .mjs, .cjs, .ts):

    { "domains": { "request": ["https://api.example.com"],
                   "socket":  ["wss://push.example.com"] } }

  and follows each address in the source to its call. What no list allows is an
  error, what is only shown is counted. Without lists it proposes those which
  the source implies. The answers of the platform's modify_domain and
  getwxadevinfo are taken as lists, and so is "a.com;b.com".

  path             files or folders; default: the mini program's own source
  --fix            write the missing entries, after showing a diff
  --dry-run        show the diff only
  --json           one object, for scripts; the same as --format json
  --format <name>  text, json, sarif (2.1.0), github (annotations)
  --explain <rule> what a rule says, and what to do: --explain DOM-5
  --config <file>  another file of truth

  Nobody calls it?  "ignore": ["https://example.com/help"] in the config, or
  // rx-miniprogram-ignore-next-line in the source.

Exit code: 0 no error, 1 an error was found, 2 bad arguments.`;

const DOCTOR = `rx-miniprogram doctor <url ...>    what a phone stumbles on at a server

  Looks at an https:// or wss:// address from the list to the body: domain and
  port rules, DNS, TLS version, whole chain, host name, validity, each redirect
  against the list, status, first byte, charset declared and found, byte order
  marks, compression, HTTP/2; for wss the handshake. One line each: what is,
  why it matters on a phone, how to mend it.

  The lists are those of rx-miniprogram.config.*; without one only what holds
  for any list is checked.

  --json                  one array, for scripts
  --timeout <ms>          for each step; default: 15000
  --ca <file>             authorities to trust, in PEM, and no others
  --resolve <host:port:address[:port]>
                          where a host really is; may be repeated
  --config <file>         another file of truth

Exit code: 0 nothing is bad, 1 something is, 2 bad arguments.`;

const REQUEST = `rx-miniprogram request <url>    one real request, under the rules of a phone

  --method <METHOD>        default: GET, or POST with --data
  --header <name: value>   may be repeated
  --data <text>            the body, sent as it is
  --domain <https://host>  an entry of the request domains; may be repeated
                           (default: those of rx-miniprogram.config.*, else the
                           URL's own origin)
  --charset <label>        of the answer, such as gbk (default: as declared)
  --timeout <ms>           default: 60000 (TIME-1)
  --ca <file>              authorities to trust, in PEM, and no others
  --resolve <host:port:address[:port]>
                           where a host really is; may be repeated
  --config <file>          another file of truth

Exit code: 0 an answer of any status (CB-1), 1 no answer, 2 bad arguments.`;

const RUN = `rx-miniprogram run <folder>    a mini program, under the rules of a phone

  Runs a whole mini program without drawing it: its modules as the platform
  finds them, its pages and components, the simulator as wx; under the domains
  and timeouts of rx-miniprogram.config.*, project.config.json and app.json.
  A script of Node.js (run app.mjs) runs with the simulator as the global wx.

  --page <path?query>    the page to begin with; default: the first
  --visit-all            opens every page, one after the other
  --script <file>        what the user does, and what is expected, in JSON:
                         [{ "open": "/pages/list/list" }, { "call": "onTap" },
                          { "hide": "6s" }, { "expect": "no refusal" }]
  --background 3s..12s   hides the app, and shows it again; may be repeated
  --offline [5s..8s]     no network: always, or for a while; may be repeated
  --phone android|ios|harmony|windows|mac|devtools
  --map <host=address[:port]>
                         where a host really is; may be repeated
  --mock <file>          answers for addresses, in JSON:
                         { "GET https://api.example.com/me": { "json": {} } }
  --for 30s              stops then; default: when nothing is left to do, or
                         nothing has come over the network for five seconds
  --json                 one object (version 1), for scripts
  --trace                every event of the network, as it happens
  --inspect              a page that shows each call, until Ctrl-C; --no-open
                         does not open it
  --ca <file>            authorities to trust, in PEM, and no others
  --resolve <host:port:address[:port]>
                         as --map, for one port
  --config <file>        another file of truth

Exit code: 0 nothing was refused, 1 a rule refused a call or the app threw,
2 bad arguments.`;

const INSPECT = `rx-miniprogram inspect [file.har ...]    see what the network of an app does

  A page on 127.0.0.1: a bar a call, whose colours say where its time went, and
  the queue, the background, the sockets. An app tells it by

    sendToDesk(network, { url: 'ws://127.0.0.1:9229', token: '<the code>' })

  of rx-miniprogram/inspect, which is refused without the code that is printed.
  A HAR file is shown as it is.

  --lan                also phones on the local network may connect
  --port <number>      of the page; default: 9230
  --phone-port <number>
                       of the apps; default: 9229
  --code <code>        not another each time; at least 8 characters
  --json               a line of JSON an event, for programs
  --mcp                tools for an assistant, on the standard input and output
  --no-open            does not open the browser
  --for 30s            stops then; default: at Ctrl-C

Exit code: 0, 2 bad arguments.`;

/** At most 79 columns. */
export const HELP_EN: HelpTexts = {
  overview: `rx-miniprogram: which network rule of the mini program platform failed, found
on the desk and not on a phone.

  rx-miniprogram lint [path ...]       are all domains listed, and rightly?
  rx-miniprogram doctor <url ...>      what does a phone stumble on there?
  rx-miniprogram request <url>         send one, under the rules of a phone
  rx-miniprogram run <folder>          run an app, and see what is refused
  rx-miniprogram inspect               see where the time of each call goes

Each has a help of its own: rx-miniprogram lint --help

  --version        which one this is
  --lang en|zh     the language; default: the system's
  NO_COLOR=1       no colours; there are none anyway where it is no terminal`,
  of: { lint: LINT, doctor: DOCTOR, request: REQUEST, run: RUN, inspect: INSPECT },
};
