// `node compile.cjs typescript-folder`: compiles the programs that come as JSON on stdin, and prints as JSON what each
// compiler has to say. One process a version, so that what programs share is read once.
const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const ts = require(process.argv[2]);
const { folder, programs } = JSON.parse(readFileSync(0, 'utf8'));
const parsed = new Map();

const said = programs.map(({ files, compilerOptions }) => {
  const { options, errors } = ts.convertCompilerOptionsFromJson(compilerOptions, folder);
  const host = ts.createCompilerHost(options);
  host.getCurrentDirectory = () => folder;
  const read = host.getSourceFile;
  host.getSourceFile = (path, languageVersion, ...rest) => {
    // Declarations read alike in all programs, but for the format of the package that they are in.
    const { impliedNodeFormat } = typeof languageVersion === 'object' ? languageVersion : {};
    const key = `${path} ${path.endsWith('.d.ts') ? '' : JSON.stringify(compilerOptions)} ${impliedNodeFormat}`;
    if (!parsed.has(key)) parsed.set(key, read.call(host, path, languageVersion, ...rest));
    return parsed.get(key);
  };
  const program = ts.createProgram(
    files.map((file) => join(folder, file)),
    options,
    host,
  );
  return [...errors, ...ts.getPreEmitDiagnostics(program)].map(({ file, start = 0, messageText }) => {
    const where = file
      ? `${file.fileName.replace(dirname(folder), '')}:${file.getLineAndCharacterOfPosition(start).line + 1} `
      : '';
    return where + ts.flattenDiagnosticMessageText(messageText, '\n');
  });
});
process.stdout.write(JSON.stringify({ version: ts.version, said }));
