import { createNetwork } from 'rx-miniprogram';
import { API } from './settings';

export const network = createNetwork({ baseUrl: API, domains: { request: [API] } });
export const { http$, upload$, download$ } = network;
