export { type FrameworkName, frameworkNames } from './framework-names.ts';
export { type Judged, verdictsOf } from './judge.ts';
export { controlMappings, controlsOf } from './table.ts';
