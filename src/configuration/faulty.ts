import type { DataOfCode } from '../problems/index.ts';
import { type ProblemError, problemError } from '../problems/thrown.ts';

export type Fault = Pick<DataOfCode<'InvalidConfig'>, 'at' | 'fault'> & Partial<DataOfCode<'InvalidConfig'>>;

/** What a file says that it may not say. */
export const faulty = (fault: Fault): ProblemError =>
  problemError('InvalidConfig', { key: '', said: '', rule: null, limits: [], near: null, keys: [], ...fault });
