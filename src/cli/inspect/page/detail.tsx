import { explain } from '../../../inspect/explain.js';
import type { NetworkRecord } from '../../../inspect/advance.js';
import type { AttemptRecord, CallActivity, CallRecord, ShownBody } from '../../../inspect/call-record.js';
import type { SocketRecord } from '../../../inspect/socket-record.js';
import type { ShownError, ShownHeader } from '../../../network/network-event.js';
import { activityOf, Bar } from './call-table.js';
import { beganAt, endedAt, methodOf } from './rows.js';
import { shownSize, shownTime, type Language, type Words } from './words.js';

interface DetailProps {
  readonly record: NetworkRecord;
  readonly language: Language;
  readonly words: Words;
  readonly onClose: () => void;
}

/** All that is known of one call or socket. */
export function Detail({ record, language, words, onClose }: DetailProps) {
  return (
    <aside class="detail" aria-label={record.url}>
      <header>
        <h2>
          {methodOf(record)} <span>{record.url}</span>
        </h2>
        <button type="button" onClick={onClose} aria-label={words.close}>
          ✕
        </button>
      </header>
      {record.kind === 'call' ? (
        <CallDetail record={record} language={language} words={words} />
      ) : (
        <SocketDetail record={record} words={words} />
      )}
    </aside>
  );
}

function CallDetail({ record, language, words }: { record: CallRecord; language: Language; words: Words }) {
  const phases = (Object.keys(record.phases) as CallActivity[]).filter((activity) => record.phases[activity] > 0);
  return (
    <>
      <p class="why">
        <strong>{words.why}</strong>
        {explain(record, language)}
      </p>
      <Picture record={record} words={words} />
      {phases.length > 0 && (
        <Section title={words.phases}>
          <table class="facts">
            <tbody>
              {phases.map((activity) => (
                <tr>
                  <th scope="row">
                    <i class={`phase dot ${activity}`} /> {activityOf(record, activity, words)}
                  </th>
                  <td>{shownTime(record.phases[activity])}</td>
                </tr>
              ))}
              <tr class="sum">
                <th scope="row">{words.took}</th>
                <td>{shownTime(record.durationMs)}</td>
              </tr>
            </tbody>
          </table>
        </Section>
      )}
      {record.error && <ErrorDetail error={record.error} words={words} />}
      {record.attempts.length > 0 && (
        <Section title={words.attempts}>
          <ol class="attempts">
            {record.attempts.map((attempt) => (
              <Attempt attempt={attempt} sinceMs={record.calledAtMs} words={words} />
            ))}
          </ol>
        </Section>
      )}
      <Headers title={`${words.request} · ${words.headers}`} headers={record.requestHeaders} />
      <Body title={`${words.request} · ${words.body}`} body={record.requestBody} words={words} />
      <Headers title={`${words.answer} · ${words.headers}`} headers={record.responseHeaders} />
      <Body title={`${words.answer} · ${words.body}`} body={record.responseBody} words={words} />
      <table class="facts">
        <tbody>
          <Fact name={words.priority} value={record.priority} />
          {record.receivedSize !== undefined && <Fact name={words.received} value={shownSize(record.receivedSize)} />}
        </tbody>
      </table>
    </>
  );
}

function SocketDetail({ record, words }: { record: SocketRecord; words: Words }) {
  return (
    <>
      <Picture record={record} words={words} />
      <table class="facts">
        <tbody>
          <Fact name={words.status} value={words.socketState[record.state]} />
          <Fact name={words.connections} value={String(record.generation)} />
          <Fact name={words.messagesIn} value={`${record.incoming.messages} · ${shownSize(record.incoming.bytes)}`} />
          <Fact name={words.messagesOut} value={`${record.outgoing.messages} · ${shownSize(record.outgoing.bytes)}`} />
          {record.retryAtMs !== undefined && (
            <Fact name={words.retryIn} value={shownTime(Math.max(0, record.retryAtMs - record.lastAtMs))} />
          )}
        </tbody>
      </table>
      {record.error && <ErrorDetail error={record.error} words={words} />}
    </>
  );
}

function Picture({ record, words }: { record: NetworkRecord; words: Words }) {
  const fromMs = beganAt(record);
  return <Bar record={record} fromMs={fromMs} toMs={Math.max(fromMs + 1, endedAt(record))} words={words} />;
}

function Attempt({ attempt, sinceMs, words }: { attempt: AttemptRecord; sinceMs: number; words: Words }) {
  const { sentAtMs, endedAtMs, outcome, status, error } = attempt;
  return (
    <li>
      <strong>{words.attempt(attempt.attempt)}</strong> +{shownTime(sentAtMs - sinceMs)}
      {endedAtMs !== undefined && ` · ${shownTime(endedAtMs - sentAtMs)}`} · {words.outcome[outcome]}
      {status !== undefined && ` ${status}`}
      {error && ` · ${error.code}${error.rule ? ` [${error.rule}]` : ''}`}
    </li>
  );
}

function ErrorDetail({ error, words }: { error: ShownError; words: Words }) {
  return (
    <section class="error" role="alert">
      <h3>
        {words.error}: {error.code}
        {error.rule && <span class="rule">{error.rule}</span>}
      </h3>
      <p>{error.what}</p>
      {error.errMsg !== undefined && (
        <p class="platform">
          {words.platform}: <code>{error.errMsg}</code>
          {error.errno !== undefined && ` (errno ${error.errno})`}
        </p>
      )}
    </section>
  );
}

function Headers({ title, headers }: { title: string; headers: ShownHeader }) {
  const fields = Object.entries(headers);
  if (fields.length === 0) return null;
  return (
    <Section title={title}>
      <table class="facts fields">
        <tbody>
          {fields.map(([name, value]) => (
            <Fact name={name} value={value} />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Body({ title, body, words }: { title: string; body: ShownBody | undefined; words: Words }) {
  if (!body) return null;
  return (
    <Section title={title}>
      <pre>
        {body.text}
        {body.cut > 0 && <em>{words.cutBody(body.cut)}</em>}
      </pre>
    </Section>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{value}</td>
    </tr>
  );
}

function Section({ title, children }: { title: string; children: preact.ComponentChildren }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
