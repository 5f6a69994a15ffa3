import type { ProblemWords } from '../problem-words.ts';
import { connectingProblems } from './connecting-problems.ts';
import { organizationProblems } from './organization-problems.ts';
import { outputProblems } from './output-problems.ts';
import { planProblems } from './plan-problems.ts';
import { policyProblems } from './policy-problems.ts';
import { runProblems } from './run-problems.ts';
import { selectionProblems } from './selection-problems.ts';
import { shellProblems } from './shell-problems.ts';
import { stateProblems } from './state-problems.ts';
import { usageProblems } from './usage-problems.ts';

export const problems: ProblemWords = {
  ...shellProblems,
  ...usageProblems,
  ...outputProblems,
  ...selectionProblems,
  ...connectingProblems,
  ...organizationProblems,
  ...planProblems,
  ...policyProblems,
  ...runProblems,
  ...stateProblems,
};
