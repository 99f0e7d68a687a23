// Files that import each other's values are loaded in an order that nobody sees. Types may go both ways: nothing is loaded.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..');

/** The files of src that a file takes more than types from. */
function valuesFrom(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const imports = text.matchAll(/^(?:import|export) (?!type )(?:(\{[^}]*\}|[^'";{]*) from )?'(\.[^']+)';/gm);
  return [...imports].flatMap(([, names = '', path = '']) => {
    const onlyTypes = names.startsWith('{') && names.slice(1, -1).split(',').every((name) => /^\s*(?:type .*)?$/s.test(name)); // prettier-ignore
    const target = join(dirname(file), path).replace(/\.js$/, '');
    const found = [`${target}.ts`, `${target}.tsx`].find((one) => existsSync(join(root, one)));
    return onlyTypes || found === undefined ? [] : [found];
  });
}

/** A way through imports that comes back to where it has been, if there is one. */
function cycleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = walk(next, [...way, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = walk(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

describe('imports of values', () => {
  it('have no cycle in src', () => {
    const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src'], {
      cwd: root,
      encoding: 'utf8',
    })
      .split('\n')
      .filter((file) => /\.tsx?$/.test(file) && existsSync(join(root, file)));
    const graph = new Map(files.map((file) => [file, valuesFrom(file)]));

    expect([...graph.values()].flat().length).toBeGreaterThan(files.length);
    expect(cycleIn(graph)).toBeUndefined();
  });

  it('would be found out', () => {
    expect(cycleIn(new Map([['a', ['b', 'c']], ['b', []], ['c', ['d']], ['d', ['c']]]))).toEqual(['c', 'd', 'c']); // prettier-ignore
  });
});
