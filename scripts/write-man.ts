import { writeFile } from 'node:fs/promises';
import { manPage } from './man.ts';

// npm run man [-- FILE]
await writeFile(process.argv[2] ?? 'man/rootctl.1', await manPage());
