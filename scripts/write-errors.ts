import { writeFile } from 'node:fs/promises';
import { errorsPage } from './errors.ts';

// npm run errors [-- FILE]
await writeFile(process.argv[2] ?? 'docs/errors.md', await errorsPage());
