const DEVELOPMENT = /develop|\bdev\b|is_?dev|debug|local(?:host)?\b|mock/i;
const PRODUCTION = /prod|release|online/i;

/** Which branches of a condition run while developing only. */
export interface DevelopmentBranches {
  readonly then: boolean;
  readonly otherwise: boolean;
}

/** Reads a condition as people write them: `isDev`, `env === 'develop'`, `NODE_ENV !== 'production'`. */
export function developmentBranches(condition: string): DevelopmentBranches {
  // A condition that long is about something else, too.
  if (condition.length > 200) return { then: false, otherwise: false };
  const negated = /^\s*!(?!=)|!==?/.test(condition);
  const development = DEVELOPMENT.test(condition);
  const production = !development && PRODUCTION.test(condition);
  return {
    then: development ? !negated : production && negated,
    otherwise: development ? negated : production && !negated,
  };
}

/** Whether a key of a table, a case or the name of a file says so: `{ dev: … }`, `case 'develop':`, `config/dev.js`. */
export function isDevelopmentName(name: string): boolean {
  return /^(?:dev|develop|development|local|localhost|mock|debug)(?:$|[-_.A-Z])/.test(name);
}
