import { render } from 'preact';
import { App } from './app.js';

const code = new URLSearchParams(location.hash.slice(1)).get('code') ?? '';
render(<App code={code} />, document.body);
