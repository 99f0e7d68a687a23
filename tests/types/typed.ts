// Compiled, never run: `npx tsc -p tsconfig.node.json` is the test.
import type { Observable } from 'rxjs';
import { type } from 'arktype';
import * as v from 'valibot';
import { z } from 'zod';
import { requireOk, type Http, type HttpResponse } from '../../src/index.js';
import { createClient, parse } from '../../src/typed.js';
import { exactly } from './exactly.js';

interface User {
  readonly id: string;
  readonly name: string;
}
interface Problem {
  readonly detail: string;
}

/** As openapi-typescript 7 writes it. */
interface paths {
  '/users/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { full?: boolean }; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': User } };
        404: { headers: { [name: string]: unknown }; content: { 'application/json': Problem } };
      };
    };
    put: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { name: string } } };
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } };
    };
    post?: never;
    delete?: never;
  };
  '/users': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query: { page: number; ids?: string[] }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': User[] } };
        default: { headers: { [name: string]: unknown }; content: { 'application/json': Problem } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
  };
}

export function bodies(http$: Http): void {
  const api = createClient<paths>(http$);

  api
    .get('/users/{id}', { path: { id: '7' }, query: { full: true }, priority: 'high' })
    .pipe(requireOk())
    .subscribe(({ body, status }) => {
      exactly<User>()(body, true);
      exactly<200>()(status, true);
    });
  api.get('/users/{id}', { path: { id: '7' } }).subscribe((answer) => {
    // Told apart by its status.
    if (answer.ok) exactly<User>()(answer.body, true);
    else exactly<Problem>()(answer.body, true);
  });
  api
    .put('/users/{id}', { path: { id: '7' }, data: { name: 'a' } })
    .subscribe(({ body }) => exactly<undefined>()(body, true));
  api.get('/users', { query: { page: 1, ids: ['a'] } });

  // @ts-expect-error -- no such path
  api.get('/user');
  // @ts-expect-error -- no such method of it
  api.post('/users');
  // @ts-expect-error -- the path has a name to fill
  api.get('/users/{id}');
  // @ts-expect-error -- and it is a text
  api.get('/users/{id}', { path: { id: 7 } });
  // @ts-expect-error -- a query that must be there
  api.get('/users', {});
  // @ts-expect-error -- a body that must be there
  api.put('/users/{id}', { path: { id: '7' } });
  // @ts-expect-error -- another body
  api.put('/users/{id}', { path: { id: '7' }, data: { title: 'a' } });
  // @ts-expect-error -- no such option
  api.get('/users', { query: { page: 1 }, prioritiy: 'high' });
}

/** What documents have beside the usual. */
interface neighbours {
  '/search': {
    get: {
      parameters: {
        query?: { ids?: string[]; by?: { age?: number; tags?: string[] } };
        header: { 'X-Tenant': string; 'X-Page'?: number };
        path?: never;
        cookie: { sid: string };
      };
      requestBody?: never;
      responses: {
        '2XX': { headers: object; content: { 'application/json': User[]; 'text/csv': string } };
        '4XX': { headers: object; content: { 'application/problem+json': Problem } };
        default: { headers: object; content: { 'text/plain': string } };
      };
    };
  };
  '/only/{default}': {
    get: {
      parameters: { query?: never; header?: never; path?: { default?: string | null }; cookie?: never };
      responses: { default: { headers: object; content: { 'application/json': User } } };
    };
    put: {
      parameters: { query?: never; header?: never; path: { default: string }; cookie?: never };
      requestBody?: { content: { 'application/json': { tags: string[] } } };
      responses: { 200: { headers: object; content: { 'application/octet-stream': string } } };
    };
    post: {
      parameters: { query?: never; header?: never; path: { default: string }; cookie?: never };
      requestBody: { content: { 'multipart/form-data': { file: string } } };
      responses: { 200: { headers: object; content?: never } };
    };
  };
  '/bytes': {
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/octet-stream': string; 'application/json': { a: 1 } } };
      responses: { 200: { headers: object; content?: never } };
    };
  };
}

export function beside(
  http$: Http,
  frozen: { readonly ids: readonly string[]; readonly tags: readonly string[] },
): void {
  const api = createClient<neighbours>(http$, { styles: { by: 'deepObject', ids: 'pipeDelimited' } });

  api
    .get('/search', {
      header: { 'X-Tenant': 'a', 'X-Page': 1, Accept: '*/*' },
      query: { ids: frozen.ids, by: { tags: frozen.tags } },
    })
    .pipe(requireOk())
    // The default is a bad one: there is a good one.
    .subscribe(({ body, status }) => {
      exactly<User[]>()(body, true);
      exactly<number>()(status, true);
    });
  api.get('/search', { header: { 'X-Tenant': 'a' } }).subscribe((answer) => {
    if (!answer.ok) exactly<Problem | string>()(answer.body, true);
  });
  api
    .get('/search', { header: { 'X-Tenant': 'a' }, as: 'text' })
    .subscribe(({ body }) => exactly<string>()(body, true));
  api
    .put('/only/{default}', { path: { default: 'a' }, as: 'arraybuffer', data: { tags: frozen.tags } })
    .pipe(requireOk())
    .subscribe(({ body }) => exactly<ArrayBuffer>()(body, true));
  // Where the document knows nothing else, the default may be either.
  api.get('/only/{default}').subscribe(({ ok, body }) => {
    exactly<boolean>()(ok, true);
    exactly<User>()(body, true);
  });
  api.post('/bytes', { data: new ArrayBuffer(1) });
  api.post('/bytes', { data: new Uint8Array(1) });
  api.post('/bytes', { data: { a: 1 } });

  // @ts-expect-error -- a field of the header that must be there
  api.get('/search');
  // @ts-expect-error -- and one of another type
  api.get('/search', { header: { 'X-Tenant': 'a', 'X-Page': 'first' } });
  // @ts-expect-error -- a form with files goes through createUpload
  api.post('/only/{default}', { path: { default: 'a' }, data: { file: 'a' } });
  // @ts-expect-error -- no query at all
  api.get('/only/{default}', { query: { a: 1 } });
  // @ts-expect-error -- no such style
  createClient<neighbours>(http$, { styles: { ids: 'matrix' } });
}

export function schemas(http$: Http): void {
  const answer$: Observable<HttpResponse<unknown>> = http$('/me');
  answer$
    .pipe(parse(z.object({ id: z.coerce.number() })))
    .subscribe(({ body }) => exactly<{ id: number }>()(body, true));
  answer$
    .pipe(requireOk(), parse(v.object({ id: v.pipe(v.string(), v.transform(Number)) })))
    .subscribe(({ body }) => exactly<{ id: number }>()(body, true));
  answer$.pipe(parse(type({ id: 'string' }))).subscribe(({ body }) => exactly<{ id: string }>()(body, true));
  const checked$: Observable<HttpResponse<{ id: string }>> = answer$.pipe(parse(z.object({ id: z.string() })));
  checked$.subscribe();

  // @ts-expect-error -- no schema
  answer$.pipe(parse({ id: 'string' }));
}
