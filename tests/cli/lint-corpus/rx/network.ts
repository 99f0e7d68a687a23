import { createDownload, createHttp, createNetwork, createUpload } from 'rx-miniprogram';
import { API } from './settings';

export const network = createNetwork({ baseUrl: API, domains: { request: [API] } });
export const http$ = createHttp(network);
export const upload$ = createUpload(network);
export const download$ = createDownload(network);
