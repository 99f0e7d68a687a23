import * as api from './api';
// see https://ax-docs.example.com/guide
Promise.all([api.list(), api.prepay({}), api.detail(1), api.weather(), api.geo(), api.one(), api.both(), api.other()]);
