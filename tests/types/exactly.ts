/** Whether two types are the same, `any` told apart from everything else. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only where a value has exactly that type: `exactly<string>()(value)`; the second pair says what it is of. */
export declare function exactly<Wanted>(): <Given>(value: Given, same: Same<Given, Wanted>) => void;
