// `npm pack` and `npm publish`: what only the packed package needs, between `prepack` and `postpack`.
import { removeFolders, writeFolders } from './folders.mjs';

if (process.argv.includes('--undo')) removeFolders();
else writeFolders();
