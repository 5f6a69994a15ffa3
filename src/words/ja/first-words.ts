export { help } from './help.ts';
export { terminal } from './terminal.ts';
