export { scriptedWx, type ScriptedWx, type WireMark } from '../../src/testing/index.js';
