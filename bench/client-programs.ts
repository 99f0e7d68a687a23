import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * A phone for a bare engine: timers, a `wx` that answers in the next turn, and the same for those who look for `uni`.
 * `turn()` runs what is due; `send(count)` and `pending` are the client's.
 */
const PHONE = `
var due = [], nextTimer = 1, pending = 0;
function setTimeout(callback) { due.push({ id: nextTimer, callback: callback }); return nextTimer++; }
function clearTimeout(id) { due = due.filter(function (timer) { return timer.id !== id; }); }
// Deadlines, which do not fall due while it is measured.
function setInterval() { return nextTimer++; }
function clearInterval() {}
function turn() { var now = due; due = []; now.forEach(function (timer) { timer.callback(); }); }
var console = { log: function () {}, warn: function () {}, error: function () {} };
var wx = {
  request: function (option) {
    var json = option.dataType === 'json' || option.dataType === undefined;
    var result = {
      data: json ? { id: 1 } : '{"id":1}', statusCode: 200, cookies: [], errMsg: 'request:ok',
      header: { 'Content-Type': 'application/json' },
    };
    var timer = setTimeout(function () {
      if (option.success) option.success(result);
      if (option.complete) option.complete(result);
    });
    return { abort: function () { clearTimeout(timer); }, onHeadersReceived: function () {}, offHeadersReceived: function () {} };
  },
  uploadFile: function () {}, downloadFile: function () {},
  onAppShow: function () {}, onAppHide: function () {}, canIUse: function () { return true; },
};
var uni = wx;
`;

const OURS = `
import { createHttp, createNetwork } from './src/index.ts';
const http$ = createHttp(createNetwork({ domains: { request: ['https://api.example.com'] } }));
globalThis.send = (count) => {
  for (let index = 0; index < count; index++) {
    pending++;
    http$('https://api.example.com/items/' + index).subscribe(() => pending--);
  }
};`;

const AXIOS = `
import axios from 'axios-miniprogram';
import pLimit from 'p-limit';
const limit = pLimit(10);
globalThis.send = (count) => {
  for (let index = 0; index < count; index++) {
    pending++;
    limit(() => axios('https://api.example.com/items/' + index)).then(() => pending--);
  }
};`;

const LUCH = `
import Luch from 'luch-request';
import pLimit from 'p-limit';
const luch = new Luch();
const limit = pLimit(10);
globalThis.send = (count) => {
  for (let index = 0; index < count; index++) {
    pending++;
    limit(() => luch.get('https://api.example.com/items/' + index)).then(() => pending--);
  }
};`;

const OUR_QUEUE = `
import { Observable } from 'rxjs';
import { createRequestQueue, limitConcurrency } from './src/index.ts';
const queue = createRequestQueue();
const request$ = new Observable((subscriber) => {
  const task = wx.request({ success: (result) => { subscriber.next(result); subscriber.complete(); } });
  return () => task.abort();
});
globalThis.send = (count) => {
  for (let index = 0; index < count; index++) {
    pending++;
    request$.pipe(limitConcurrency(queue)).subscribe({ complete: () => pending-- });
  }
};`;

const P_LIMIT = `
import pLimit from 'p-limit';
const limit = pLimit(10);
const request = () => new Promise((success) => wx.request({ success }));
globalThis.send = (count) => {
  for (let index = 0; index < count; index++) {
    pending++;
    limit(request).then(() => pending--);
  }
};`;

/** A client and what it stands on, as one script for an engine that knows nothing but the language. */
export interface ClientProgram {
  readonly who: string;
  readonly ours: boolean;
  /** How much it costs at least, as a multiple of what ours costs. */
  readonly least?: number;
  readonly phone: string;
  readonly client: string;
}

export async function clientPrograms(): Promise<ClientProgram[]> {
  return [
    { who: 'http$, all policies', ours: true, phone: PHONE, client: await bundled(OURS) },
    { who: 'axios-miniprogram + p-limit', ours: false, least: 2, phone: PHONE, client: await bundled(AXIOS) },
    { who: 'luch-request + p-limit', ours: false, least: 0.9, phone: PHONE, client: await bundled(LUCH) },
  ];
}

/** The same, for the line before the ten places alone. p-queue stands still on such a phone: it asks for more of the web. */
export async function queuePrograms(): Promise<ClientProgram[]> {
  return [
    { who: 'request queue', ours: true, phone: PHONE, client: await bundled(OUR_QUEUE) },
    { who: 'p-limit', ours: false, least: 1 / 1.2, phone: PHONE, client: await bundled(P_LIMIT) },
  ];
}

async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('..', import.meta.url)), sourcefile: 'app.js' },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2018',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['es2015'],
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
