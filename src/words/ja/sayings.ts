import { aws } from './aws.ts';
import { grammar } from './grammar.ts';
import { problems } from './problems.ts';
import { lines } from './progress.ts';
import { terminal } from './terminal.ts';
import { within } from './within.ts';

export const sayings = { language: 'ja', grammar, problems, within, aws, lines, terminal };
