import { writeSchemas } from './schemas.ts';

// npm run schemas [-- FOLDER]
await writeSchemas(process.argv[2] ?? 'schemas');
