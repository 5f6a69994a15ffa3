import type { ProblemWords } from '../problem-words.ts';
import { organizationProblems } from './organization-problems.ts';
import { runProblems } from './run-problems.ts';
import { usageProblems } from './usage-problems.ts';

export const problems: ProblemWords = { ...usageProblems, ...organizationProblems, ...runProblems };
