import { http$, upload$, download$, network } from './network';
import { createStream } from 'rx-miniprogram/streams';
import { createSocket } from 'rx-miniprogram/sockets';
import { settings } from './settings';

const stream$ = createStream(network);
const socket$ = createSocket(network);

export const items$ = http$('/items');
export const other$ = http$.get('https://rx-other.example.com/x', { query: { from: settings.doc } });
export const answer$ = stream$({ url: 'https://rx-stream.example.com/chat', method: 'POST' });
export const report$ = (filePath: string) => upload$({ url: '/reports', filePath, name: 'report' });
export const voice$ = (filePath: string) => upload$('https://rx-up.example.com/voice', { filePath, name: 'voice' });
export const file$ = (id: string) => download$(`${settings.files}/${id}`);
export const push$ = socket$('wss://rx-push.example.com/v1');
export const logo = { src: 'https://rx-logo.example.com/a' };
